"""The channels against servers that speak the networks' own protocols: what each failure means for a post."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from livesession.demo.standin_mastodon import StandinMastodon
from livesession.demo.standin_x import USERNAME, StandinX
from livesession.relay.channels.base import AmbiguousError, ChannelError, PermanentError, Post, TransientError
from livesession.relay.channels.mastodon import MastodonChannel, open_mastodon
from livesession.relay.channels.x import XChannel, open_x

pytestmark = pytest.mark.asyncio(loop_scope="module")
DESCRIPTION = Path(__file__).parents[3] / "shared" / "reference" / "networks" / "x-openapi-2.159.json"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin_x() -> AsyncIterator[StandinX]:
    async with StandinX() as standin:
        yield standin


@pytest_asyncio.fixture(loop_scope="module")
async def x(standin_x: StandinX) -> AsyncIterator[XChannel]:
    channel = open_x(standin_x.settings)
    yield channel
    await channel.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin_mastodon() -> AsyncIterator[StandinMastodon]:
    async with StandinMastodon() as standin:
        yield standin


@pytest_asyncio.fixture(loop_scope="module")
async def mastodon(standin_mastodon: StandinMastodon) -> AsyncIterator[MastodonChannel]:
    channel = open_mastodon(standin_mastodon.settings)
    yield channel
    await channel.close()


async def failure(channel: Any, text: str) -> tuple[type[ChannelError], str]:
    with pytest.raises(ChannelError) as caught:
        await channel.post(Post(text, key=text))
    assert "stand-in" not in f"{caught.value!r} {caught.value}"
    return type(caught.value), caught.value.reason


async def test_x_takes_a_post_once(x: XChannel, standin_x: StandinX) -> None:
    assert await x.check() == USERNAME
    sent = await x.post(Post("Bonjour, 👩‍👩‍👧 é", key="k"))
    assert [post.text for post in standin_x.posts if post.id == sent.remote_id] == ["Bonjour, 👩‍👩‍👧 é"]
    assert await failure(x, "Bonjour, 👩‍👩‍👧 é") == (PermanentError, "duplicate")


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        ("429", TransientError, "rate-limited"),
        ("401", PermanentError, "unauthorised"),
        ("402", PermanentError, "payment"),
        ("500-html", AmbiguousError, "server-error"),
        ("503-html", AmbiguousError, "server-error"),
        ("lost", AmbiguousError, "no-answer"),
        ("dropped", AmbiguousError, "no-answer"),
    ],
)
async def test_x_failure_is_told_for_what_it_means(
    x: XChannel, standin_x: StandinX, fault: str, kind: type[ChannelError], reason: str
) -> None:
    standin_x.fail_next(fault)
    assert await failure(x, f"Essai {fault}") == (kind, reason)


async def test_x_refuses_what_is_too_long_and_wrong_keys_and_is_found_absent(standin_x: StandinX) -> None:
    wrong = {**standin_x.settings, "access_token_secret": "another"}
    absent = {**standin_x.settings, "elsewhere": ["127.0.0.1", 1, standin_x.certificate]}
    found = []
    for settings, text in ((standin_x.settings, "x" * 281), (wrong, "a"), (absent, "b")):
        channel = open_x(settings)
        found.append(await failure(channel, text))
        await channel.close()
    assert found == [(PermanentError, "refused"), (PermanentError, "unauthorised"), (TransientError, "unreachable")]


async def test_standin_x_keeps_to_the_official_description(x: XChannel, standin_x: StandinX) -> None:
    if not DESCRIPTION.is_file():
        pytest.skip("shared/reference is not beside this checkout")
    await x.check()
    await x.post(Post("Conforme", key="c"))
    standin_x.fail_next("429")
    assert await failure(x, "Conforme encore") == (TransientError, "rate-limited")
    description = json.loads(DESCRIPTION.read_text("utf-8"))
    # OAuth 1.0a is described by a scheme that openapi-core does not know; the stand-in checks signatures itself.
    for path in description["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict):
                operation.pop("security", None)
    extra = {"application/problem+json": lambda body, **_: json.loads(body)}
    api = OpenAPI.from_dict(description, config=Config(spec_validator_cls=None, extra_media_type_deserializers=extra))
    checked = 0
    for method, path, sent, status, answered in standin_x.exchanges:
        body = None if sent is None else json.dumps(sent).encode()
        request = MockRequest("https://api.x.com", method.lower(), path, data=body, content_type="application/json")
        kind = "application/json" if status < 400 else "application/problem+json"
        response = MockResponse(json.dumps(answered).encode(), status_code=status, content_type=kind)
        api.validate_request(request)
        api.validate_response(request, response)
        checked += 1
    assert checked >= 3


async def test_mastodon_takes_a_key_once_and_threads(
    mastodon: MastodonChannel, standin_mastodon: StandinMastodon
) -> None:
    root = await mastodon.post(Post("Point 1 <b>&</b>", key="root"))
    assert await mastodon.post(Post("Point 1 <b>&</b>", key="root")) == root
    await mastodon.post(Post("Suite\nsur deux lignes", key="next", reply_to=root.remote_id))
    posts = await standin_mastodon.timeline()
    assert [(post.text, post.depth) for post in posts] == [("Point 1 <b>&</b>", 0), ("Suite\nsur deux lignes", 1)]


@pytest.mark.parametrize(
    ("effect", "kind", "reason"),
    [
        ({"type": "ratelimit"}, TransientError, "rate-limited"),
        ({"type": "status", "status": 401}, PermanentError, "unauthorised"),
        ({"type": "status", "status": 403}, PermanentError, "unauthorised"),
        ({"type": "status", "status": 422}, PermanentError, "refused"),
        ({"type": "status", "status": 500, "body": "<html>down</html>"}, AmbiguousError, "server-error"),
        ({"type": "status", "status": 503}, AmbiguousError, "server-error"),
        ({"type": "malformed"}, AmbiguousError, "ambiguous"),
    ],
)
async def test_mastodon_failure_is_told_for_what_it_means(
    mastodon: MastodonChannel,
    standin_mastodon: StandinMastodon,
    effect: dict[str, Any],
    kind: type[ChannelError],
    reason: str,
) -> None:
    await add_fault(standin_mastodon, effect)
    assert await failure(mastodon, f"Essai {effect}") == (kind, reason)


async def test_mastodon_refuses_what_is_too_long_and_wrong_tokens_and_is_found_absent(
    standin_mastodon: StandinMastodon,
) -> None:
    wrong = {**standin_mastodon.settings, "access_token": "another"}
    absent = {"base_url": "http://127.0.0.1:1", "access_token": "any"}
    found = []
    for settings, text in ((standin_mastodon.settings, "x" * 501), (wrong, "a"), (absent, "b")):
        channel = open_mastodon(settings)
        found.append(await failure(channel, text))
        await channel.close()
    assert found == [(PermanentError, "refused"), (PermanentError, "unauthorised"), (TransientError, "unreachable")]


async def add_fault(standin: StandinMastodon, effect: dict[str, Any], count: int | None = 1) -> None:
    """Make posting fail on the instance, ``count`` times or (None) until taken back."""
    rule = {"match": {"methods": ["POST"], "path": "/api/v1/statuses"}, "effect": effect, "count": count}
    async with aiohttp.ClientSession() as session:
        async with session.post(standin.base_url + "/api/v1/_mock/faults", json=rule) as answer:
            assert answer.status < 300, await answer.text()
