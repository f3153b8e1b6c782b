"""The networks we know: what an account there is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from livesession.errors import InputError, Problem


@dataclass(frozen=True, slots=True)
class Network:
    """One network. ``fields`` maps each setting of an account to whether it is secret.

    ``ways`` are the sets of settings that open an account, each complete by itself; one of them is given, and nothing
    of another.
    """

    fields: Mapping[str, bool]
    ways: tuple[tuple[str, ...], ...]

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """Raise InputError naming each setting that is missing or ill-formed."""
        given = {name for name in self.fields if str(settings.get(name) or "").strip()}
        problems = self._missing(given)
        address = settings.get("base_url", "https://")
        # Plain http only to this machine: anywhere else the token would travel in clear.
        if not str(address).startswith(("https://", "http://127.0.0.1", "http://localhost")):
            problems.append(Problem.of("channel-url", "base_url"))
        if problems:
            raise InputError("channel_settings", problems)

    def _missing(self, given: set[str]) -> list[Problem]:
        begun = [way for way in self.ways if given & set(way)]
        if len(self.ways) > 1 and len(begun) != 1:
            return [Problem.of("channel-ways", ways=" / ".join(", ".join(way) for way in self.ways))]
        (way,) = begun or self.ways
        return [Problem.of("channel-field", name) for name in sorted(set(way) - given)]


NETWORKS: Mapping[str, Network] = {
    "mastodon": Network(
        fields={"base_url": False, "access_token": True},
        ways=(("base_url", "access_token"),),
    ),
    "x": Network(
        fields={
            "bearer_token": True,
            "consumer_key": True,
            "consumer_secret": True,
            "access_token": True,
            "access_token_secret": True,
        },
        # Posting takes an OAuth 2 user token (scopes tweet.read, tweet.write, users.read) or OAuth 1.0a keys, and no
        # other: so X's API description 2.159 has it for POST /2/tweets.
        ways=(("bearer_token",), ("consumer_key", "consumer_secret", "access_token", "access_token_secret")),
    ),
}
