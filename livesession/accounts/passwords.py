"""Passwords, with Argon2id as RFC 9106 recommends it; hashing runs in a thread, off the loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from livesession.errors import InputError, Problem

MIN_LENGTH = 12
MAX_LENGTH = 1_000
_hasher = PasswordHasher()

T = TypeVar("T")

_threads = ThreadPoolExecutor(2, "password")
"""A hash takes 64 MiB (RFC 9106 §4): a rush of logins waits here, rather than take the memory of a small machine."""


async def _off_the_loop(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, work)


@cache
def _nobody() -> str:
    """What a login of nobody is compared with, so that it takes as long as one of somebody."""
    return _hasher.hash("nobody")


def check_password(password: str) -> str:
    """A password worth hashing, or InputError. Length is all that is asked (NIST SP 800-63B §3.1.1)."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise InputError("password_length", [Problem.of("password-length", "", least=MIN_LENGTH)], least=MIN_LENGTH)
    if not _encodable(password):
        raise InputError("password_character", [Problem.of("password-character")])
    return password


def _encodable(password: str) -> bool:
    """Whether UTF-8 can write it: not so with a lone surrogate, which only a program sends."""
    try:
        password.encode()
    except UnicodeEncodeError:
        return False
    return True


async def hash_password(password: str) -> str:
    """The encoded Argon2id hash of a password."""
    checked = check_password(password)
    return await _off_the_loop(lambda: _hasher.hash(checked))


async def verify_password(held: str | None, password: str) -> bool:
    """Whether ``password`` is the one hashed; takes as long when ``held`` is None."""

    if not _encodable(password):
        held, password = None, ""

    def verify() -> bool:
        try:
            _hasher.verify(held or _nobody(), password)
        except (VerificationError, InvalidHashError):
            return False
        return held is not None

    return await _off_the_loop(verify)
