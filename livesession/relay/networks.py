"""The networks we know: what an account there is made of, and how its channel is opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from livesession.errors import InputError, Problem
from livesession.relay.channels.base import Channel
from livesession.relay.channels.mastodon import open_mastodon
from livesession.relay.channels.x import open_x


@dataclass(frozen=True, slots=True)
class Network:
    """One network. ``fields`` maps each setting of an account to whether it is secret."""

    fields: Mapping[str, bool]
    required: frozenset[str]
    open: Callable[[Mapping[str, Any]], Channel]

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """Raise InputError naming each setting that is missing or ill-formed."""
        problems = [Problem.of("channel-field", name) for name in sorted(self.required - set(settings))]
        address = settings.get("base_url", "https://")
        # Plain http only to this machine: anywhere else the token would travel in clear.
        if not str(address).startswith(("https://", "http://127.0.0.1", "http://localhost")):
            problems.append(Problem.of("channel-url", "base_url"))
        if problems:
            raise InputError("channel_settings", problems)


NETWORKS: Mapping[str, Network] = {
    "mastodon": Network(
        fields={"base_url": False, "access_token": True},
        required=frozenset({"base_url", "access_token"}),
        open=open_mastodon,
    ),
    "x": Network(
        fields={"consumer_key": True, "consumer_secret": True, "access_token": True, "access_token_secret": True},
        required=frozenset({"consumer_key", "consumer_secret", "access_token", "access_token_secret"}),
        open=open_x,
    ),
}
