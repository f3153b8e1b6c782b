"""Accounts, logins, throttling, tokens: on a real database, with a clock that is moved."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event

from livesession.accounts import passwords
from livesession.accounts.accounts import (
    FAILURES_PER_ADDRESS,
    FAILURES_PER_NAME,
    LOGIN_LIFETIME,
    ROLES,
    TOKEN_PREFIX,
    Account,
    Accounts,
)
from livesession.errors import (
    InputError,
    NotFoundError,
    NotLoggedInError,
    Problem,
    RefusedError,
    ThrottledError,
    UnavailableError,
)
from livesession.store.engine import Store
from tests.clock import Clock

PASSWORD = "correct horse battery"
HOME = "203.0.113.7"


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id all the same, with the least work: what is tested is not how slow it is."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "_nobody", lambda: quick.hash("nobody"))


@pytest.fixture
def accounts(store: Store, clock: Clock) -> Accounts:
    return Accounts(store, b"a secret for tests, long enough", clock)


@pytest.fixture
async def clerk(accounts: Accounts) -> Account:
    return await accounts.add("Mme Diallo", "clerk", PASSWORD)


async def test_an_account_is_added_and_logs_in(accounts: Accounts, clerk: Account) -> None:
    assert clerk == Account(clerk.id, "Mme Diallo", "clerk")
    account, token = await accounts.log_in("Mme Diallo", PASSWORD, HOME)
    assert account == clerk == await accounts.by_login(token)
    assert await accounts.names() == {clerk.id: "Mme Diallo"}


@pytest.mark.parametrize("role", ROLES)
async def test_every_role_can_be_given(accounts: Accounts, role: str) -> None:
    assert (await accounts.add("x", role, None)).role == role


async def test_an_unknown_role_is_refused(accounts: Accounts) -> None:
    with pytest.raises(InputError) as caught:
        await accounts.add("x", "mayor", PASSWORD)
    assert caught.value.problems == (Problem.of("role-unknown", "role", role="mayor"),)
    assert await accounts.names() == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "text_blank"), (" ", "text_blank"), ("a" * 81, "text_too_long"), ("a\x00", "text_character")],
)
async def test_a_name_that_cannot_be_kept_is_refused(accounts: Accounts, name: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        await accounts.add(name, "clerk", PASSWORD)
    assert (caught.value.code, caught.value.problems[0].place) == (code, "name")


async def test_a_name_is_taken_once(accounts: Accounts, clerk: Account) -> None:
    with pytest.raises(RefusedError) as caught:
        await accounts.add("Mme Diallo", "admin", PASSWORD)
    assert (caught.value.code, caught.value.params) == ("account_exists", {"name": "Mme Diallo"})
    # Nothing of the database, and no hash, hangs on the error.
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


async def test_whether_anybody_can_log_in_counts_people_only(accounts: Accounts) -> None:
    assert not await accounts.any()
    await accounts.create_token("clerk")
    assert not await accounts.any()
    await accounts.add("x", "admin", PASSWORD)
    assert await accounts.any()


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Mme Diallo", "wrong horse battery"),
        ("Mme Diallo", ""),
        ("Mme Diallo", PASSWORD + " "),
        ("Mme Diallo", "\ud800" * 20),
        ("mme diallo", PASSWORD),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("\x00", PASSWORD),
        ("\ud800", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
    ],
)
async def test_a_wrong_login_says_the_same_whatever_is_wrong(
    accounts: Accounts, clerk: Account, name: str, password: str
) -> None:
    with pytest.raises(NotLoggedInError) as caught:
        await accounts.log_in(name, password, HOME)
    assert (caught.value.code, caught.value.params, caught.value.args) == ("login_wrong", {}, ("login_wrong", {}))


async def test_a_program_cannot_log_in_with_a_password(accounts: Accounts) -> None:
    await accounts.create_token("clerk", "robot")
    for password in ("", "x", PASSWORD):
        with pytest.raises(NotLoggedInError, match="login_wrong"):
            await accounts.log_in("robot", password, HOME)


async def test_a_login_ends_after_its_lifetime_without_use(accounts: Accounts, clerk: Account, clock: Clock) -> None:
    _, token = await accounts.log_in("Mme Diallo", PASSWORD, HOME)
    clock.now += LOGIN_LIFETIME - timedelta(seconds=1)
    assert await accounts.by_login(token) == clerk
    # That use kept it alive.
    clock.now += LOGIN_LIFETIME - timedelta(seconds=1)
    assert await accounts.by_login(token) == clerk
    clock.now += LOGIN_LIFETIME
    with pytest.raises(NotLoggedInError, match="login_needed"):
        await accounts.by_login(token)


async def test_logging_out_ends_that_login_only(accounts: Accounts, clerk: Account) -> None:
    (_, first), (_, second) = [await accounts.log_in("Mme Diallo", PASSWORD, HOME) for _ in range(2)]
    await accounts.log_out(first)
    await accounts.log_out("unknown")
    with pytest.raises(NotLoggedInError, match="login_needed"):
        await accounts.by_login(first)
    assert await accounts.by_login(second) == clerk


async def test_a_new_password_ends_every_login(accounts: Accounts, clerk: Account) -> None:
    _, token = await accounts.log_in("Mme Diallo", PASSWORD, HOME)
    await accounts.set_password("Mme Diallo", "another password")
    with pytest.raises(NotLoggedInError, match="login_needed"):
        await accounts.by_login(token)
    with pytest.raises(NotLoggedInError, match="login_wrong"):
        await accounts.log_in("Mme Diallo", PASSWORD, HOME)
    assert (await accounts.log_in("Mme Diallo", "another password", HOME))[0] == clerk
    with pytest.raises(NotFoundError, match="account_unknown"):
        await accounts.set_password("nobody", "another password")


@pytest.mark.parametrize("password", ["short", "a" * 11, "a" * 1_001, ""])
async def test_a_password_of_another_length_is_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(InputError) as caught:
        await accounts.add("x", "clerk", password)
    assert (caught.value.code, caught.value.params) == ("password_length", {"least": 12})
    assert caught.value.problems == (Problem.of("password-length", "", least=12),)


@pytest.mark.parametrize("password", ["a" * 12, "é" * 12, "👍" * 12, " " * 12, "\x00" * 12, "a" * 1_000])
async def test_any_password_of_that_length_is_taken(accounts: Accounts, password: str) -> None:
    account = await accounts.add("x", "clerk", password)
    assert (await accounts.log_in("x", password, HOME))[0] == account


async def test_a_password_that_cannot_be_written_is_refused(accounts: Accounts) -> None:
    with pytest.raises(InputError, match=r"^password_character$"):
        await accounts.add("x", "clerk", "\ud800" * 12)


async def test_a_name_is_throttled_after_its_failures_and_free_after_the_window(
    accounts: Accounts, clerk: Account, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FAILURES_PER_NAME == 10
    monkeypatch.setattr("livesession.accounts.accounts.FAILURES_PER_NAME", 4)
    for _ in range(4):
        with pytest.raises(NotLoggedInError):
            await accounts.log_in("Mme Diallo", "wrong", "198.51.100.3")
        clock.forward(minutes=1)
    # From there even the right password has to wait now, until the first of the four is old.
    with pytest.raises(ThrottledError) as caught:
        await accounts.log_in("Mme Diallo", PASSWORD, "198.51.100.3")
    assert (caught.value.code, caught.value.params) == ("login_throttled", {"seconds": 660})
    # Others at that address are not kept out, nor is she anywhere else: a name is easily known.
    colleague = await accounts.add("M. Petit", "clerk", PASSWORD)
    assert (await accounts.log_in("M. Petit", PASSWORD, "198.51.100.3"))[0] == colleague
    assert (await accounts.log_in("Mme Diallo", PASSWORD, HOME))[0] == clerk
    clock.forward(minutes=11)
    assert (await accounts.log_in("Mme Diallo", PASSWORD, "198.51.100.3"))[0] == clerk


async def test_many_tries_at_once_are_no_way_round_the_throttle(
    accounts: Accounts, clerk: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livesession.accounts.accounts.FAILURES_PER_NAME", 3)
    tries = [accounts.log_in("Mme Diallo", f"wrong {number}", HOME) for number in range(12)]
    outcomes = [type(outcome) for outcome in await asyncio.gather(*tries, return_exceptions=True)]
    assert (outcomes.count(NotLoggedInError), outcomes.count(ThrottledError)) == (3, 9)


async def test_good_logins_are_not_counted(accounts: Accounts, clerk: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("livesession.accounts.accounts.FAILURES_PER_NAME", 2)
    assert [(await accounts.log_in("Mme Diallo", PASSWORD, HOME))[0] for _ in range(4)] == [clerk] * 4


async def test_a_login_opens_while_nothing_can_be_written(
    accounts: Accounts, clerk: Account, clock: Clock, store: Store
) -> None:
    _, token = await accounts.log_in("Mme Diallo", PASSWORD, HOME)
    clock.forward(minutes=10)
    assert store._near is not None, "on SQLite"
    writing = store._near._writing
    writing.dispose()
    event.listen(writing, "connect", lambda held, _: held.execute("PRAGMA query_only=1").close())
    with pytest.raises(UnavailableError, match="store_unwritable"):
        await accounts.log_out(token)
    assert await accounts.by_login(token) == clerk


async def test_a_name_is_one_line(accounts: Accounts) -> None:
    with pytest.raises(InputError, match=r"^text_character"):
        await accounts.add("Mme\nDiallo", "clerk", PASSWORD)


async def test_an_address_is_throttled_after_its_failures(
    accounts: Accounts, clerk: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FAILURES_PER_ADDRESS == 50
    monkeypatch.setattr("livesession.accounts.accounts.FAILURES_PER_ADDRESS", 5)
    for number in range(5):
        with pytest.raises(NotLoggedInError):
            await accounts.log_in(f"guess {number}", "wrong", HOME)
    with pytest.raises(ThrottledError, match="login_throttled"):
        await accounts.log_in("Mme Diallo", PASSWORD, HOME)
    assert (await accounts.log_in("Mme Diallo", PASSWORD, "192.0.2.1"))[0] == clerk


async def test_tokens_open_for_their_role(accounts: Accounts) -> None:
    token = await accounts.create_token("clerk", "import")
    assert token.startswith(TOKEN_PREFIX)
    assert len(token) == len(TOKEN_PREFIX) + 43
    account = await accounts.by_token(token)
    assert (account.name, account.role) == ("import", "clerk")
    unnamed = await accounts.by_token(await accounts.create_token("archivist"))
    assert (unnamed.name.startswith("token-"), unnamed.role) == (True, "archivist")
    with pytest.raises(RefusedError, match="account_exists"):
        await accounts.create_token("clerk", "import")


@pytest.mark.parametrize("token", ["", "lst_", "lst_" + "a" * 43, "\ud800", "\x00"])
async def test_another_token_opens_nothing(accounts: Accounts, token: str) -> None:
    await accounts.create_token("clerk")
    with pytest.raises(NotLoggedInError, match=r"^token_unknown$"):
        await accounts.by_token(token)
    with pytest.raises(NotLoggedInError, match=r"^login_needed$"):
        await accounts.by_login(token)


async def test_a_login_is_no_token_and_a_token_no_login(accounts: Accounts, clerk: Account) -> None:
    _, login = await accounts.log_in("Mme Diallo", PASSWORD, HOME)
    token = await accounts.create_token("clerk")
    with pytest.raises(NotLoggedInError, match="token_unknown"):
        await accounts.by_token(login)
    with pytest.raises(NotLoggedInError, match="login_needed"):
        await accounts.by_login(token)


async def test_the_database_alone_lets_nobody_in(
    accounts: Accounts, clerk: Account, store: Store, database_file: Path
) -> None:
    _, login = await accounts.log_in("Mme Diallo", PASSWORD, HOME)
    token = await accounts.create_token("clerk")
    with pytest.raises(NotLoggedInError):
        await accounts.log_in("Mme Diallo", "wrong horse battery", HOME)
    await store.close()
    files = b"".join(file.read_bytes() for file in database_file.parent.glob(database_file.name + "*"))
    for secret in (PASSWORD, login, token, "wrong horse battery", HOME):
        assert secret.encode() not in files
    assert b"$argon2id$" in files


async def test_no_account_shows_a_secret(accounts: Accounts, clerk: Account) -> None:
    assert repr(clerk) == f"Account(id={clerk.id!r}, name='Mme Diallo', role='clerk')"
    assert "secret" not in repr(accounts)
