"""X's channel against the stand-in, whose every exchange is held against X's own description."""

import json
import logging
import socket
import ssl
import time
import traceback
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
import pytest
import pytest_asyncio
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from livesession.demo.certificates import tls_context
from livesession.demo.standin_x import BEARER, KEYS, USER_ID, USERNAME, StandinX
from livesession.relay.channels.base import (
    AmbiguousError,
    Attachment,
    ChannelError,
    PermanentError,
    Post,
    Sent,
    TransientError,
)
from livesession.relay.channels.x import API_HOST, LOOKED_AT, XChannel, open_x

pytestmark = pytest.mark.asyncio(loop_scope="module")
DESCRIPTION = Path(__file__).parents[3] / "shared" / "reference" / "networks" / "x-openapi-2.159.json"
SECRETS = (BEARER, KEYS["consumer_secret"], KEYS["access_token"], KEYS["access_token_secret"])


@cache
def description() -> OpenAPI | None:
    """X's published description, or None where it is not beside this checkout."""
    if not DESCRIPTION.is_file():
        return None
    read = json.loads(DESCRIPTION.read_text("utf-8"))
    # OAuth 1.0a is described by a scheme that openapi-core does not know; the stand-in checks signatures itself.
    for path in read["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict):
                operation.pop("security", None)
    extra = {"application/problem+json": lambda body, **_: json.loads(body)}
    return OpenAPI.from_dict(read, config=Config(spec_validator_cls=None, extra_media_type_deserializers=extra))


def check(exchange: tuple[str, str, Any, int, Any]) -> None:
    """Raise where a request or its answer is not as X describes them."""
    api = description()
    if api is None:
        return
    method, address, sent, status, answered = exchange
    path, _, query = address.partition("?")
    request = MockRequest(
        "https://api.x.com",
        method.lower(),
        path,
        args=dict(parse_qsl(query)),
        data=None if sent is None else json.dumps(sent).encode(),
        content_type="application/json",
    )
    kind = "application/json" if status < 400 else "application/problem+json"
    api.validate_request(request)
    api.validate_response(request, MockResponse(json.dumps(answered).encode(), status_code=status, content_type=kind))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running() -> AsyncIterator[StandinX]:
    async with StandinX() as standin:
        yield standin


@pytest_asyncio.fixture(loop_scope="module")
async def standin(running: StandinX) -> AsyncIterator[StandinX]:
    running.exchanges.clear()
    yield running
    for exchange in running.exchanges:
        check(exchange)


@pytest_asyncio.fixture(loop_scope="module")
async def x(standin: StandinX) -> AsyncIterator[XChannel]:
    channel = open_x(standin.settings)
    yield channel
    await channel.close()


async def failure(channel: XChannel, text: str) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await channel.post(Post(text, key=text))
    return caught.value


async def test_description_of_x_is_there_to_check_against() -> None:
    if description() is None:
        pytest.skip("shared/reference is not beside this checkout: exchanges are not checked")
    bad = ("POST", "/2/tweets", {"text": "a", "colour": "red"}, 201, {"data": {"id": "1", "text": "a"}})
    with pytest.raises(Exception, match="body"):
        check(bad)


async def test_post_is_there_as_typed_and_its_address_is_known(x: XChannel, standin: StandinX) -> None:
    text = "Bonjour, 👩‍👩‍👧 é שלום <b>&amp;"
    before = len(standin.posts)
    sent = await x.post(Post(text, key="k"))
    (post,) = standin.posts[before:]
    assert (post.id, post.text, post.reply_to, post.depth) == (sent.remote_id, text, None, 0)
    assert sent == Sent(post.id, f"https://x.com/i/status/{post.id}")
    assert (await standin.timeline())[-1] == post


async def test_account_is_known_by_its_four_keys_or_by_a_user_token(x: XChannel, standin: StandinX) -> None:
    by_token = open_x({**standin.bearer_settings, "bearer_token": f" {BEARER}\n"})
    assert (await x.check(), await by_token.check()) == (USERNAME, USERNAME)
    await by_token.post(Post("Par jeton", key="t"))
    assert standin.posts[-1].text == "Par jeton"
    await by_token.close()


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        ("400", PermanentError, "refused"),
        ("401", PermanentError, "unauthorised"),
        ("402", PermanentError, "payment"),
        ("403", PermanentError, "refused"),
        ("403-permissions", PermanentError, "unauthorised"),
        ("429", TransientError, "rate-limited"),
        ("429-text", TransientError, "rate-limited"),
        ("503", AmbiguousError, "server-error"),
        ("500-html", AmbiguousError, "server-error"),
        ("503-html", AmbiguousError, "server-error"),
        ("503-list", AmbiguousError, "ambiguous"),
        ("200-html", AmbiguousError, "ambiguous"),
        ("200-null", AmbiguousError, "ambiguous"),
        ("200-cut", AmbiguousError, "ambiguous"),
        ("lost", AmbiguousError, "no-answer"),
        ("dropped", AmbiguousError, "no-answer"),
    ],
)
async def test_failure_means_what_it_means(
    x: XChannel, standin: StandinX, fault: str, kind: type[ChannelError], reason: str
) -> None:
    before = len(standin.posts)
    standin.fail_next(fault)
    error = await failure(x, f"Essai {fault}")
    assert (type(error), error.reason) == (kind, reason)
    assert [post.text for post in standin.posts[before:]] == (["Essai lost"] if fault == "lost" else [])


