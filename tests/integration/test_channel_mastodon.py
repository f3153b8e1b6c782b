"""Mastodon's channel against mastodon_mock, and against servers that answer as none should."""

import asyncio
import io
import json
import logging
import os
import socket
import ssl
import sys
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from PIL import Image

from livesession.demo.certificates import tls_context
from livesession.demo.standin_mastodon import TOKEN, USERNAME, StandinMastodon
from livesession.relay.channels.base import (
    AmbiguousError,
    Attachment,
    ChannelError,
    PermanentError,
    Post,
    TransientError,
)
from livesession.relay.channels.mastodon import DEFAULT_LIMIT, LOOKED_AT, MastodonChannel, open_mastodon

DESCRIPTION = Path(__file__).parents[3] / "shared" / "reference" / "networks" / "mastodon-openapi-4.7.0.json"
pytestmark = pytest.mark.asyncio(loop_scope="module")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin() -> AsyncIterator[StandinMastodon]:
    async with StandinMastodon() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def mastodon(standin: StandinMastodon) -> AsyncIterator[MastodonChannel]:
    channel = open_mastodon(standin.settings)
    yield channel
    await channel.close()


@asynccontextmanager
async def server(handler: Handler, context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A server on this machine that answers everything by ``handler``; gives its address."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    try:
        yield f"{'http' if context is None else 'https'}://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def failure(channel: MastodonChannel, text: str = "Essai", reply_to: str | None = None) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await channel.post(Post(text, key=text, reply_to=reply_to))
    return caught.value


async def failure_at(handler: Handler, *, reply_to: str | None = None, seconds: float = 5) -> ChannelError:
    async with server(handler) as address:
        channel = MastodonChannel(address, TOKEN, seconds=seconds)
        try:
            return await failure(channel, reply_to=reply_to)
        finally:
            await channel.close()


async def status(standin: StandinMastodon, identity: str) -> dict[str, Any]:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as session:
        async with session.get(f"{standin.base_url}/api/v1/statuses/{identity}") as answer:
            found: dict[str, Any] = await answer.json()
            return found


# What is posted


async def test_thread_begins_in_public_and_goes_on_unlisted(
    mastodon: MastodonChannel, standin: StandinMastodon
) -> None:
    assert await mastodon.check() == USERNAME
    root = await mastodon.post(Post("Point 1", key="v1"))
    reply = await mastodon.post(Post("Continued", key="v2", reply_to=root.remote_id, language="en"))
    found = [await status(standin, sent.remote_id) for sent in (root, reply)]
    assert [(one["visibility"], one["language"], one["in_reply_to_id"], one["url"]) for one in found] == [
        ("public", "fr", None, root.url),
        ("unlisted", "en", root.remote_id, reply.url),
    ]
    posts = await standin.timeline()
    assert [(post.id, post.reply_to, post.depth, post.url) for post in posts] == [
        (root.remote_id, None, 0, root.url),
        (reply.remote_id, root.remote_id, 1, reply.url),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> & &amp; \"'",
        "**gras** *italique* `code` ~~non~~ _x0001_ [a](b)",
        "👩‍👩‍👧‍👦 שלום e\u0301 🇫🇷",
        "Une ligne\nune autre\n\nun paragraphe",
        "@\u2060everyone et @ville@social.example",
    ],
)
async def test_text_is_shown_as_typed(mastodon: MastodonChannel, standin: StandinMastodon, text: str) -> None:
    await mastodon.post(Post(text, key=f"typed-{hash(text)}"))
    assert (await standin.timeline())[-1].text == text


async def test_standin_counts_as_mastodon_does(mastodon: MastodonChannel) -> None:
    """500 characters as a reader counts them pass, however many code points and whatever long links they hold."""
    await mastodon.post(Post("👩‍👩‍👧‍👦" * 500, key="familles"))
    link = "https://exemple.fr/" + "x" * 300
    await mastodon.post(Post(f"{link} " + "y" * 476, key="lien"))
    error = await failure(mastodon, f"{link} " + "y" * 477)
    assert (type(error), error.reason) == (PermanentError, "refused")
    assert "too long" in error.detail


