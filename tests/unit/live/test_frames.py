"""Frames made once: what websockets' own client makes of them, whatever it negotiates."""

import pytest
from websockets.client import ClientProtocol
from websockets.datastructures import Headers
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from livesession.live.frames import DEFLATE_FROM, DeflateOnce, Frames

LONG = "Le conseil délibère sur le budget des routes. " * 20
MESSAGES = ["", "é", "x" * (DEFLATE_FROM - 1), "x" * 5000, LONG, "é" * 70_000]


def client_and_server(factory: ClientPerMessageDeflateFactory | None) -> tuple[ClientProtocol, ServerProtocol]:
    """Both ends, with the handshake done."""
    client = ClientProtocol(parse_uri("ws://example.org/"), extensions=[factory] if factory else None)
    server = ServerProtocol(extensions=[DeflateOnce()])
    client.send_request(client.connect())
    server.receive_data(b"".join(client.data_to_send()))
    (request,) = server.events_received()
    assert isinstance(request, Request)
    server.send_response(server.accept(request))
    client.receive_data(b"".join(server.data_to_send()))
    client.events_received()
    return client, server


def read(client: ClientProtocol, data: bytes) -> list[str]:
    client.receive_data(data)
    return [bytes(frame.data).decode() for frame in client.events_received() if isinstance(frame, Frame)]


@pytest.mark.parametrize(
    ("factory", "accepted"),
    [
        (None, False),
        (ClientPerMessageDeflateFactory(), True),
        (ClientPerMessageDeflateFactory(client_max_window_bits=True), True),
        (ClientPerMessageDeflateFactory(server_max_window_bits=12), True),
        (ClientPerMessageDeflateFactory(server_max_window_bits=9), False),
        (ClientPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True), True),
    ],
)
def test_frames_are_read_by_a_client_that_accepts_them(
    factory: ClientPerMessageDeflateFactory | None, accepted: bool
) -> None:
    client, server = client_and_server(factory)
    assert (bool(client.extensions), bool(server.extensions)) == (accepted, accepted)
    frames = [Frames(message) for message in MESSAGES]
    # Twice, and in any order: nothing is remembered from one to the next.
    for order in (frames, frames[::-1]):
        assert read(client, b"".join(held.for_("deflated" if accepted else "plain") for held in order)) == (
            MESSAGES if order is frames else MESSAGES[::-1]
        )


def test_deflated_frames_are_never_longer() -> None:
    for message in MESSAGES:
        frames = Frames(message)
        assert len(frames.deflated) <= len(frames.plain)
    assert len(Frames(LONG).deflated) < len(LONG) / 5


def test_what_a_client_deflates_is_read_without_keeping_anything() -> None:
    client, server = client_and_server(ClientPerMessageDeflateFactory())
    for message in (LONG, LONG):
        client.send_text(message.encode())
        server.receive_data(b"".join(client.data_to_send()))
    assert [bytes(frame.data).decode() for frame in server.events_received() if isinstance(frame, Frame)] == [LONG] * 2
    assert not hasattr(server.extensions[0], "decoder")
    assert not hasattr(server.extensions[0], "encoder")


def test_an_offer_that_is_none_is_declined() -> None:
    server = ServerProtocol(extensions=[DeflateOnce()])
    headers = Headers(
        {"Sec-WebSocket-Extensions": "permessage-deflate; server_max_window_bits=many, permessage-deflate; what=1"}
    )
    assert server.process_extensions(headers) == (None, [])
