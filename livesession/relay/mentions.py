"""Members named on purpose: where a text names one by name, a network calls on the member's own account there."""

from collections.abc import Iterable, Mapping
from typing import Any

import regex

_ACCOUNTS = {
    "x": regex.compile(r"@?(\w{1,15})"),
    "mastodon": regex.compile(r"@?([\w.-]+@[\w-]+(?:\.[\w-]+)+)"),
}
"""How an account is written on a network; what has another form is no account that could be called on."""

_ANY_ACCOUNT = regex.compile(r"@?([\w-]+(?:\.[\w-]+)*)")


def account(handle: str, network: str) -> str | None:
    """A handle as the network's readers write it, ``@`` included; None where it is none of that network."""
    found = _ACCOUNTS.get(network, _ANY_ACCOUNT).fullmatch(handle.strip())
    return f"@{found[1]}" if found else None


def with_accounts(text: str, named: Iterable[Mapping[str, Any]], accounts: Mapping[str, str]) -> str:
    """``text`` with the first naming of each member in ``named`` turned into the account of that member.

    ``accounts`` maps members' ids to accounts as :func:`account` gives them; who has none keeps the name. Once is
    enough: a second ``@`` would call on the same person again.
    """
    # The longest first: « Mme Dupont » is also the beginning of « Mme Dupont-Martin ».
    for member in sorted(named, key=lambda each: len(str(each["name"])), reverse=True):
        its_own = accounts.get(str(member["id"]))
        if its_own is not None:
            whole = rf"(?<![\w@-]){regex.escape(str(member['name']))}(?![\w-])"
            text = regex.sub(whole, its_own.replace("\\", r"\\"), text, count=1)
    return text
