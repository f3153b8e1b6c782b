"""The console's addresses by plain HTTP: who is let in, where a login leads, what the stream of events says."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.browser.consoles import PASSWORD, Installation, installation


@pytest.fixture
async def held(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as running:
        yield running


@pytest.fixture
async def anybody() -> AsyncIterator[aiohttp.ClientSession]:
    """A client without a cookie; it keeps the ones it is given, as a browser on localhost does."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


async def _log_in(
    session: aiohttp.ClientSession,
    held: Installation,
    *,
    name: str = "Alice",
    password: str = PASSWORD,
    after: str = "",
) -> aiohttp.ClientResponse:
    return await session.post(
        held.server.url + "/console/login",
        data={"name": name, "password": password, "next": after},
        headers={"Origin": held.server.url, "Accept": "text/html", "Accept-Language": "en"},
        allow_redirects=False,
    )


async def _cookie(session: aiohttp.ClientSession, held: Installation, name: str = "Alice") -> dict[str, str]:
    answer = await _log_in(session, held, name=name)
    assert answer.status == 303
    return {"Cookie": answer.headers["Set-Cookie"].split(";")[0]}


async def test_login_leads_where_it_was_asked_for(anybody: aiohttp.ClientSession, held: Installation) -> None:
    answer = await _log_in(anybody, held, after="/console/s/une-seance?lang=en")
    assert (answer.status, answer.headers["Location"]) == (303, "/console/s/une-seance?lang=en")


@pytest.mark.parametrize(
    ("host", "name", "secure"),
    [
        # Safari keeps no Secure cookie from these.
        ("localhost", "livesession", False),
        ("127.0.0.1:8080", "livesession", False),
        ("[::1]:8080", "livesession", False),
        ("seances.example.org", "__Host-livesession", True),
        ("192.168.1.20:8080", "__Host-livesession", True),
        ("localhost.example.org", "__Host-livesession", True),
    ],
)
async def test_login_is_a_cookie_that_only_this_host_gets_over_https(
    anybody: aiohttp.ClientSession, held: Installation, host: str, name: str, secure: bool
) -> None:
    headers = {"Host": host, "Origin": f"http://{host}", "Accept": "text/html"}
    form = {"name": "Alice", "password": PASSWORD}
    address = held.server.url + "/console/login"
    async with anybody.post(address, data=form, headers=headers, allow_redirects=False) as answer:
        cookie = answer.headers["Set-Cookie"]
    assert (cookie.partition("=")[0], "Secure" in cookie) == (name, secure)
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/"))
    # The plain one is nobody's login elsewhere: somebody on the line could set it.
    token = cookie.partition("=")[2].partition(";")[0]
    found = {}
    for called in ("livesession", "__Host-livesession"):
        asked = {"Host": host, "Cookie": f"{called}={token}"}
        async with anybody.get(held.server.url + "/console/", headers=asked, allow_redirects=False) as answer:
            found[called] = answer.status
    assert found == {"livesession": 303 if secure else 200, "__Host-livesession": 200 if secure else 303}


async def test_login_says_the_same_of_an_unknown_name_and_a_wrong_password(
    anybody: aiohttp.ClientSession, held: Installation
) -> None:
    pages = []
    for name in ("Alice", "Nobody"):
        answer = await _log_in(anybody, held, name=name, password="wrong password here")
        assert answer.status == 401
        assert "Set-Cookie" not in answer.headers
        pages.append((await answer.text()).replace(f'value="{name}"', ""))
    assert pages[0] == pages[1]


async def test_login_is_throttled_after_ten_failures(anybody: aiohttp.ClientSession, held: Installation) -> None:
    for _ in range(10):
        await _log_in(anybody, held, password="wrong password here")
    answer = await _log_in(anybody, held)
    # Until the first of the ten is a quarter of an hour old.
    assert answer.status == 429
    assert 840 < int(answer.headers["Retry-After"]) <= 900
    assert "Logging in will be possible again within 15 minutes." in await answer.text()


async def test_login_from_another_site_is_refused(anybody: aiohttp.ClientSession, held: Installation) -> None:
    answer = await anybody.post(
        held.server.url + "/console/login",
        data={"name": "Alice", "password": PASSWORD},
        headers={"Origin": "https://elsewhere.example"},
        allow_redirects=False,
    )
    assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)


async def test_logout_ends_the_login(anybody: aiohttp.ClientSession, held: Installation) -> None:
    cookie = await _cookie(anybody, held)
    account = held.server.url + "/api/v1/account"
    assert (await anybody.get(account, headers=cookie)).status == 200
    answer = await anybody.post(
        held.server.url + "/console/logout", headers={**cookie, "Origin": held.server.url}, allow_redirects=False
    )
    assert (answer.status, answer.headers["Location"]) == (303, "/console/login")
    assert (await anybody.get(account, headers=cookie)).status == 401


async def test_pages_ask_for_a_login_first(anybody: aiohttp.ClientSession, held: Installation) -> None:
    for path in ("/console/", "/console/s/seance-pleniere-2026-11-20", "/console"):
        answer = await anybody.get(held.server.url + path, headers={"Accept": "text/html"})
        assert answer.url.path == "/console/login"
        assert answer.url.query["next"] == ("/console/" if path == "/console" else path)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"


