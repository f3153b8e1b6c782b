"""The technician's page: every overlay of a sitting live on a checkerboard, with the addresses to paste."""

from urllib.parse import urlencode

from aiohttp import web

from livesession.web.rendering import language_for, render
from livesession.web.security import content_policy
from livesession.web.services import services

OVERLAYS = ("suspension", "countdown", "vote", "agenda", "lower-third")
"""By the order they lie in, the uppermost first."""

LOOKS = ("accent", "ground", "ink", "theme", "scale")
"""What may be asked of every overlay by its address; overlays/shared/look.js reads it."""

MAX_LOOK = 60

SAMPLES = {
    "suspension": "suspended", "countdown": "opening", "vote": "vote", "agenda": "debate", "lower-third": "debate",
}  # fmt: skip
"""What each overlay shows of a sitting that is not, to be placed before there is one; overlays/shared/sample.js."""


async def control_room(request: web.Request) -> web.Response:
    held = services(request)
    rows = await held.log.sittings()
    wished = request.query.get("sitting")
    chosen = next((row for row in rows if row.slug == wished), None) if wished else (rows[0] if rows else None)
    look = {name: request.query.get(name, "").strip()[:MAX_LOOK] for name in LOOKS}
    sample = bool(request.query.get("sample"))
    context = {
        "sample": sample,
        "sittings": rows,
        "chosen": chosen,
        "look": look,
        "unknown": bool(wished) and chosen is None,
        "overlays": []
        if chosen is None
        else [
            _shown(held.base_url, name, chosen.slug, look) | _previewed(name, sample, language_for(request))
            for name in OVERLAYS
        ],
    }
    response = await render(request, "public/control-room.html", context)
    response.headers["Cache-Control"] = "no-cache"
    # It frames the overlays, which are this server's own; and nobody frames it.
    policy = content_policy(request).replace("frame-src 'none'", "frame-src 'self'")
    response.headers["Content-Security-Policy"] = policy.replace("frame-ancestors *", "frame-ancestors 'none'")
    return response


def _shown(base: str, name: str, slug: str, look: dict[str, str]) -> dict[str, str]:
    path = f"/overlays/{name}/?" + urlencode({"sitting": slug, **{key: value for key, value in look.items() if value}})
    return {"name": name, "path": path, "url": base + path}


def _previewed(name: str, sample: bool, language: str) -> dict[str, str]:
    """What the frames of this page ask for besides; the address to paste never has it."""
    if not sample:
        return {"alone": "", "together": ""}
    return {
        "alone": "&" + urlencode({"sample": SAMPLES[name], "seconds": 86_400, "lang": language}),
        "together": "&" + urlencode({"sample": "vote", "seconds": 86_400, "lang": language}),
    }


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/overlays/", control_room)]
