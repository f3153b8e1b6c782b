"""A reader's WebSocket connection: websockets' protocol without its tasks, on a transport of asyncio.

websockets parses and validates everything (its Sans-I/O ``ServerProtocol``, which it documents for this use); what is
ours is to move bytes. Readers have nothing to say, so nothing waits for them: ten thousand cost no task, no timer and
no queue each, which is what memory and handshakes are made of otherwise. Nor a protocol: the plain handshakes are
answered alike (live/opening.py), and one is made for whoever then says more than that it is there, or is sent away.
"""

import asyncio
import codecs
import contextlib
from http import HTTPStatus
from typing import Any

from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol

from livesession.live.frames import Form
from livesession.live.opening import Exchange, Opening
from livesession.live.outlet import Outlet

HEAD_END = b"\r\n\r\n"
"""What an HTTP request's head ends in (RFC 9112 §2.1)."""

PONG, PONG_BYTES = b"\x8a\x80", 6
"""How its answer begins, and how long it is with the mask (RFC 6455 §5.5.3): nearly all that readers ever send."""

LAST_WORDS = 1 << 16
"""Bytes still listened to once a connection is being closed: the other end's close is among them, or does not come."""


class Connection(Outlet):
    """One connection. ``opened`` is called once it is open, by :class:`~livesession.live.handover.Gateway`."""

    __slots__ = (
        "_decoder",
        "_exchange",
        "_held",
        "_listener",
        "_opening",
        "_protocol",
        "_silent",
        "_switched",
        "context",
        "heard",
        "patience",
    )

    def __init__(self, listener: "Listener", opening: Opening, close_timeout: float, *, switched: bool = True) -> None:
        super().__init__(close_timeout)
        self._listener = listener
        self._opening = opening
        self._switched = switched
        self._decoder: codecs.IncrementalDecoder | None = None
        self._held = b""
        self._exchange: Exchange | None = None
        """Of a plain handshake that was answered: what it was, and so what protocol it would have made."""
        self._protocol: ServerProtocol | None = None
        self._silent = False
        """Whether nothing but pongs came since the handshake, each by itself: then the next is no part of a frame."""
        self.context: Any = None
        """What the gateway was given with the connection."""
        self.heard = True
        """Whether anything came since this was last set to False."""
        self.patience = listener.patience
        """Bytes that the other end may still send before it is no longer listened to."""

    @property
    def protocol(self) -> ServerProtocol:
        """websockets' part in it; most readers need none before their close."""
        if self._protocol is None:
            self._protocol = (
                self._opening.protocol() if self._exchange is None else self._opening.reopened(self._exchange)
            )
        return self._protocol

    @property
    def is_open(self) -> bool:
        return self._exchange is not None if self._protocol is None else self._protocol.state is State.OPEN

    @property
    def form(self) -> Form:
        deflates = self._exchange.deflates if self._exchange is not None else bool(self.protocol.extensions)
        return "deflated" if deflates else "plain"

    def close(self, code: int = CloseCode.NORMAL_CLOSURE, reason: str = "") -> None:
        if self.is_open:
            self.protocol.send_close(code, reason)
            self._flush()

    def fail(self, code: CloseCode, reason: str) -> None:
        """Close without waiting for the other end's word."""
        self.protocol.fail(code, reason)
        self._flush()

    # Called by the transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._listener.came(self)

    def data_received(self, data: bytes) -> None:
        self.heard = True
        if self._protocol is not None and self._protocol.state is State.CLOSING:
            self.patience = min(self.patience, LAST_WORDS)
        self.patience -= len(data)
        if self.patience < 0:
            self._stop_listening()
            return
        if self._silent:
            if len(data) == PONG_BYTES and data.startswith(PONG):
                # Half a thousand come in a second where ten thousand read: there is nothing else to find in them.
                return
            self._silent = False
        elif self._protocol is None and self._answer_plainly(data):
            return
        self.protocol.receive_data(data)
        for event in self.protocol.events_received():
            if isinstance(event, Request):
                self._answer(event)
                # What came behind the head may be half a frame.
                self._silent = data.find(HEAD_END) == len(data) - len(HEAD_END)
            elif isinstance(event, Frame):
                self._check(event)
        self._flush()

    def eof_received(self) -> None:
        if self._exchange is not None and self._protocol is None:
            # It left without a word. websockets would have nothing to say either; the transport closes by itself.
            return
        self.protocol.receive_eof()
        self._flush()

    def connection_lost(self, exc: Exception | None) -> None:
        self._exchange = None
        if self._protocol is not None:
            self._protocol.receive_eof()
        super().connection_lost(exc)
        self._listener.left(self)
        if self._protocol is not None:
            _unravel(self._protocol)

    def _stop_listening(self) -> None:
        """Read no more: what comes costs its sender, and the line is cut in ``close_timeout`` seconds."""
        if self.is_open:
            self.fail(CloseCode.POLICY_VIOLATION, "a reader has nothing to say")
        with contextlib.suppress(RuntimeError):
            self.transport.pause_reading()
        if self._deadline is None:
            self._cut_later()

    def _answer_plainly(self, head: bytes) -> bool:
        """Open the connection where it is plain what websockets would answer; False, and nothing done, elsewhere."""
        answered = self._opening.answered(head) if self._switched and not self._listener.closing else None
        if answered is None:
            return False
        self._exchange, answer = answered
        self._silent = True
        self._open(answer)
        self._tell_unsent()
        return True

    def _answer(self, request: Request) -> None:
        response = self.protocol.accept(request)
        switching = response.status_code == HTTPStatus.SWITCHING_PROTOCOLS
        if switching and not self._switched:
            # For instance "Upgrade: websocket,", where only websockets tolerates the comma.
            response = self.protocol.reject(
                HTTPStatus.BAD_REQUEST, "Failed to open a WebSocket connection: unclear Upgrade header.\n"
            )
        elif switching and self._listener.closing:
            response = self.protocol.reject(HTTPStatus.SERVICE_UNAVAILABLE, "Server is shutting down.\n")
        self.protocol.send_response(response)
        if self.is_open:
            self._open(b"".join(self.protocol.data_to_send()))
        self._flush()

    def _open(self, answer: bytes) -> None:
        # With what a reader is greeted with it makes one segment, and wakes the other end once.
        self._held = answer
        self._listener.opened(self)
        self._write(b"")

    def _check(self, frame: Frame) -> None:
        """What a reader says is dropped; but text that is none is refused (RFC 6455 §8.1)."""
        if frame.opcode is Opcode.TEXT:
            self._decoder = codecs.getincrementaldecoder("utf-8")()
        if self._decoder is None or frame.opcode not in (Opcode.TEXT, Opcode.CONT):
            self._listener.received(self, frame)
            return
        try:
            self._decoder.decode(bytes(frame.data), frame.fin)
        except UnicodeDecodeError as error:
            if self.is_open:
                self.fail(CloseCode.INVALID_DATA, f"{error.reason} at position {error.start}")
            return
        if frame.fin:
            self._decoder = None
        self._listener.received(self, frame)

    def _flush(self) -> None:
        for data in self.protocol.data_to_send():
            if data:
                self._write(data)
            elif self.transport.can_write_eof():
                self.transport.write_eof()
            else:
                self.transport.close()
        self._tell_unsent()
        if self._deadline is None and self.protocol.close_expected():
            self._cut_later()

    def _write(self, data: bytes) -> None:
        held, self._held = self._held, b""
        super()._write(held + data)


def _unravel(protocol: ServerProtocol) -> None:
    """Let what a protocol held be free at once.

    Its parser ends in an exception that it keeps, whose frames refer to it: a cycle, with all that was received in
    it. Who comes and goes in a loop would fill the memory faster than cycles are looked for.
    """
    protocol.parser.close()
    ends: list[BaseException | None] = [protocol.parser_exc, protocol.handshake_exc]
    while ends:
        end = ends.pop()
        if end is not None:
            end.__traceback__ = None
            ends += [end.__cause__, end.__context__]


class Listener:
    """Who is told of connections; what a gateway is to them."""

    closing = False
    """Whether new handshakes are refused."""

    patience = 1 << 26
    """Bytes that a connection may send from one ping to the next."""

    def came(self, connection: Connection) -> None:
        """A connection has its transport."""

    def opened(self, connection: Connection) -> None:
        """Its handshake is done."""

    def received(self, connection: Connection, frame: Frame) -> None:
        """A frame came: of a reader nobody waits for one."""

    def left(self, connection: Connection) -> None:
        """Its line is gone."""