async def test_text_twice_is_a_duplicate_and_said_in_the_networks_words(x: XChannel) -> None:
    await x.post(Post("Deux fois", key="1"))
    error = await failure(x, "Deux fois")
    assert (type(error), error.reason) == (PermanentError, "duplicate")
    assert error.detail == "You are not allowed to create a Tweet with duplicate content."


async def test_limit_of_the_hour_and_of_the_day_say_when_to_come_back(x: XChannel, standin: StandinX) -> None:
    standin.fail_next("429")
    soon = (await failure(x, "Trop vite")).retry_after
    standin.fail_next("429-day")
    late = (await failure(x, "Trop ce jour")).retry_after
    assert soon is not None
    assert late is not None
    assert 1 <= soon <= 3
    assert 3590 < late <= 3603


async def test_silence_after_sending_is_ambiguous(standin: StandinX) -> None:
    channel = XChannel(**KEYS, elsewhere=("127.0.0.1", standin.port, standin.certificate), seconds=1)
    standin.fail_next("slow")
    begun = time.monotonic()
    error = await failure(channel, "Sans réponse")
    assert (type(error), error.reason) == (AmbiguousError, "no-answer")
    assert time.monotonic() - begun < 5
    assert standin.posts[-1].text == "Sans réponse"
    await channel.close()


