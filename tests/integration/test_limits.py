"""Settings that bound who may connect, on the running server."""

import json
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from tests.integration.running import AGENDA, client_of, serving


async def first(address: str, forwarded: str, origin: str | None = None) -> str | int:
    """The first message's type, the close code, or the status of a refusal."""
    try:
        async with connect(address, additional_headers={"X-Forwarded-For": forwarded}, origin=origin) as connection:  # type: ignore[arg-type]  # a str is an Origin to websockets
            try:
                return str(json.loads(await connection.recv())["type"])
            except ConnectionClosedError as error:
                return error.code if error.rcvd is None else error.rcvd.code
    except InvalidStatus as error:
        return error.response.status_code


async def test_limits_sites_and_proxies_are_kept_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "MAX_CONNECTIONS_PER_ADDRESS": "1",
        "TRUSTED_PROXIES": "1",
        "EMBED_ORIGINS": "https://www.mairie.example/",
        "PUBLIC_URL": "https://direct.example",
    }.items():
        monkeypatch.setenv(name, value)
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        address = f"ws://127.0.0.1:{server.port}/s/{slug}/ws"
        async with connect(address, additional_headers={"X-Forwarded-For": "192.0.2.1"}) as held:
            assert json.loads(await held.recv())["type"] == "hello"
            # Only the last hop is believed: whoever connects writes the ones before it.
            assert await first(address, "198.51.100.7, 192.0.2.1") == 4029
            assert await first(address, "192.0.2.1, 198.51.100.7") == "hello"
            async with client.session.get(
                f"{server.url}/s/{slug}/sse", headers={"X-Forwarded-For": "192.0.2.1"}
            ) as answer:
                assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
        origins = ["https://www.mairie.example", "https://direct.example", "https://other.example", "null"]
        assert [await first(address, f"203.0.113.{number}", origin) for number, origin in enumerate(origins)] == [
            "hello",
            "hello",
            403,
            403,
        ]
        for origin, allowed in (
            ("https://www.mairie.example", "https://www.mairie.example"),
            ("https://o.example", None),
        ):
            async with client.session.get(f"{server.url}/s/{slug}/entries", headers={"Origin": origin}) as answer:
                assert answer.headers.get("Access-Control-Allow-Origin") == allowed
                assert "Origin" in answer.headers["Vary"]
        async with client.session.get(f"{server.url}/s/{slug}/embed") as answer:
            assert "frame-ancestors https://www.mairie.example" in answer.headers["Content-Security-Policy"]
