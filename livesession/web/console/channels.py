"""The console's page of channels: which kinds of entry go to which, and what each may cost. Whole without script."""

import re
from datetime import UTC, datetime
from functools import partial

from aiohttp import web

from livesession.desk.policy import require
from livesession.domain.times import write_instant
from livesession.errors import InputError, Problem
from livesession.relay.compose import KINDS
from livesession.relay.spending import PAID, thousandths
from livesession.web.console.login import person
from livesession.web.rendering import language_for, render
from livesession.web.services import services

_AMOUNT = re.compile(r"\d{1,7}([.,]\d{1,3})?", re.ASCII)

FAMILIES = (
    ("update.posted", "update.corrected"),
    ("vote.recorded", "vote.corrected", "decision.released"),
    ("sitting.opened", "sitting.suspended", "sitting.resumed", "sitting.closed", "sitting.reopened"),
)
"""The order in which the page lists kinds; what is in none of them comes last."""


async def show(request: web.Request) -> web.StreamResponse:
    account = await person(request)
    require(account.role, "channels")
    held = services(request)
    written = partial(dollars, language=language_for(request))
    connected = await held.connections.all()
    now = write_instant(datetime.now(UTC))
    paid = [each for each in connected if each.network in PAID]
    listed = [kind for family in FAMILIES for kind in family if kind in KINDS]
    context = {
        "account": account,
        "channels": connected,
        "spent": {each.id: written(await held.spending.in_month(each, now)) for each in paid},
        "prices": {name: written(getattr(held.prices, name)) for name in ("post", "link", "image")},
        "dollars": written,
        "kinds": [*listed, *sorted(KINDS - set(listed))],
        "done": request.query.get("done"),
    }
    return await render(request, "console/channels.html", context)


async def keep(request: web.Request) -> web.StreamResponse:
    """Keep the boxes of one channel; all of them ticked is "everything", those still to come included."""
    account = await person(request)
    require(account.role, "channels")
    form = await request.post()
    chosen = {str(kind) for kind in form.getall("kind", [])}
    name = str(form.get("name", ""))
    await services(request).connections.set_carries(name, None if chosen == KINDS else sorted(chosen))
    if "budget_month" in form:
        sitting, month = (amount_of(str(form.get(place, "")), place) for place in ("budget_sitting", "budget_month"))
        await services(request).connections.set_budget(name, sitting, month)
    raise web.HTTPSeeOther("/console/channels?done=1")


def amount_of(given: str, place: str) -> int | None:
    """An amount in dollars as a person types it, « 5 » or « 5,50 », in thousandths; None where nothing was typed."""
    if not given.strip():
        return None
    if _AMOUNT.fullmatch(given.strip()) is None:
        raise InputError("channel_budget", [Problem.of("channel-budget", place)])
    return thousandths(float(given.strip().replace(",", ".")))


def dollars(amount: int | None, language: str) -> str:
    """Thousandths as an amount to read: « 1,38 », « 0,015 »; empty where there is none."""
    if amount is None:
        return ""
    whole, rest = divmod(amount, 1000)
    point = "," if language == "fr" else "."
    return f"{whole}{point}{rest:03d}".removesuffix("0") if rest else str(whole)


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/console/channels", show), web.post("/console/channels", keep)]
