"""Every error a person or a program may meet, with a stable code.

::

    LivesessionError            anything we raise on purpose
    ├── InputError              what was given cannot be read (422)
    ├── RefusedError            the state of the sitting forbids it (409)
    ├── NotFoundError           no such thing (404)
    ├── NotAllowedError         the account's role does not allow it (403)
    ├── NotLoggedInError        no valid login or token (401)
    ├── ThrottledError          too many tries (429)
    └── UnavailableError        the store cannot take it now (503)

An error carries a ``code`` and ``params``; its sentence is composed last, in the
reader's language, from ``i18n/*.ftl`` under the id ``error-<code with dashes>``.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class LivesessionError(Exception):
    """An error with a stable ``code``; ``params`` fill the sentence shown to people."""

    status = 500

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        if not self.params:
            return self.code
        return f"{self.code}: " + ", ".join(f"{k}={v!r}" for k, v in self.params.items())


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found in an input, with its place.

    ``place`` is what a person can find again: ``line 12``, ``agendaItem[3].name``, ``data.text``.
    ``fatal`` is False where the input could be read all the same; the sentence then says what
    was made of it.
    """

    code: str
    place: str = ""
    params: tuple[tuple[str, str | int], ...] = ()
    fatal: bool = True

    @classmethod
    def of(cls, code: str, place: str = "", *, fatal: bool = True, **params: str | int) -> "Problem":
        """A problem with its parameters given by name."""
        return cls(code, place, tuple(params.items()), fatal)


class InputError(LivesessionError):
    """What was given is ill-formed; ``problems`` names each thing and its place."""

    status = 422

    def __init__(self, code: str, problems: Sequence[Problem] = (), **params: str | int) -> None:
        super().__init__(code, **params)
        self.problems = tuple(problems)


class RefusedError(LivesessionError):
    """Well-formed, but the state forbids it."""

    status = 409


class NotFoundError(LivesessionError):
    """No such sitting, entry, account, channel or file."""

    status = 404


class NotAllowedError(LivesessionError):
    """The account is known, but its role does not allow this."""

    status = 403


class NotLoggedInError(LivesessionError):
    """No account: no login, an expired one, or an unknown token."""

    status = 401


class ThrottledError(LivesessionError):
    """Too many tries; ``params["seconds"]`` says how long to wait."""

    status = 429


class UnavailableError(LivesessionError):
    """The store cannot take it now (disk full, database away); the same request may be sent again."""

    status = 503