async def test_key_said_twice_posts_once_even_from_two_channels(standin: StandinMastodon) -> None:
    channels = [open_mastodon(standin.settings) for _ in range(2)]
    sent = [await channel.post(Post("Une fois", key="double")) for channel in channels for _ in range(2)]
    assert len(set(sent)) == 1
    assert [post.text for post in await standin.timeline()].count("Une fois") == 1
    for channel in channels:
        await channel.close()


async def test_posts_of_one_account_go_one_after_the_other(mastodon: MastodonChannel, standin: StandinMastodon) -> None:
    before = len(await standin.timeline())
    await asyncio.gather(*(mastodon.post(Post(f"À la fois {n}", key=f"fois-{n}")) for n in range(10)))
    posts = (await standin.timeline())[before:]
    assert sorted(post.text for post in posts) == sorted(f"À la fois {n}" for n in range(10))


async def test_request_is_as_mastodons_description_has_it() -> None:
    if not DESCRIPTION.is_file():
        pytest.skip("shared/reference is not beside this checkout")
    sent: list[tuple[dict[str, Any], str]] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        # The library posts a form, which Mastodon reads as it reads JSON.
        sent.append((dict(await request.post()), request.headers["Idempotency-Key"]))
        return web.json_response({"id": "2", "url": "https://social.example/2"})

    async with server(answer) as address:
        channel = MastodonChannel(address, TOKEN)
        await channel.post(Post("Suite", key="cle-1", reply_to="1", language="fr"))
        await channel.close()
    form = {"status": "Suite", "in_reply_to_id": "1", "sensitive": "0", "visibility": "unlisted", "language": "fr"}
    assert sent == [(form, "cle-1")]
    schemas = json.loads(DESCRIPTION.read_text("utf-8"))["components"]["schemas"]
    assert set(form) - {"status"} <= set(schemas["BaseStatus"]["properties"])
    assert form["visibility"] in schemas["StatusVisibilityEnum"]["enum"]


# What is there already


@pytest.mark.parametrize(
    "text",
    [
        "Trouvé : 3 < 5 & &amp; <b>\n\n\net @ville@social.example, @autre@social.example:",
        " Trouvé https://exemple.fr/rapport?a=1&b=2#c #ValClair ",
    ],
)
async def test_post_is_found_by_what_was_typed(mastodon: MastodonChannel, text: str) -> None:
    since = datetime.now(UTC)
    root = await mastodon.post(Post(text, key=f"found-{hash(text)}"))
    image = io.BytesIO()
    Image.new("RGB", (2, 2)).save(image, "PNG")
    picture = Attachment(image.getvalue(), "image/png", "Salle")
    again = await mastodon.post(Post(text, key=f"again-{hash(text)}", reply_to=root.remote_id, images=(picture,)))
    assert await mastodon.find({text, "Rien de tel"}, since) == [again, root]
    assert await mastodon.find({text + "."}, since) == []
    assert await mastodon.find({text}, datetime.now(UTC) + timedelta(minutes=2)) == []


