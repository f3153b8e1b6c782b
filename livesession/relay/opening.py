"""How the channel of a connected account is opened, network by network.

Apart from what describes networks, because their libraries take a while to load, and few commands need them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from livesession.relay.channels.base import Channel
from livesession.relay.channels.mastodon import open_mastodon
from livesession.relay.channels.x import open_x
from livesession.relay.connections import Connection

OPENERS: Mapping[str, Callable[[Mapping[str, Any]], Channel]] = {"mastodon": open_mastodon, "x": open_x}


def open_channel(connection: Connection) -> Channel:
    """The live channel of a connected account."""
    return OPENERS[connection.network](connection.settings)
