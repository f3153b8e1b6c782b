"""The opening handshake (RFC 6455 §4), by websockets: judged once, and the same answer given to all who ask the same.

After a restart ten thousand browsers ask in a few forms, which differ in the key and in what no handshake depends on.
So websockets is asked once a second about each form, and its answer repeated with each reader's own accept value. What
is odd in the least goes to websockets itself, with the reader's own head.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from websockets.extensions.base import ServerExtensionFactory
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.utils import accept_key

_HEAD = re.compile(
    rb"GET [!-~]{1,1000} HTTP/1\.1\r\n(?:[-!#$%&'*+.^_`|~0-9A-Za-z]{1,64}:[\t -~]{0,1000}\r\n){1,64}\r\n"
)
"""A whole head, nothing behind it, within every bound that websockets sets and stricter in its characters."""

_JUDGED = re.compile(rb"\r\n((?i:connection|upgrade|sec-websocket-[^:]*|content-length|transfer-encoding):[^\r]*)")
"""The header lines that websockets looks at; besides, it wants one origin, whichever."""

_ORIGIN = re.compile(rb"\r\n(?i:origin):")

_KEY = re.compile(rb"(?i:sec-websocket-key):[\t ]*([A-Za-z0-9+/]{22}==)[\t ]*")
"""Sixteen bytes in base64."""

_SOME_KEY = b"bGl2ZXNlc3Npb24gMjAyNg=="

_FORMS = 64
"""Forms remembered for a second: there are as many as kinds of browsers. Others are for websockets."""


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """One form of request, and websockets' answer to it."""

    request: bytes
    """Head of such a request, with a key of ours."""
    before: bytes
    """The answer up to the accept value."""
    behind: bytes
    """The answer from there on."""
    deflates: bool
    """Whether permessage-deflate was agreed upon."""


class Opening:
    """How this process opens WebSockets. ``max_size``: bytes of an incoming message. ``extensions``: those offered."""

    def __init__(self, max_size: int, extensions: Sequence[ServerExtensionFactory] | None) -> None:
        self._max_size = max_size
        self._extensions = extensions
        self._forms: dict[bytes, Exchange | None] = {}
        self._second = 0

    def protocol(self) -> ServerProtocol:
        """A protocol that waits for a head."""
        return ServerProtocol(max_size=self._max_size, extensions=self._extensions)

    def answered(self, data: bytes) -> tuple[Exchange, bytes] | None:
        """A plain request's form, and the whole answer that opens its connection; None where websockets decides."""
        if _HEAD.fullmatch(data) is None:
            return None
        keys, judged = [], []
        for line in _JUDGED.findall(data):
            key = _KEY.fullmatch(line)
            if key is None:
                judged.append(line)
            else:
                keys.append(key[1])
        if len(keys) != 1 or len(_ORIGIN.findall(data)) > 1:
            return None
        form = self._form(b"".join(line + b"\r\n" for line in judged))
        if form is None:
            return None
        return form, form.before + _accept_value(keys[0]) + form.behind

    def reopened(self, form: Exchange) -> ServerProtocol:
        """A protocol as it is once a request of this form was answered."""
        protocol, _ = self._asked(form.request)
        return protocol

    def _form(self, judged: bytes) -> Exchange | None:
        second = int(time.time())
        if second != self._second:
            # The answer has the date in it.
            self._second = second
            self._forms.clear()
        if judged not in self._forms:
            if len(self._forms) == _FORMS:
                return None
            self._forms[judged] = self._judge(judged)
        return self._forms[judged]

    def _judge(self, judged: bytes) -> Exchange | None:
        request = b"GET / HTTP/1.1\r\nSec-WebSocket-Key: " + _SOME_KEY + b"\r\n" + judged + b"\r\n"
        protocol, answer = self._asked(request)
        if protocol.state is not State.OPEN:
            return None
        before, accepted, behind = answer.partition(_accept_value(_SOME_KEY))
        assert accepted, "the answer to a handshake holds its accept value"
        return Exchange(request, before, behind, bool(protocol.extensions))

    def _asked(self, request: bytes) -> tuple[ServerProtocol, bytes]:
        protocol = self.protocol()
        protocol.receive_data(request)
        for event in protocol.events_received():
            assert isinstance(event, Request), "nothing came behind the head"
            protocol.send_response(protocol.accept(event))
        return protocol, b"".join(protocol.data_to_send())


def _accept_value(key: bytes) -> bytes:
    return accept_key(key.decode("ascii")).encode("ascii")
