"""Who may do what: role → kinds of entry, and the few rights beside them."""

from typing import Literal

from livesession.accounts.accounts import Role
from livesession.errors import NotAllowedError

Right = Literal["create_sitting", "post", "read_record", "deliveries", "channels", "metrics", "face"]

_RIGHTS: dict[Role, frozenset[Right]] = {
    "admin": frozenset({"create_sitting", "post", "read_record", "deliveries", "channels", "metrics", "face"}),
    "clerk": frozenset({"create_sitting", "post", "read_record", "deliveries"}),
    "moderator": frozenset({"read_record"}),
    "archivist": frozenset({"read_record"}),
}


def require(role: Role, right: Right) -> None:
    """Raise NotAllowedError unless the role has the right."""
    if right not in _RIGHTS[role]:
        raise NotAllowedError("not_allowed", role=role)


def may(role: Role, right: Right) -> bool:
    """Whether the role has the right."""
    return right in _RIGHTS[role]
