"""The demonstration whole: stand-ins, server, pages and the clerk that plays, all ended by one Ctrl-C."""

import asyncio
import contextlib
import secrets
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from livesession.accounts.accounts import Account
from livesession.agendas.reading import read_agendas
from livesession.app import SHUTDOWN_SECONDS, build, raise_descriptor_limit
from livesession.demo.pages import Timeline, add_routes
from livesession.demo.playing import play
from livesession.demo.script import agenda_file, assembly, steps
from livesession.demo.standin_mastodon import USERNAME as MASTODON_NAME
from livesession.demo.standin_mastodon import StandinMastodon
from livesession.demo.standin_x import USERNAME as X_NAME
from livesession.demo.standin_x import StandinX
from livesession.errors import InputError, Problem
from livesession.i18n import Words
from livesession.settings import Settings, load_settings
from livesession.web.services import SERVICES, Services

FOLDER = Path("demo-data")
MARK = "livesession-demo"
"""A file that says the folder is ours to empty."""

SLUG = "demonstration"
CLERK = "demo"


def fresh_folder(folder: Path) -> Path:
    """The folder, made, emptied of an earlier demonstration. Raises InputError where it is somebody else's."""
    if folder.exists():
        if not (folder / MARK).is_file():
            raise InputError("demo_folder", [Problem.of("file", str(folder), reason="")], path=str(folder))
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    return folder.resolve()


def demo_settings(port: int, folder: Path) -> Settings:
    """Settings of the demonstration: this machine only, whatever the environment says of other installations."""
    return load_settings(
        database_url=f"sqlite+aiosqlite:///{folder}/livesession.db",
        host="localhost",
        port=port,
        public_url=f"http://localhost:{port}",
        secret_key=secrets.token_urlsafe(32),
        livesession_role="all",
        embed_origins="",
        log_level="WARNING",
    )


async def run(port: int, speed: float, words: Words, say: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM."""
    raise_descriptor_limit()
    folder = fresh_folder(FOLDER)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with contextlib.AsyncExitStack() as stack:
        standin_x = await stack.enter_async_context(StandinX(folder / "x.json"))
        standin_mastodon = await stack.enter_async_context(StandinMastodon(folder / "mastodon.db"))
        settings = demo_settings(port, folder)
        app = build(settings)
        timelines = [
            Timeline("X", f"@{X_NAME}", standin_x.timeline),
            Timeline("Mastodon", f"@{MASTODON_NAME}", standin_mastodon.timeline),
        ]
        add_routes(app, public_url=settings.base_url, slug=SLUG, timelines=timelines)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        services = app[SERVICES]
        await services.connections.add("x", "X", standin_x.settings)
        await services.connections.add("mastodon", "Mastodon", standin_mastodon.settings)
        password = secrets.token_urlsafe(9)
        clerk = await services.accounts.add(CLERK, "clerk", password)
        await services.desk.create(read_agendas(agenda_file(), "agenda.yaml").agendas[0], clerk, slug=SLUG)
        await services.desk.post(SLUG, {"kind": "assembly.set", "data": assembly()}, clerk, key="demo-assembly")
        await web.TCPSite(runner, settings.host, port).start()
        script = steps()
        say(addresses(words, port, password, duration=script[-1].seconds / speed))
        await _play_until_stopped(services, clerk, speed, stop, lambda: say(words("demo-played")))


async def _play_until_stopped(
    services: Services, clerk: Account, speed: float, stop: asyncio.Event, played: Callable[[], None]
) -> None:
    async def perform() -> None:
        await play(services.desk, SLUG, clerk, steps(), speed)
        played()

    playing = asyncio.create_task(perform())
    await stop.wait()
    playing.cancel()
    await asyncio.gather(playing, return_exceptions=True)


def addresses(words: Words, port: int, password: str, *, duration: float) -> str:
    """What is said first: every address, the login, and that the networks are stand-ins."""
    base = f"http://localhost:{port}"
    rows = [
        ("demo-page", f"{base}/s/{SLUG}"),
        ("demo-console", f"{base}/console/s/{SLUG}"),
        ("", words("demo-login", name=CLERK, password=password)),
        # The same port under another name is another origin: the widget crosses it as on a council's own site.
        ("demo-town-hall", f"http://127.0.0.1:{port}/demo/town-hall/"),
        ("demo-x", f"{base}/demo/x/"),
        ("demo-mastodon", f"{base}/demo/mastodon/"),
        ("demo-overlay", f"{base}/overlays/lower-third/?sitting={SLUG}"),
        ("demo-minutes", f"{base}/s/{SLUG}/minutes.html"),
    ]
    labels = [words(name) if name else "" for name, _ in rows]
    width = max(map(len, labels))
    lines = [f"  {label:<{width}}  {text}" for label, (_, text) in zip(labels, rows, strict=True)]
    return "\n".join(["", *lines, "", words("demo-standins"), words("demo-playing", seconds=round(duration)), ""])
