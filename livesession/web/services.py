"""What the handlers work with, built once by ``app`` and carried on the aiohttp application."""

from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from livesession.accounts.accounts import Account, Accounts
from livesession.desk.desk import Desk
from livesession.desk.faces import Faces
from livesession.desk.reports import Reports
from livesession.live.gateway import WebSocketReaders
from livesession.live.hub import Hub
from livesession.live.presence import Presence
from livesession.live.seats import Seats
from livesession.live.sse import EventStreams
from livesession.media.media import Media
from livesession.phrases.phrases import Phrases
from livesession.relay.connections import Connections
from livesession.relay.deliveries import Deliveries
from livesession.relay.only_one import Standing
from livesession.relay.spending import Prices, Spending
from livesession.relay.subscriptions import Subscriptions
from livesession.store.engine import Store
from livesession.thread.log import Log
from livesession.web.imprint import Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The parts of the program that a request may use.

    ``base_url`` is the public address without trailing slash; ``embed_origins`` the sites that may
    embed, empty for all; ``trusted_proxies`` how many hops of X-Forwarded-For are believed;
    ``metrics_token`` opens ``/metrics``, empty for none; ``push_services`` are the hosts that
    notifications may be sent to; ``overlay_themes`` is the operator's folder of themes, if any;
    ``standing`` tells whether this process is the relay that posts, where it is one at all;
    ``prices`` are what posts cost; ``imprint`` says who answers for it all.
    """

    store: Store
    log: Log
    desk: Desk
    accounts: Accounts
    hub: Hub
    readers: WebSocketReaders
    streams: EventStreams
    seats: Seats
    deliveries: Deliveries
    connections: Connections
    spending: Spending
    subscriptions: Subscriptions
    phrases: Phrases
    media: Media
    presence: Presence
    faces: Faces
    reports: Reports
    base_url: str
    embed_origins: frozenset[str] = frozenset()
    trusted_proxies: int = 0
    metrics_token: str = ""
    push_services: tuple[str, ...] = ()
    overlay_themes: Path | None = None
    standing: Standing | None = None
    prices: Prices = field(default_factory=Prices)
    imprint: Imprint = field(default_factory=Imprint)


SERVICES: web.AppKey[Services] = web.AppKey("services", Services)
ACCOUNT: web.RequestKey[Account] = web.RequestKey("account", Account)


def services(request: web.Request) -> Services:
    """The services of the application that serves ``request``."""
    return request.app[SERVICES]
