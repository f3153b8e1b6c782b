"""Passwords: Argon2id as it is used for real."""

import time

import pytest

from livesession.accounts.passwords import hash_password, verify_password

PASSWORD = "correct horse battery"


@pytest.mark.exhaustive
async def test_a_password_is_hashed_with_argon2id_and_nobody_takes_as_long() -> None:
    held = await hash_password(PASSWORD)
    # The first of RFC 9106's choices that fits a small server: 64 MiB, three passes.
    assert held.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert await verify_password(held, PASSWORD)
    # Made at its first use, once.
    assert not await verify_password(None, "a login of nobody takes as long as one of somebody")
    spent = []
    for each in (held, None):
        start = time.process_time()
        assert not await verify_password(each, "wrong")
        spent.append(time.process_time() - start)
    assert spent[1] > spent[0] / 4


async def test_a_hash_that_is_none_lets_nobody_in() -> None:
    for held in ("plain", "$argon2id$v=19$m=8,t=1,p=1$broken"):
        assert not await verify_password(held, "plain")
