"""Builds the whole from the settings, runs its tasks, and ends them in order."""

import asyncio
import contextlib
import gc
import logging
import resource
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

from aiohttp import web

from livesession.accounts.accounts import Accounts
from livesession.desk.desk import Desk
from livesession.desk.faces import Faces
from livesession.desk.reports import Reports
from livesession.errors import InputError, Problem
from livesession.i18n import LANGUAGES, words
from livesession.live.doorway import Doorway
from livesession.live.gateway import WebSocketReaders
from livesession.live.hub import Hub
from livesession.live.presence import Presence
from livesession.live.seats import Seats
from livesession.live.sse import EventStreams
from livesession.media.media import Media
from livesession.phrases.phrases import Phrases
from livesession.relay.connections import Connections
from livesession.relay.deliveries import Deliveries
from livesession.relay.only_one import Lease, Standing, run_alone
from livesession.relay.push import Push
from livesession.relay.spending import Prices, Spending, thousandths
from livesession.relay.subscriptions import Subscriptions
from livesession.relay.worker import Relay
from livesession.settings import Settings, secret_key_of
from livesession.store.engine import Store
from livesession.thread.sql import SqlLog
from livesession.thread.wakeups import listen
from livesession.web.application import web_application
from livesession.web.imprint import Imprint, address_of
from livesession.web.public import thread
from livesession.web.services import SERVICES, Services

logger = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 2.0
"""How long requests may take to end, and as long again to be cut: with the readers' own farewell this must
fit in the ten seconds that platforms grant between SIGTERM and SIGKILL."""

RESTART_SECONDS = 1.0

BACKLOG = 4096
"""Connections that the system holds until they are accepted."""

AT_ONCE = 64
"""Connections accepted in one turn of the loop; asyncio would take as many as the backlog holds."""


def build(settings: Settings) -> web.Application:
    """The application of one process; started and stopped with aiohttp's own runner."""
    app = web_application(settings.livesession_role)

    async def context(app: web.Application) -> AsyncIterator[None]:
        async with running(settings) as services:
            app[SERVICES] = services
            yield

    async def send_readers_away(app: web.Application) -> None:
        app[SERVICES].hub.close()
        await asyncio.gather(app[SERVICES].readers.close(), app[SERVICES].streams.close())

    app.cleanup_ctx.append(context)
    app.on_shutdown.append(send_readers_away)
    return app


@contextlib.asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Services]:
    """Every part, built and at work; ended in the reverse order."""
    secret = secret_key_of(settings)
    store = Store(settings.database_url)
    # Parsed now, not while the first readers wait for the first entry.
    for language in LANGUAGES:
        words(language)
    try:
        await bring_up_to_date(store)
        async with SqlLog(store) as log, contextlib.AsyncExitStack() as tasks:
            held = _assembled(settings, secret, store, log)
            await tasks.enter_async_context(_kept_running("wakeups", partial(listen, store, log.signal)))
            await tasks.enter_async_context(_kept_running("hub", held.hub.run))
            if settings.livesession_role in ("all", "web"):
                await tasks.enter_async_context(_kept_running("presence", held.presence.run))
            if held.standing is not None:
                both = partial(_side_by_side, *_outgoing(settings, held))
                alone = partial(run_alone, store, settings.database_file, both, held.standing)
                await tasks.enter_async_context(_kept_running("relay", alone))
            yield held
    finally:
        await store.close()


def _assembled(settings: Settings, secret: bytes, store: Store, log: SqlLog) -> Services:
    """What handlers are given; nothing of it runs yet."""
    hub = Hub(log)
    seats = Seats(settings.max_connections, settings.max_connections_per_address)
    return Services(
        store=store,
        log=log,
        desk=Desk(log, store, secret),
        accounts=Accounts(store, secret),
        hub=hub,
        readers=WebSocketReaders(hub, seats),
        streams=EventStreams(hub, seats),
        seats=seats,
        deliveries=Deliveries(store),
        connections=Connections(store, secret),
        spending=Spending(store),
        subscriptions=Subscriptions(store, secret),
        phrases=Phrases(store),
        media=Media(store),
        presence=Presence(store),
        faces=Faces(store),
        reports=Reports(store),
        base_url=settings.base_url,
        embed_origins=frozenset(settings.embed_origins.split()),
        trusted_proxies=settings.trusted_proxies,
        metrics_token=settings.metrics_token.get_secret_value(),
        push_services=tuple(settings.push_services.split()),
        overlay_themes=Path(settings.overlay_themes) if settings.overlay_themes else None,
        standing=Standing() if settings.livesession_role in ("all", "relay") else None,
        prices=_prices(settings),
        imprint=_imprint(settings),
    )


