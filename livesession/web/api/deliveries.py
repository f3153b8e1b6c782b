"""What became of each entry on each network, and the clerk's decisions about it."""

from aiohttp import web

from livesession.errors import InputError, Problem
from livesession.i18n import Words
from livesession.relay.deliveries import Delivery
from livesession.web.api.sittings import answer
from livesession.web.rendering import words_of
from livesession.web.requests import read_object
from livesession.web.security import allowed
from livesession.web.services import services


def delivery_form(delivery: Delivery, words: Words) -> dict[str, object]:
    """A delivery as JSON, its reason also as a sentence."""
    form: dict[str, object] = {name: getattr(delivery, name) for name in Delivery.__slots__}
    if delivery.reason is not None and words.has(f"reason-{delivery.reason}"):
        form["reason_text"] = words(f"reason-{delivery.reason}")
    return form


async def list_deliveries(request: web.Request) -> web.Response:
    await allowed(request, "read_record")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    words = words_of(request)
    return answer({"deliveries": [delivery_form(delivery, words) for delivery in await held.deliveries.of(row.id)]})


async def decide(request: web.Request) -> web.Response:
    await allowed(request, "deliveries")
    held = services(request)
    row = await held.log.sitting(request.match_info["slug"], rehearsals=True)
    actions = {
        "retry": held.deliveries.retry,
        "give_up": held.deliveries.give_up,
        "mark_sent": held.deliveries.mark_sent,
    }
    action = actions.get(str((await read_object(request)).get("action")))
    if action is None:
        raise InputError("action_unknown", [Problem.of("action-unknown", "action", known=", ".join(actions))])
    delivery = await action(request.match_info["channel"], row.id, int(request.match_info["seq"]))
    return answer(delivery_form(delivery, words_of(request)))


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    all_of = "/api/v1/sittings/{slug}/deliveries"
    return [web.get(all_of, list_deliveries), web.post(all_of + r"/{channel}/{seq:\d{1,9}}", decide)]
