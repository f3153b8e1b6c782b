"""What both channels' stand-ins refuse by themselves: accounts that are not theirs, and ports where nobody is."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from livesession.demo.standin_mastodon import StandinMastodon
from livesession.demo.standin_x import StandinX
from livesession.relay.channels.base import ChannelError, PermanentError, Post, TransientError
from livesession.relay.channels.mastodon import open_mastodon
from livesession.relay.channels.x import open_x

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin_x() -> AsyncIterator[StandinX]:
    async with StandinX() as standin:
        yield standin


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin_mastodon() -> AsyncIterator[StandinMastodon]:
    async with StandinMastodon() as standin:
        yield standin


async def failure(channel: Any, text: str) -> tuple[type[ChannelError], str]:
    try:
        with pytest.raises(ChannelError) as caught:
            await channel.post(Post(text, key=text))
    finally:
        await channel.close()
    return type(caught.value), caught.value.reason


async def test_x_refuses_what_is_too_long_wrong_keys_and_wrong_tokens(standin_x: StandinX) -> None:
    wrong_key = {**standin_x.settings, "access_token_secret": "another"}
    wrong_token = {**standin_x.bearer_settings, "bearer_token": "another"}
    absent = {**standin_x.settings, "elsewhere": ["127.0.0.1", 1, standin_x.certificate]}
    assert await failure(open_x(standin_x.settings), "x" * 281) == (PermanentError, "refused")
    assert await failure(open_x(wrong_key), "a") == (PermanentError, "unauthorised")
    assert await failure(open_x(wrong_token), "b") == (PermanentError, "unauthorised")
    assert await failure(open_x(absent), "c") == (TransientError, "unreachable")
    assert standin_x.posts == []


async def test_mastodon_refuses_wrong_tokens(standin_mastodon: StandinMastodon) -> None:
    wrong = {**standin_mastodon.settings, "access_token": "another"}
    assert await failure(open_mastodon(wrong), "a") == (PermanentError, "unauthorised")
    assert await standin_mastodon.timeline() == []