def _outgoing(settings: Settings, held: Services) -> tuple[Relay, Push]:
    """What goes out to networks, and to those who asked to be notified."""
    relay = Relay(
        held.log,
        held.deliveries,
        held.connections,
        held.base_url,
        media=held.media,
        spending=held.spending,
        prices=held.prices,
    )
    return relay, Push(held.log, held.subscriptions, held.push_services, _complaints(settings))


async def _side_by_side(relay: Relay, push: Push, lease: Lease) -> None:
    """Networks and notifications under one lease; neither ends with the other, both with the lease."""
    networks, notifications = partial(relay.run, lease), partial(push.run, lease)
    async with _kept_running("networks", networks), _kept_running("push", notifications):
        await lease.lost.wait()


def _prices(settings: Settings) -> Prices:
    """What posts cost, as the operator knows it today."""
    return Prices(
        post=thousandths(settings.x_post_price),
        link=thousandths(settings.x_link_price),
        image=thousandths(settings.x_image_price),
    )


def _imprint(settings: Settings) -> Imprint:
    """Who answers for what is published. Compliance that no audit stands for is none."""
    return Imprint(
        publisher=settings.publisher,
        director=settings.publication_director,
        hosting=settings.hosting,
        contact=settings.contact,
        data_protection=settings.data_protection_officer,
        accessibility=settings.accessibility if settings.accessibility_audit else "none",
        audit=settings.accessibility_audit,
    )


def _complaints(settings: Settings) -> str:
    """Where a push service writes when something is wrong (RFC 8292 §2.1): a mailbox, else the site."""
    contact = address_of(settings.contact) or ""
    return contact if contact.startswith("mailto:") else settings.base_url


async def bring_up_to_date(store: Store) -> None:
    """Migrate SQLite by itself; on PostgreSQL ask for ``livesession db upgrade``."""
    if store.is_sqlite:
        await store.upgrade()
        return
    found, needed = await store.schema_version()
    if found != needed:
        raise InputError("schema_old", [Problem.of("schema-old", "DATABASE_URL", found=str(found), needed=str(needed))])


@contextlib.asynccontextmanager
async def _kept_running(name: str, run: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """A task that is started again should it ever fail: a live thread does not end for one bad moment."""

    async def keep() -> None:
        while True:
            try:
                await run()
            except Exception:
                logger.exception("%s failed; it starts again", name)
            await asyncio.sleep(RESTART_SECONDS)

    task = asyncio.create_task(keep(), name=name)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def serve(settings: Settings, *, started: Callable[[int], None] | None = None, supervised: bool = False) -> None:
    """Serve on the one port until SIGTERM or SIGINT, then end in order. ``started`` gets the port.

    ``supervised``: one of several that share the port (cli/workers.py). It ends also when its standard input does.
    """
    raise_descriptor_limit()
    # Readers are many and live long: the default would go through all of them again and again while they come.
    gc.freeze()
    gc.set_threshold(20_000, 50, 1_000)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if supervised:
        # Nothing is ever written to it: it is readable once the supervisor is no more.
        loop.add_reader(sys.stdin, stop.set)
    runner = web.AppRunner(
        build(settings),
        access_log=None,
        shutdown_timeout=SHUTDOWN_SECONDS,
        keepalive_timeout=75.0,
        # A few bytes could unfold into a memory full; see web.requests, which refuses them.
        auto_decompress=False,
    )
    await runner.setup()
    try:
        async with _open_door(runner, settings, shared=supervised) as port:
            if started is not None:
                started(port)
            await stop.wait()
            if supervised:
                loop.remove_reader(sys.stdin)
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def _open_door(runner: web.AppRunner, settings: Settings, *, shared: bool) -> AsyncIterator[int]:
    """Listen; gives the port. ``shared``: with other processes, which the system spreads connections over."""
    http = runner.server
    assert http is not None, "set up"
    serves_readers = settings.livesession_role in ("all", "web", "edge")
    readers = partial(thread.take_readers, runner.app[SERVICES]) if serves_readers else None
    door = Doorway(http, readers)
    listening = await asyncio.get_running_loop().create_server(
        door, settings.host or None, settings.port, backlog=AT_ONCE, reuse_port=shared or None
    )
    for tcp in listening.sockets:
        with tcp.dup() as same:
            same.listen(BACKLOG)
    try:
        yield int(listening.sockets[0].getsockname()[1])
    finally:
        listening.close()
        door.close()


def raise_descriptor_limit() -> None:
    """Every reader holds a descriptor: take as many as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
