"""Messages put into the forms in which they go over the line, each made once for everybody. Pure.

A deflated frame can serve all only if no reader's compressor remembers what it had before: ``no_context_takeover``
both ways (RFC 7692 §7.1.1), which a server may always ask for. It also keeps no compressor in memory for anybody.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from websockets.exceptions import NegotiationError
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.typing import ExtensionParameter

from livesession.live import wire

WINDOW_BITS = 12
"""4 KiB of memory of what went before: an entry is shorter, and whoever accepts a larger window accepts this."""

DEFLATE_FROM = 200
"""Bytes below which deflating saves nothing worth a name."""


_DEFLATE = PerMessageDeflate(
    remote_no_context_takeover=True,
    local_no_context_takeover=True,
    remote_max_window_bits=15,
    local_max_window_bits=WINDOW_BITS,
)


Form = Literal["plain", "deflated", "event", "chunk"]
"""How a message goes over the line: as a WebSocket frame, as a deflated one, as a Server-Sent Event, and as such an
event in a chunk of HTTP/1.1."""

FORMS: tuple[Form, ...] = ("plain", "deflated", "event", "chunk")


class Frames:
    """One message as it goes over the line, in each form; made when first asked for, once for everybody.

    ``cursor`` is what a reader of events comes back with; None where it keeps the one it has.
    """

    def __init__(self, message: str, cursor: str | None = None) -> None:
        self._message = message
        self._cursor = cursor

    def for_(self, form: Form) -> bytes:
        """The message in this form."""
        found: bytes = getattr(self, form)
        return found

    @cached_property
    def plain(self) -> bytes:
        """A text message as one unmasked frame (RFC 6455 §5.2)."""
        return Frame(Opcode.TEXT, self._message.encode()).serialize(mask=False)

    @cached_property
    def deflated(self) -> bytes:
        """The same deflated, where that is shorter."""
        data = self._message.encode()
        if len(data) < DEFLATE_FROM:
            return self.plain
        deflated = Frame(Opcode.TEXT, data).serialize(mask=False, extensions=[_DEFLATE])
        return deflated if len(deflated) < len(self.plain) else self.plain

    @cached_property
    def event(self) -> bytes:
        """A Server-Sent Event."""
        return wire.event(self._message, cursor=self._cursor)

    @cached_property
    def chunk(self) -> bytes:
        """The event as a chunk."""
        return chunk(self.event)


def chunk(data: bytes) -> bytes:
    """A chunk of a body whose length is not known (RFC 9112 §7.1); of no data, the last one."""
    return b"%x\r\n%b\r\n" % (len(data), data)


class DeflateOnce(ServerPerMessageDeflateFactory):
    """Accepts permessage-deflate where one deflated frame serves everybody; declines it elsewhere."""

    def __init__(self) -> None:
        super().__init__(server_no_context_takeover=True, client_no_context_takeover=True)

    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        """As websockets', but declines a reader with less memory than our frames ask for (NegotiationError)."""
        if any(name == "server_max_window_bits" and not _wide_enough(value) for name, value in params):
            raise NegotiationError("frames are deflated for a larger window")
        return super().process_request_params(params, accepted_extensions)


def _wide_enough(bits: str | None) -> bool:
    # Whatever is no number is for websockets to refuse.
    return bits is None or not bits.isdigit() or int(bits) >= WINDOW_BITS
