"""WebSocket frames made once for everybody: plain, and deflated for those who accept it. Pure.

A deflated frame can serve all only if no reader's compressor remembers what it had before: ``no_context_takeover``
both ways (RFC 7692 §7.1.1), which a server may always ask for. It also keeps no compressor in memory for anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from websockets.exceptions import NegotiationError
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.typing import ExtensionParameter

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


@dataclass(frozen=True, slots=True)
class Frames:
    """One message as it goes over the line, for each of the two kinds of readers."""

    plain: bytes
    deflated: bytes

    @classmethod
    def of(cls, message: str) -> "Frames":
        """A text message as one unmasked frame (RFC 6455 §5.2), and the same deflated where that is shorter."""
        data = message.encode()
        plain = Frame(Opcode.TEXT, data).serialize(mask=False)
        if len(data) < DEFLATE_FROM:
            return cls(plain, plain)
        deflated = Frame(Opcode.TEXT, data).serialize(mask=False, extensions=[_DEFLATE])
        return cls(plain, deflated if len(deflated) < len(plain) else plain)

    def for_(self, deflates: bool) -> bytes:
        """The frame for a reader that accepts deflated ones, or for one that does not."""
        return self.deflated if deflates else self.plain


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