async def test_modules_are_cached_for_good_under_their_version_only(
    anybody: aiohttp.ClientSession, held: Installation
) -> None:
    page = await (await anybody.get(held.console, headers=await _cookie(anybody, held))).text()
    address = page.split('type="module" src="')[1].split('"')[0]
    answer = await anybody.get(held.server.url + address)
    assert (answer.status, answer.content_type) == (200, "text/javascript")
    assert "immutable" in answer.headers["Cache-Control"]
    stale = address.replace(address.split("/")[3], "0" * 12)
    assert (await anybody.get(held.server.url + stale)).headers["Cache-Control"] == "no-store"
    for bad in ("nothing.js", "..%2fground.css", "ground.css"):
        assert (await anybody.get(held.server.url + stale.replace("main.js", bad))).status == 404


@asynccontextmanager
async def _events(
    session: aiohttp.ClientSession, held: Installation, headers: dict[str, str], after: int = 0
) -> AsyncIterator[AsyncIterator[tuple[str, dict[str, Any]]]]:
    """The stream's messages but presence, each with its ``id`` (empty where it has none)."""

    async def messages(answer: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        identity = ""
        async for line in answer.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "id":
                identity = value
            elif name == "data":
                message = json.loads(value)
                # Who is there comes whenever it changes, between the others; tests of clerks look at it.
                if message["type"] != "presence":
                    yield identity, message
                identity = ""

    async with asyncio.timeout(30), session.get(f"{held.console}/events?after={after}", headers=headers) as answer:
        assert answer.status == 200, await answer.text()
        assert answer.content_type == "text/event-stream"
        yield messages(answer)


async def test_stream_tells_the_whole_record_then_what_comes(
    anybody: aiohttp.ClientSession, held: Installation
) -> None:
    await held.post("closed_part.begun")
    await held.post("update.posted", text="à huis clos")
    async with _events(anybody, held, await _cookie(anybody, held)) as stream:
        _, hello = await anext(stream)
        assert {name: hello[name] for name in ("type", "seq", "account", "channels")} == {
            "type": "hello",
            "seq": 6,
            "account": {"name": "Alice", "role": "clerk"},
            "channels": [],
        }
        assert [(item["id"], item["status"]) for item in hello["agenda"]["items"]] == [
            ("un", "current"),
            ("deux", "to_come"),
            ("trois", "to_come"),
            ("quatre", "to_come"),
        ]
        identity, told = await anext(stream)
        assert (identity, [entry["seq"] for entry in told["entries"]]) == ("6", [1, 2, 3, 4, 5, 6])
        assert (told["entries"][-1]["data"], told["entries"][-1]["pos"]) == ({"text": "à huis clos"}, None)
        assert told["state"]["closed_part"] is True
        await held.post("closed_part.ended")
        identity, told = await anext(stream)
        assert (identity, [entry["kind"] for entry in told["entries"]]) == ("7", ["closed_part.ended"])
        assert told["entries"][0]["author_name"].startswith("token-")
        assert told["state"]["closed_part"] is False


async def test_stream_resumes_after_the_last_event(anybody: aiohttp.ClientSession, held: Installation) -> None:
    cookie = await _cookie(anybody, held)
    async with _events(anybody, held, {**cookie, "Last-Event-ID": "3"}) as stream:
        assert (await anext(stream))[1]["seq"] == 4
        assert [entry["seq"] for entry in (await anext(stream))[1]["entries"]] == [4]
    # A cursor beyond the head is of another history: everything is told.
    async with _events(anybody, held, cookie, after=99) as stream:
        await anext(stream)
        assert [entry["seq"] for entry in (await anext(stream))[1]["entries"]] == [1, 2, 3, 4]


async def test_stream_loses_nothing_while_many_post(anybody: aiohttp.ClientSession, held: Installation) -> None:
    seqs: list[int] = []
    async with _events(anybody, held, await _cookie(anybody, held)) as stream:
        posting = asyncio.gather(*(held.post("update.posted", text=f"{number}") for number in range(100)))
        async for _, message in stream:
            seqs += [entry["seq"] for entry in message.get("entries", ())]
            if seqs and seqs[-1] == 104:
                break
        await posting
    assert seqs == list(range(1, 105))


async def test_stream_is_for_those_who_may_read_the_record(anybody: aiohttp.ClientSession, held: Installation) -> None:
    assert (await anybody.get(held.console + "/events")).status == 401
    archivist = await _cookie(anybody, held, "Odile")
    async with _events(anybody, held, archivist) as stream:
        assert (await anext(stream))[1]["account"]["role"] == "archivist"
    missing = await anybody.get(held.server.url + "/console/s/none/events", headers=archivist)
    assert missing.status == 404


async def test_stream_ends_with_the_server(anybody: aiohttp.ClientSession, held: Installation) -> None:
    async with _events(anybody, held, await _cookie(anybody, held)) as stream:
        await anext(stream)
        await anext(stream)
        code = await asyncio.to_thread(held.server.stop)
        assert code == 0
        assert [message async for message in stream] == []
