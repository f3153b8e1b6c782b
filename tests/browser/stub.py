"""A stand-in for the server that speaks the readers' protocol, and can be told to speak it badly."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import WSMsgType, web

from livesession.domain.fold import PublicFact, fold
from livesession.domain.times import write_instant
from livesession.live import wire
from livesession.live.said import told_form
from livesession.web.public import files
from livesession.web.widget import later_source, widget_source

AGENDA: dict[str, Any] = {
    "title": "Séance plénière",
    "assembly": "Conseil départemental du Val-Clair",
    "starts": "2026-11-20T08:00:00.000Z",
    "timezone": "Europe/Paris",
    "language": "fr",
    "public": True,
    "items": [
        {"id": "un", "number": "1", "kind": "item", "public": True, "title": "Ouverture, appel"},
        {
            "id": "education",
            "number": "",
            "kind": "heading",
            "public": True,
            "title": "Éducation",
            "items": [
                {
                    "id": "deux",
                    "number": "2",
                    "kind": "item",
                    "public": True,
                    "title": "Collèges : programme de rénovation",
                    "rapporteur": "Mme Lussandre",
                }
            ],
        },
        {"id": "clos", "number": "3", "kind": "item", "public": False},
    ],
}

# The strictest policy a host's site could have: nothing inline, of ours only the script and the thread.
HOST_POLICY = "default-src 'none'; script-src {server} 'self'; connect-src {server} {socket}"

_MINUTE = timedelta(minutes=1)


@dataclass
class Stub:
    """One sitting, ``seance``, and what happens to those who ask for it.

    ``ws``: ``ok``, ``refuse`` (an HTTP error), or a close code to answer with at once. ``sse``, ``poll``, ``later``:
    ``ok`` or ``refuse``. ``silent``: places in the thread that are not sent to those who listen.
    """

    port: int = 0
    epoch: str = "e1"
    entries: list[dict[str, Any]] = field(default_factory=list)
    ws: str | int = "ok"
    sse: str = "ok"
    poll: str = "ok"
    later: str = "ok"
    silent: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    sockets: set[web.WebSocketResponse] = field(default_factory=set)
    runner: web.AppRunner | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        """The same server under another name: to a browser, another site."""
        return f"http://localhost:{self.port}"

    @property
    def sitting(self) -> str:
        return f"{self.url}/s/seance"

    async def start(self) -> None:
        """Listen; on the port it had before, if it had one."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/s/seance/ws", self._websocket),
                web.get("/s/seance/sse", self._events),
                web.get("/s/seance/entries", self._entries),
                web.get("/widget.js", self._widget),
                web.get("/widget.js/{version}/more.js", self._later),
                web.get("/host", self._host_page),
            ]
        )
        app.add_routes(files.routes())
        app.on_response_prepare.append(_open_to_all)
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        assert site._server is not None
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]  # asyncio.Server, in truth

    async def stop(self) -> None:
        """Go away, as a server does that restarts: every reader is told 1012."""
        await self.cut(wire.CLOSE_RESTARTING)
        if self.runner is not None:
            await self.runner.cleanup()
            self.runner = None

    async def cut(self, code: int) -> None:
        """Close every WebSocket with that code."""
        for socket in tuple(self.sockets):
            await socket.close(code=code)

    def post(self, kind: str, item: str | None = None, /, **data: Any) -> str:
        """One more public entry, a minute after the last; gives its id."""
        number = len(self.entries) + 1
        at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC) + number * _MINUTE
        entry = {"id": f"{self.epoch}-{number}", "kind": kind, "item": item, "at": write_instant(at), "data": data}
        self.entries.append(told_form(entry))
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        return str(entry["id"])

    def open(self, *texts: str) -> None:
        """Agenda, opening, the second item called, and these updates on it."""
        self.post("agenda.set", **AGENDA)
        self.post("assembly.set", name="Conseil départemental du Val-Clair")
        self.post("sitting.opened")
        self.post("item.opened", "deux")
        for text in texts:
            self.post("update.posted", "deux", text=text)

    def erase(self, entry: str, reason: str) -> None:
        """Erase an update: from now on it is replayed empty."""
        for one in self.entries:
            if one["id"] == entry:
                one.update(data={}, erased=True)
        self.post("update.erased", "deux", entry=entry, also=[], reason=reason)

    def restore(self) -> None:
        """Another history: as after an older copy was restored."""
        self.epoch += "x"
        self.entries = []

    # ---- What is served ----

    def _hello(self) -> str:
        state = fold(PublicFact.of(pos, entry) for pos, entry in enumerate(self.entries, 1))  # type: ignore[arg-type]
        return wire.hello("seance", self.epoch, len(self.entries), state.summary())

    async def _stream(self, request: web.Request, send: Any) -> None:
        after = int(request.query.get("after", 0))
        if request.query.get("epoch", self.epoch) != self.epoch or after > len(self.entries):
            await send(wire.reset(self.epoch))
            after = 0
        await send(self._hello())
        epoch = self.epoch
        while epoch == self.epoch:
            changed = self._changed
            for pos in range(after + 1, len(self.entries) + 1):
                if pos not in self.silent:
                    await send(wire.entry(pos, self.entries[pos - 1]))
            after = len(self.entries)
            await changed.wait()

    async def _websocket(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"ws {request.query_string}")
        if self.ws == "refuse":
            raise web.HTTPBadGateway
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if isinstance(self.ws, int):
            await socket.close(code=self.ws)
            return socket
        self.sockets.add(socket)
        stream = asyncio.create_task(self._stream(request, socket.send_str))
        try:
            async for message in socket:
                assert message.type is not WSMsgType.ERROR
        finally:
            self.sockets.discard(socket)
            stream.cancel()
            await asyncio.gather(stream, return_exceptions=True)
        return socket

    async def _events(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"sse {request.query_string}")
        if self.sse == "refuse":
            raise web.HTTPBadGateway
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):
            await self._stream(request, lambda message: response.write(wire.event(message)))
        return response

    async def _entries(self, request: web.Request) -> web.Response:
        if request.query.get("limit") != "1":
            # One entry is asked for only to see whether the line is sound, or what time it is.
            self.asked.append(f"poll {request.query_string}")
        if self.poll == "refuse":
            raise web.HTTPBadGateway
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 1000))
        page = list(enumerate(self.entries, 1))[after : after + limit]
        text = wire.page(self.epoch, 0, page, more=len(page) == limit)
        return web.Response(text=text, content_type="application/json")

    async def _widget(self, request: web.Request) -> web.Response:
        return web.Response(text=widget_source(), content_type="text/javascript", charset="utf-8")

    async def _later(self, request: web.Request) -> web.Response:
        if self.later == "refuse":
            raise web.HTTPNotFound
        return web.Response(text=later_source(), content_type="text/javascript", charset="utf-8")

    async def _host_page(self, request: web.Request) -> web.Response:
        """Somebody else's page: what ``body`` and ``script`` in the query say."""
        how = request.query.get("script", "async")
        tag = {"module": 'type="module" crossorigin', "async": "async", "classic": ""}[how]
        scripts = f'<script {tag} src="{self.url}/widget.js"></script>' * int(request.query.get("times", 1))
        body = request.query.get("body") or f'<live-session src="{self.sitting}"><p>En attendant</p></live-session>'
        html = f"<!doctype html><html lang=fr><title>Commune</title>{scripts}<main>{body}</main></html>"
        policy = HOST_POLICY.format(server=self.url, socket=self.url.replace("http", "ws"))
        return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": policy})


async def _open_to_all(request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Date"


@asynccontextmanager
async def stub() -> AsyncIterator[Stub]:
    """A stand-in that listens for as long as the block lasts."""
    held = Stub()
    await held.start()
    try:
        yield held
    finally:
        await held.stop()