def timeline(statuses: list[dict[str, Any]], source: int | dict[str, Any] = 404) -> Handler:
    """An instance with one account; ``source`` is what it says of what was typed, or the status it answers with."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/source"):
            if isinstance(source, int):
                return web.json_response({"error": "Said so"}, status=source)
            return web.json_response(source)
        return web.json_response({"id": "7", "acct": "ville"} if "verify" in request.path else statuses)

    return answer


def shown(content: str, identity: str = "1", at: str | None = "2026-11-20T10:00:00.000Z") -> dict[str, Any]:
    return {"id": identity, "url": f"https://social.example/{identity}", "content": content, "created_at": at}


SINCE = datetime(2026, 11, 20, 9, 58, tzinfo=UTC)


@asynccontextmanager
async def instance_of(handler: Handler) -> AsyncIterator[MastodonChannel]:
    async with server(handler) as address:
        channel = MastodonChannel(address, TOKEN, seconds=5)
        yield channel
        await channel.close()


@pytest.mark.parametrize("source", [403, 404, {"id": "1", "text": None}])
async def test_where_the_typed_text_is_not_told_what_is_shown_counts(source: int | dict[str, Any]) -> None:
    # As Mastodon 4 writes it: a link in three parts, a mention without its server, a hashtag.
    content = (
        '<p>Voir <a href="https://exemple.fr/un/rapport" rel="nofollow"><span class="invisible">https://</span>'
        '<span class="ellipsis">exemple.fr/un</span><span class="invisible">/rapport</span></a> &amp; '
        '<span class="h-card"><a href="https://b.example/@ville" class="u-url mention">@<span>ville</span></a></span>'
        '</p><p>3 &lt; 5<br />fin <a href="https://a.example/tags/cd" class="mention hashtag">#<span>cd</span></a></p>'
    )
    text = "Voir https://exemple.fr/un/rapport & @ville@b.example\n\n3 < 5\nfin #cd"
    listed = [shown(content), shown("<p>Autre</p>", "2"), shown(content, "3", "2026-11-20T09:00:00.000Z")]
    async with instance_of(timeline(listed, source)) as channel:
        assert [sent.remote_id for sent in await channel.find({text}, SINCE)] == ["1"]
        assert await channel.find({text + "!"}, SINCE) == []


async def test_post_that_does_not_say_when_it_was_made_is_looked_at() -> None:
    async with instance_of(timeline([shown("<p>Quand</p>", at=None)])) as channel:
        assert [sent.url for sent in await channel.find({"Quand"}, SINCE)] == ["https://social.example/1"]


async def test_among_more_posts_than_are_looked_at_nothing_is_said_to_be_absent() -> None:
    listed = [shown(f"<p>Numéro {number}</p>", str(number)) for number in range(LOOKED_AT, 0, -1)]
    async with instance_of(timeline(listed)) as channel:
        assert [sent.remote_id for sent in await channel.find({"Numéro 1"}, SINCE)] == ["1"]
        with pytest.raises(AmbiguousError):
            await channel.find({"Numéro 0"}, SINCE)
        assert await channel.find({"Numéro 0"}, datetime.now(UTC)) == []


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (403, '{"error": "Said so"}', PermanentError),
        (404, "{}", PermanentError),
        (429, "{}", TransientError),
        (502, "", AmbiguousError),
        (200, '{"id": "7"}', AmbiguousError),
        (200, "null", AmbiguousError),
        (200, "[null]", AmbiguousError),
    ],
)
async def test_timeline_that_cannot_be_read_is_not_an_empty_one(
    status: int, body: str, kind: type[ChannelError]
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if "verify" in request.path:
            return web.json_response({"id": "7", "acct": "ville"})
        return web.Response(status=status, text=body, content_type="application/json")

    async with instance_of(answer) as channel:
        with pytest.raises(ChannelError) as caught:
            await channel.find({"Où"}, SINCE)
    assert type(caught.value) is kind


# What an instance says of itself


@pytest.mark.parametrize(
    ("said", "limit", "link"),
    [
        ({"max_characters": 5000, "characters_reserved_per_url": 30}, 5000, 30),
        ({"max_characters": 0, "characters_reserved_per_url": None}, 500, 23),
        ({"max_characters": "many"}, 500, 23),
        ({}, 500, 23),
    ],
)
async def test_limits_are_the_instances(said: dict[str, Any], limit: int, link: int) -> None:
    async def instance(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"configuration": {"statuses": said}})

    async with server(instance) as address:
        channel = MastodonChannel(address, TOKEN)
        await channel.learn_limits()
        assert (channel.limit, channel.length("https://exemple.fr/adresse")) == (limit, link)
        await channel.close()


async def test_limits_are_asked_for_once_and_again_only_where_nothing_was_said() -> None:
    asked: list[int] = []
    answers = [502, 404, 404]

    async def instance(_request: web.Request) -> web.StreamResponse:
        asked.append(answers[len(asked)])
        return web.Response(status=asked[-1], text="<html>down</html>", content_type="text/html")

    async with server(instance) as address:
        channel = MastodonChannel(address, TOKEN)
        for _ in range(4):
            await channel.learn_limits()
        await channel.close()
    # A 502 makes Mastodon.py's instance() ask 976 times (issue 450); 404 is an older instance, which says nothing.
    assert (asked, channel.limit) == ([502, 404], DEFAULT_LIMIT)


# What failures mean


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        (400, PermanentError, "refused"),
        (401, PermanentError, "unauthorised"),
        (403, PermanentError, "unauthorised"),
        (404, PermanentError, "wrong-address"),
        (408, TransientError, "unreachable"),
        (413, PermanentError, "refused"),
        (422, PermanentError, "refused"),
        (429, TransientError, "rate-limited"),
        (500, AmbiguousError, "server-error"),
        (502, AmbiguousError, "server-error"),
        (503, AmbiguousError, "server-error"),
        (520, AmbiguousError, "ambiguous"),
    ],
)
@pytest.mark.parametrize("body", ['{"error": "Said so"}', "<html>down</html>", "", "[1", '"text"', "null"])
async def test_status_means_what_it_means_whatever_the_body(
    code: int, body: str, kind: type[ChannelError], reason: str
) -> None:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, text=body, content_type="application/json")

    error = await failure_at(answer)
    assert (type(error), error.reason) == (kind, reason)
    if "Said so" in body and kind is PermanentError:
        assert "Said so" in error.detail


@pytest.mark.parametrize("body", ["<html>Please log in</html>", "", "null", "[]", "{}", '{"id": null}', '{"id": '])
async def test_success_that_cannot_be_understood_is_ambiguous(body: str) -> None:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=body, content_type="application/json")

    error = await failure_at(answer)
    assert (type(error), error.reason) == (AmbiguousError, "ambiguous")


async def test_reply_to_what_is_gone_says_so() -> None:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"error": "The post you are trying to reply to does not appear to exist."}, status=404)

    error = await failure_at(answer, reply_to="12")
    assert (type(error), error.reason) == (PermanentError, "thread-gone")


async def test_instance_that_has_moved_is_a_wrong_address() -> None:
    """Followed, the redirection would have become a GET, and its answer taken for a post."""
    methods: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        methods.append(request.method)
        return web.Response(status=301, headers={"Location": "/elsewhere"})

    error = await failure_at(answer)
    assert (type(error), error.reason, methods) == (PermanentError, "wrong-address", ["POST"])


async def test_rate_limit_says_when_to_come_back() -> None:
    async def answer(_request: web.Request) -> web.StreamResponse:
        reset = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() + 120))
        headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
        return web.json_response({"error": "Too many requests"}, status=429, headers=headers)

    retry_after = (await failure_at(answer)).retry_after
    assert retry_after is not None
    assert 115 < retry_after <= 122


async def test_silence_and_a_trickle_are_ambiguous_and_end() -> None:
    async def silent(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    async def trickle(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(300):
            await answer.write(b" ")
            await asyncio.sleep(0.1)
        return answer

    begun = time.monotonic()
    errors = [await failure_at(handler, seconds=0.5) for handler in (silent, trickle)]
    assert [(type(error), error.reason) for error in errors] == [(AmbiguousError, "no-answer")] * 2
    assert time.monotonic() - begun < 6


async def test_dropped_line_is_ambiguous() -> None:
    async def drop(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    error = await failure_at(drop)
    assert (type(error), error.reason) == (AmbiguousError, "no-answer")


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "https://no-such-instance.invalid"])
async def test_nobody_there_is_unreachable(address: str) -> None:
    channel = MastodonChannel(address, TOKEN)
    error = await failure(channel)
    assert (type(error), error.reason, error.detail) == (TransientError, "unreachable", "")
    await channel.close()


async def test_certificate_that_is_not_trusted_is_told_for_one(tmp_path: Path) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.json_response({})

    async with server(answer, tls_context(tmp_path / "own.pem", "127.0.0.1")) as address:
        channel = MastodonChannel(address, TOKEN)
        error = await failure(channel)
        await channel.close()
    assert (type(error), error.reason, asked) == (TransientError, "certificate", [])


async def test_cancelled_post_lets_go_at_once_and_the_next_one_works() -> None:
    come_in = asyncio.Event()

    async def answer(_request: web.Request) -> web.StreamResponse:
        if not come_in.is_set():
            come_in.set()
            await asyncio.sleep(5)
        return web.json_response({"id": "1", "url": "https://social.example/1"})

    async with server(answer) as address:
        channel = MastodonChannel(address, TOKEN)
        posting = asyncio.create_task(channel.post(Post("a", key="a")))
        await come_in.wait()
        begun = time.monotonic()
        posting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await posting
        assert (await channel.post(Post("b", key="b"))).remote_id == "1"
        assert time.monotonic() - begun < 3
        await channel.close()


# Secrets


async def test_secrets_are_in_no_exception_repr_or_log(
    standin: StandinMastodon, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def echo(request: web.Request) -> web.StreamResponse:
        return web.json_response({"error": f"I got {dict(request.headers)}"}, status=422)

    async def page(request: web.Request) -> web.StreamResponse:
        return web.Response(text=f"<html>{dict(request.headers)}</html>", content_type="text/html")

    channel = open_mastodon(standin.settings)
    await channel.post(Post("Au journal", key="journal"))
    shown = [repr(channel)]
    broken = MastodonChannel(standin.base_url, f"{TOKEN}\nX-Other: 1")
    errors = [await failure_at(echo), await failure_at(page), await failure(broken)]
    assert [error.reason for error in errors] == ["refused", "ambiguous", "unauthorised"]
    assert "•••" in errors[0].detail
    for error in errors:
        shown += [repr(error), error.detail, *traceback.format_exception(error)]
    shown += [record.getMessage() for record in caplog.records]
    assert TOKEN not in "\n".join(shown)
    await channel.close()
    await broken.close()


async def test_token_is_no_file_name(tmp_path: Path) -> None:
    """Mastodon.py's constructor reads a token from the file of that name, and would send what it holds."""
    sent: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        sent.append(request.headers["Authorization"])
        return web.json_response({"acct": "a"})

    file = tmp_path / "private"
    file.write_text("PRIVATE\n", "utf-8")
    async with server(answer) as address:
        channel = MastodonChannel(f" {address}/ ", f" {file}\n")
        assert await channel.check() == "a"
        await channel.close()
    assert set(sent) == {f"Bearer {file}"}


