"""Plain handshakes are answered as websockets answers them, and all others are left to it."""

import base64
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State

from livesession.live.frames import DeflateOnce
from livesession.live.opening import Opening

FIREFOX = (
    b"Host: localhost:8080",
    b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    b"Sec-WebSocket-Version: 13",
    b"Origin: https://mairie.example",
    b"Sec-WebSocket-Extensions: permessage-deflate",
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    b"Connection: keep-alive, Upgrade",
    b"Sec-Fetch-Mode: websocket",
    b"Upgrade: websocket",
)

LINES = st.one_of(
    st.sampled_from(
        [
            *FIREFOX,
            b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
            b"Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9",
            b"Sec-WebSocket-Extensions: permessage-deflate; nonsense, permessage-deflate",
            b"Sec-WebSocket-Extensions: ;",
            b"Sec-WebSocket-Protocol: chat",
            b"Sec-WebSocket-Version: 8",
            b"Sec-WebSocket-Key: AAAA",
            b"sec-websocket-key:x3JJHMbDL1EzLkh9GBhXDw==\t",
            b"Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw== ,",
            b"CONNECTION:upgrade",
            b"Connection: close",
            b"Upgrade: h2c, websocket",
            b"Upgrade : websocket",
            b"Origin: null",
            b"Content-Length: 0",
            b"Content-Length: 3",
            b"Transfer-Encoding: chunked",
            b"X-Name: Fran\xe7ois",
            b" folded",
            b"\x00: x",
            b"X-Long: " + b"y" * 9_000,
        ]
    ),
    st.binary(max_size=12),
)
HEADS = st.builds(
    lambda line, lines, behind: b"\r\n".join([line, *lines, b"", behind]),
    st.sampled_from(
        [b"GET /s/seance/ws?after=3 HTTP/1.1"] * 6 + [b"POST / HTTP/1.1", b"GET / HTTP/1.0", b"GET /\xe9 HTTP/1.1"]
    ),
    st.one_of(
        st.permutations(FIREFOX),
        st.tuples(st.permutations(FIREFOX), st.lists(LINES, max_size=3)).map(lambda both: [*both[0], *both[1]]),
        st.lists(LINES, max_size=12),
    ),
    st.sampled_from([b""] * 6 + [b"\r\n", b"\x81\x80\0\0\0\0"]),
)


def opening() -> Opening:
    return Opening(1 << 10, [DeflateOnce()])


def by_websockets(head: bytes) -> tuple[bytes, bool]:
    """What websockets itself says to a head, and whether it deflates from then on."""
    protocol = opening().protocol()
    protocol.receive_data(head)
    for event in protocol.events_received():
        if isinstance(event, Request):
            protocol.send_response(protocol.accept(event))
    return b"".join(protocol.data_to_send()), bool(protocol.extensions)


def dateless(answer: bytes) -> bytes:
    return re.sub(rb"Date: [^\r]*", b"Date:", answer)


@settings(max_examples=1_000)
@given(HEADS)
@example(b"GET / HTTP/1.1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
@example(b"\r\n".join([b"GET / HTTP/1.1", *FIREFOX, b"Origin: https://other.example", b"", b""]))
def test_whoever_is_answered_is_answered_as_by_websockets(head: bytes) -> None:
    answered = opening().answered(head)
    if answered is not None:
        form, answer = answered
        expected, deflates = by_websockets(head)
        assert dateless(answer) == dateless(expected)
        assert form.deflates == deflates


@given(st.permutations(FIREFOX), st.booleans(), st.binary(min_size=16, max_size=16))
def test_what_browsers_ask_is_answered_at_once(lines: list[bytes], deflates: bool, key: bytes) -> None:
    asked = [b"Sec-WebSocket-Key: " + base64.b64encode(key) if b"Key" in line else line for line in lines]
    head = b"\r\n".join([b"GET / HTTP/1.1", *(line for line in asked if deflates or b"Ext" not in line), b"", b""])
    held = opening()
    for _ in range(2):
        answered = held.answered(head)
        assert answered is not None
        form, answer = answered
        assert (dateless(answer), form.deflates) == (dateless(by_websockets(head)[0]), deflates)


def test_protocol_made_later_is_as_if_it_had_answered() -> None:
    held = opening()
    answered = held.answered(b"\r\n".join([b"GET / HTTP/1.1", *FIREFOX, b"", b""]))
    assert answered is not None
    protocol = held.reopened(answered[0])
    assert protocol.state is State.OPEN
    assert protocol.data_to_send() == []
    protocol.receive_data(Frame(Opcode.TEXT, b"mot " * 100).serialize(mask=True, extensions=protocol.extensions))
    assert [bytes(event.data) for event in protocol.events_received() if isinstance(event, Frame)] == [b"mot " * 100]


def test_answer_bears_the_date_of_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    held = opening()
    head = b"\r\n".join([b"GET / HTTP/1.1", *FIREFOX, b"", b""])
    for now, date in (
        (1_795_400_000.5, b"Mon, 23 Nov 2026 02:13:20 GMT"),
        (1_795_400_001, b"Mon, 23 Nov 2026 02:13:21 GMT"),
    ):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        answered = held.answered(head)
        assert answered is not None
        assert b"\r\nDate: " + date + b"\r\n" in answered[1]


def test_forms_without_end_are_not_kept() -> None:
    """Past a bound websockets answers each by itself: nothing is refused, and nothing grows."""
    held = opening()
    heads = [
        b"\r\n".join([b"GET / HTTP/1.1", *FIREFOX, b"Sec-WebSocket-Protocol: p%d" % number, b"", b""])
        for number in range(200)
    ]
    told = [held.answered(head) is not None for head in heads]
    assert 64 <= sum(told) < 200
