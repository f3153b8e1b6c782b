"""A PostgreSQL server for tests: the one ``TEST_DATABASE_URL`` names, else a temporary one from local binaries.

The temporary one ends with the test run, even where that is killed.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

START_SECONDS = 20.0
READY_LINE = 8
"""The line of ``postmaster.pid`` on which the server says that it is ready."""

_PR_SET_PDEATHSIG = 1


class Absent(Exception):
    """There is no such service here; the text says why."""


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda file: int(file.parts[-3]))
    if found:
        return found[-1].parent
    server = shutil.which("postgres")
    return Path(server).resolve().parent if server is not None else None


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server in which databases may be made. Raises :class:`Absent`."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given
        return
    programs = binaries()
    if programs is None:
        raise Absent("no PostgreSQL here: set TEST_DATABASE_URL or install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="livesession-pg-"))
    try:
        with _server(programs, folder) as port:
            yield f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def own_database(server: str) -> AsyncIterator[str]:
    """The address of a new, empty database in the ``server`` of that address."""
    name = f"livesession_{uuid.uuid4().hex}"
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        async with engine.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        await engine.dispose()


def _as_somebody(folder: Path) -> Mapping[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as another user, to whom the folder is given."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise Absent("PostgreSQL does not run as root, and there is no other user here")


@contextmanager
def _server(programs: Path, folder: Path) -> Iterator[int]:
    somebody = _as_somebody(folder)
    data = folder / "data"
    made = subprocess.run(
        [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        capture_output=True, text=True, cwd=folder, check=False, **somebody,
    )  # fmt: skip
    if made.returncode != 0:
        raise Absent(f"PostgreSQL's initdb fails here: {made.stderr.strip()[-300:]}")
    port = _free_port()
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                programs / "postgres", "-D", data, "-p", str(port), "-k", folder, "-h", "127.0.0.1", "-c", "fsync=off",
                "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "deadlock_timeout=200ms",
            ],
            stdout=subprocess.DEVNULL, stderr=log, cwd=folder, **somebody,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, which takes no lock of another thread
        )  # fmt: skip
    try:
        _await_ready(server, data / "postmaster.pid", folder / "log")
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_ready(server: subprocess.Popen[bytes], pid_file: Path, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise Absent(f"PostgreSQL ends at once: {log.read_text(errors='replace')[-300:]}")
        try:
            lines = pid_file.read_text().splitlines()
        except OSError:
            lines = []
        if len(lines) >= READY_LINE and lines[READY_LINE - 1].strip() == "ready":
            return
        time.sleep(0.02)
    raise Absent("PostgreSQL does not get ready in time")
