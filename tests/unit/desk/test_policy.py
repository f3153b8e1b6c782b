"""Roles × rights: the table, whole."""

from typing import get_args

import pytest

from livesession.accounts.accounts import ROLES, Role
from livesession.desk.policy import Right, may, require
from livesession.errors import NotAllowedError

ALLOWED = {
    "admin": {"create_sitting", "post", "read_record", "deliveries", "channels", "metrics", "face"},
    "clerk": {"create_sitting", "post", "read_record", "deliveries"},
    "moderator": {"read_record"},
    "archivist": {"read_record"},
}


def test_the_table_names_every_role() -> None:
    assert set(ALLOWED) == set(ROLES)
    assert set().union(*ALLOWED.values()) == set(get_args(Right))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("right", get_args(Right))
def test_a_role_has_the_rights_of_the_table_and_no_other(role: Role, right: Right) -> None:
    assert may(role, right) is (right in ALLOWED[role])
    if right in ALLOWED[role]:
        require(role, right)
    else:
        with pytest.raises(NotAllowedError) as caught:
            require(role, right)
        assert (caught.value.code, caught.value.params, caught.value.status) == ("not_allowed", {"role": role}, 403)