async def test_proxy_is_not_asked_for_an_instance_on_this_machine(
    standin: StandinMastodon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    channel = open_mastodon(standin.settings)
    assert await channel.check() == USERNAME
    await channel.close()


# The stand-in itself


async def test_standin_lists_more_posts_than_a_page_in_order(tmp_path: Path) -> None:
    async with StandinMastodon(tmp_path / "mastodon.db") as standin:
        channel = open_mastodon(standin.settings)
        for number in range(45):
            await channel.post(Post(str(number), key=f"page-{number}"))
        await channel.close()
        assert [post.text for post in await standin.timeline()] == [str(number) for number in range(45)]
        port = standin.port
    # Its port is free again, and a second start finds its posts.
    async with standin:
        assert (standin.port, len(await standin.timeline())) == (port, 45)


async def test_standin_ends_with_whoever_started_it(tmp_path: Path) -> None:
    script = (
        "import asyncio, os\n"
        "from livesession.demo.standin_mastodon import StandinMastodon\n"
        "async def main():\n"
        "    async with StandinMastodon() as standin:\n"
        "        print(standin.port, flush=True)\n"
        "        os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert process.stdout is not None
    port = int(await process.stdout.readline())
    await process.wait()
    for _ in range(50):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("mastodon_mock runs on")


async def test_standin_that_cannot_start_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        standin = StandinMastodon()
        standin.port = taken.getsockname()[1]
        with pytest.raises(RuntimeError, match="does not start"):
            await standin.__aenter__()


async def test_images_go_with_their_post_and_their_words(mastodon: MastodonChannel, standin: StandinMastodon) -> None:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "PNG")
    image = Attachment(content.getvalue(), "image/png", "Un carré rouge")
    sent = await mastodon.post(Post("Avec une image", key="image", images=(image,)))
    found = (await status(standin, sent.remote_id))["media_attachments"]
    assert [(one["type"], one["description"]) for one in found] == [("image", "Un carré rouge")]


async def test_an_image_that_is_lost_posts_nothing_and_is_tried_again() -> None:
    asked = []

    async def handler(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.Response(status=503)

    async with server(handler) as address:
        channel = MastodonChannel(address, TOKEN, seconds=5)
        with pytest.raises(TransientError):
            await channel.post(Post("Sans suite", key="k", images=(Attachment(b"one", "image/png", "Salle"),)))
        await channel.close()
    assert "/api/v1/statuses" not in asked
