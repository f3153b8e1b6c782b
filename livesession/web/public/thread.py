"""The thread of a sitting for readers: WebSocket, Server-Sent Events, polling."""

import asyncio
import re
from dataclasses import replace
from urllib.parse import parse_qsl

from aiohttp import web

from livesession.errors import NotAllowedError, ThrottledError
from livesession.live.hub import Joining
from livesession.live.polling import MAX_LIMIT, poll
from livesession.live.receiving import Receiver
from livesession.live.seats import NoSeatError
from livesession.live.sse import cursor_of
from livesession.web.requests import query_number
from livesession.web.security import client_address, counted_address, is_own_origin
from livesession.web.services import Services, services


def allow_origin(request: web.Request, response: web.StreamResponse) -> None:
    """Public addresses are readable from any origin, unless the operator lists those that may embed."""
    origins = services(request).embed_origins
    origin = request.headers.get("Origin")
    if not origins:
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        # A cache must not give one site's answer to another.
        response.headers["Vary"] = ", ".join(filter(None, (response.headers.get("Vary"), "Origin")))
        if origin in origins:
            response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    # The widget tells by it how wrong its reader's clock is.
    response.headers["Access-Control-Expose-Headers"] = "Date"


def refuse_other_sites(request: web.Request) -> None:
    """A browser lets any site open a WebSocket: the operator's list is kept here. Raises NotAllowedError."""
    origins, origin = services(request).embed_origins, request.headers.get("Origin")
    if origins and origin is not None and origin not in origins and not is_own_origin(request, origin):
        raise NotAllowedError("origin_refused")


def _joining(request: web.Request) -> Joining:
    return Joining(
        slug=request.match_info["slug"],
        after=query_number(request, "after", 0) or 0,
        epoch=request.query.get("epoch") or None,
        address=client_address(request),
    )


async def websocket(request: web.Request) -> web.StreamResponse:
    if "upgrade" not in request.headers.get("Connection", "").lower():
        headers = {"Connection": "Upgrade", "Upgrade": "websocket"}
        raise web.HTTPUpgradeRequired(headers=headers)
    refuse_other_sites(request)
    return await services(request).readers.join(request, _joining(request))


_HANDSHAKE = re.compile(
    rb"GET /s/(?P<slug>[A-Za-z0-9-]+)/ws(?:\?(?P<query>(?:after=[0-9]{1,9}|epoch=[A-Za-z0-9-]+|&)*))? HTTP/1\.1\r\n"
    rb"(?=(?:[^\r\n]+\r\n)*?(?i:upgrade: ?websocket)\r\n)"
    rb"(?!(?:[^\r\n]+\r\n)*?(?i:content-length|transfer-encoding|expect):)"
)
_FORWARDED = re.compile(rb"\r\n(?i:x-forwarded-for):([^\r\n]*)")
_ORIGIN = re.compile(rb"\r\n(?i:origin):([^\r\n]*)")


def quick_joining(held: Services, head: bytes, remote: str) -> Joining | None:
    """Who joins, where the head of a request is plainly a reader's handshake and needs no closer look; else None."""
    found = _HANDSHAKE.match(head)
    if found is None:
        return None
    if held.embed_origins and not {at.decode("latin-1").strip() for at in _ORIGIN.findall(head)} <= held.embed_origins:
        # Perhaps this server's own page.
        return None
    query = dict(parse_qsl((found["query"] or b"").decode("ascii")))
    forwarded = b",".join(_FORWARDED.findall(head)).decode("latin-1") if held.trusted_proxies else ""
    return Joining(
        slug=found["slug"].decode("ascii"),
        after=int(query.get("after", 0)),
        epoch=query.get("epoch"),
        address=counted_address(remote, forwarded, held.trusted_proxies),
    )


def take_readers(held: Services, head: bytes, transport: asyncio.Transport) -> Receiver | None:
    """The protocol of a reader that comes in by the door (live/doorway.py); None for any other request."""
    peer = transport.get_extra_info("peername")
    joining = quick_joining(held, head, str(peer[0]) if peer else "")
    return None if joining is None else held.readers.arriving(joining)


async def sse(request: web.Request) -> web.StreamResponse:
    joining = _joining(request)
    if (cursor := cursor_of(request.headers.get("Last-Event-ID"))) is not None:
        joining = replace(joining, epoch=cursor[0], after=cursor[1])
    try:
        return await services(request).streams.serve(request, joining)
    except NoSeatError:
        raise ThrottledError("too_many_readers", seconds=30) from None


async def entries(request: web.Request) -> web.Response:
    held = services(request)
    limit = query_number(request, "limit", MAX_LIMIT, least=1) or MAX_LIMIT
    sitting = await held.log.sitting(request.match_info["slug"])
    return await poll(
        request,
        held.log,
        sitting,
        query_number(request, "after", 0) or 0,
        min(limit, MAX_LIMIT),
        request.query.get("epoch"),
        query_number(request, "rev", None),
    )


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/s/{slug}/ws", websocket, allow_head=False),
        web.get("/s/{slug}/sse", sse, allow_head=False),
        web.get("/s/{slug}/entries", entries),
    ]