async def test_silence_before_sending_is_not(standin: StandinX) -> None:
    """A host that takes the connection and never begins TLS has been told nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        channel = XChannel(**KEYS, elsewhere=("127.0.0.1", port, standin.certificate), seconds=1)
        error = await failure(channel, "Personne")
        await channel.close()
    assert (type(error), error.reason) == (TransientError, "unreachable")


async def test_host_that_nobody_knows_is_unreachable(standin: StandinX) -> None:
    channel = XChannel(**KEYS, elsewhere=("no-such-host.invalid", 443, standin.certificate))
    error = await failure(channel, "Personne")
    assert (type(error), error.reason) == (TransientError, "unreachable")
    await channel.close()


async def test_certificate_of_another_is_not_trusted(standin: StandinX, tmp_path: Path) -> None:
    tls_context(tmp_path / "other.pem", API_HOST)
    channel = XChannel(**KEYS, elsewhere=("127.0.0.1", standin.port, str(tmp_path / "other.pem")))
    error = await failure(channel, "À un autre")
    assert (type(error), error.reason) == (TransientError, "certificate")
    await channel.close()
    assert standin.posts[-1].text != "À un autre"


async def test_channel_goes_on_after_every_failure_and_after_being_closed(x: XChannel, standin: StandinX) -> None:
    for fault in ("lost", "500-html", "429"):
        standin.fail_next(fault)
        await failure(x, f"Avant {fault}")
    await x.close()
    await x.post(Post("Après", key="après"))
    assert standin.posts[-1].text == "Après"


@pytest.mark.parametrize("settings", ["settings", "bearer_settings"])
async def test_secrets_are_in_no_exception_repr_or_log(
    standin: StandinX, settings: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    channel = open_x(getattr(standin, settings))
    await channel.post(Post(f"Au journal {settings}", key="l"))
    shown = [repr(channel), str(vars(channel).keys())]
    for fault in ("401", "429-text", "lost", "200-cut"):
        standin.fail_next(fault)
        error = await failure(channel, f"Au journal {settings} {fault}")
        shown += [repr(error), error.detail, *traceback.format_exception(error)]
    shown += [record.getMessage() for record in caplog.records if record.name.partition(".")[0] != "oauthlib"]
    assert [secret for secret in SECRETS if secret in "\n".join(shown)] == []
    await channel.close()


# What is there already


def lately() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=2)


@pytest.mark.parametrize(
    "text",
    [
        'Au budget & aux finances : 3 < 5 > 2, &amp; &lt;b&gt; "dits"',
        "Voir https://exemple.fr/rapport?a=1&b=2, puis mairie.fr et HTTPS://Exemple.fr/",
        "  e\u0301te\u0301\n\n\n👩‍👩‍👧 שלום  ",
        "https://x.com/valclair_cd/status/12/photo/1 est ailleurs",
    ],
)
@pytest.mark.parametrize("images", [0, 2])
async def test_post_is_found_whatever_x_made_of_its_text(x: XChannel, text: str, images: int) -> None:
    words, since = f"{text} {images}", datetime.now(UTC)
    pictures = tuple(Attachment(b"one", "image/png", "Salle") for _ in range(images))
    sent = await x.post(Post(words, key="k", images=pictures))
    await x.post(Post(f"Autre {words}", key="a"))
    assert await x.find({"Rien de tel", words}, since) == [sent]
    assert await x.find({words[:-1]}, since) == []


async def test_only_posts_since_an_instant_are_looked_at(x: XChannel) -> None:
    await x.post(Post("D’avant", key="d"))
    assert await x.find({"D’avant"}, datetime.now(UTC) + timedelta(minutes=2)) == []


async def test_among_more_posts_than_are_looked_at_nothing_is_said_to_be_absent(tmp_path: Path) -> None:
    async with StandinX() as standin:
        channel = open_x(standin.bearer_settings)
        assert await channel.find({"Le premier"}, lately()) == []
        sent = [await channel.post(Post(f"Numéro {number}", key="n")) for number in range(LOOKED_AT + 1)]
        assert await channel.find({f"Numéro {LOOKED_AT}"}, lately()) == [sent[-1]]
        with pytest.raises(AmbiguousError):
            await channel.find({"Numéro 0"}, lately())
        await channel.close()
        for exchange in standin.exchanges:
            check(exchange)


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        ("402", PermanentError, "payment"),
        ("403-permissions", PermanentError, "unauthorised"),
        ("429", TransientError, "rate-limited"),
        ("503-html", AmbiguousError, "server-error"),
        ("200-null", AmbiguousError, "ambiguous"),
        # aiohttp asks once more by itself, with the signature that it used already.
        ("dropped", PermanentError, "unauthorised"),
    ],
)
async def test_timeline_that_cannot_be_read_is_not_an_empty_one(
    x: XChannel, standin: StandinX, fault: str, kind: type[ChannelError], reason: str
) -> None:
    standin.fail_next_reading(fault)
    with pytest.raises(ChannelError) as caught:
        await x.find({"Où"}, lately())
    assert (type(caught.value), caught.value.reason) == (kind, reason)


# The stand-in itself


async def test_standin_refuses_a_request_that_is_repeated_as_it_was(x: XChannel, standin: StandinX) -> None:
    """A signature serves once: who overhears one cannot post with it."""
    await x.check()
    context = ssl.create_default_context(cafile=standin.certificate)
    signed: dict[str, str] = {}

    async def overhear(_session: Any, _context: Any, params: aiohttp.TraceRequestStartParams) -> None:
        signed.update(params.headers)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(overhear)
    session = x._client.session
    session._trace_configs.append(trace)
    trace.freeze()
    await x.check()
    async with aiohttp.ClientSession() as other:
        async with other.get(
            f"https://127.0.0.1:{standin.port}/2/users/me",
            headers={"Authorization": signed["Authorization"]},
            ssl=context,
            server_hostname=API_HOST,
        ) as answer:
            assert answer.status == 401


async def test_standin_lists_and_deletes(x: XChannel, standin: StandinX) -> None:
    sent = [await x.post(Post(f"Liste {number}", key=str(number))) for number in range(3)]
    # More than the channel has a use for; its client does.
    listed = await x._client.get_users_tweets(USER_ID, max_results=5, tweet_fields=["created_at"], user_auth=True)
    assert [str(tweet.id) for tweet in listed.data][:3] == [one.remote_id for one in reversed(sent)]
    assert listed.data[0].created_at <= datetime.now(UTC)
    await x._client.delete_tweet(sent[-1].remote_id, user_auth=True)
    await x.post(Post("Après suppression", key="s"))
    ids = [post.id for post in standin.posts]
    assert sent[-1].remote_id not in ids
    assert len(set(ids)) == len(ids)


async def test_standin_keeps_its_posts_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    async with StandinX(file) as first:
        channel = open_x(first.settings)
        await channel.post(Post("Gardé 👩‍👧", key="g"))
        await channel.close()
        kept = await first.timeline()
    assert await StandinX(file).timeline() == kept


async def test_standin_knows_no_other_faults() -> None:
    with pytest.raises(ValueError, match="'418' is none of"):
        StandinX().fail_next("418")
    with pytest.raises(ValueError, match="'lost' is none of"):
        StandinX().fail_next_reading("lost")


async def test_images_go_ahead_of_their_post_with_their_words(x: XChannel, standin: StandinX) -> None:
    images = (
        Attachment(b"\x89PNG one", "image/png", "Le budget en trois colonnes"),
        Attachment(b"two", "image/jpeg", "Salle"),
    )
    sent = await x.post(Post("Avec deux images", key="images", images=images))
    assert list(standin.images.values())[-2:] == [(image.content, image.alt) for image in images]
    posted = [body for method, path, body, *_ in standin.exchanges if (method, path) == ("POST", "/2/tweets")]
    assert posted == [{"text": "Avec deux images", "media": {"media_ids": list(standin.images)[-2:]}}]
    assert (await standin.timeline())[-1].id == sent.remote_id


async def test_an_image_that_fails_posts_nothing_and_is_tried_again(x: XChannel, standin: StandinX) -> None:
    before = len(standin.posts)
    for fault in ("503", "dropped"):
        standin.fail_next(fault)
        with pytest.raises(TransientError):
            await x.post(Post("Sans suite", key="k", images=(Attachment(b"one", "image/png", "Salle"),)))
    assert len(standin.posts) == before
