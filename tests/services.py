"""What tests need of the machine: a PostgreSQL server, a small disk.

The server is the one ``TEST_DATABASE_URL`` names, else a temporary one from local binaries, which ends with the test
run, even where that is killed.
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


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of 32 MB. Raises :class:`Absent`."""
    with tempfile.TemporaryDirectory(prefix="livesession-disk-") as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
            raise Absent("needs the right to mount a small disk")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


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
    with local_postgresql() as server:
        yield server.url


@contextmanager
def local_postgresql() -> "Iterator[LocalPostgresql]":
    """A server of our own, which may be stopped and started again. Raises :class:`Absent`."""
    programs = binaries()
    if programs is None:
        raise Absent("no PostgreSQL here: set TEST_DATABASE_URL or install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="livesession-pg-"))
    try:
        server = LocalPostgresql(programs, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
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


class LocalPostgresql:
    """A temporary server, its data in ``folder``."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder, self._data = programs, folder, folder / "data"
        self._somebody = _as_somebody(folder)
        self._process: subprocess.Popen[bytes] | None = None
        made = subprocess.run(
            [
                programs / "initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
                "--no-sync",
            ],
            capture_output=True, text=True, cwd=folder, check=False, **self._somebody,
        )  # fmt: skip
        if made.returncode != 0:
            raise Absent(f"PostgreSQL's initdb fails here: {made.stderr.strip()[-300:]}")
        self.port = _free_port()

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it is ready. Raises :class:`Absent`."""
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    self._programs / "postgres", "-D", self._data, "-p", str(self.port), "-k", self._folder,
                    "-h", "127.0.0.1", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200",
                    "-c", "deadlock_timeout=200ms",
                ],
                stdout=subprocess.DEVNULL, stderr=log, cwd=self._folder, **self._somebody,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, which takes no lock of another thread
            )  # fmt: skip
        _await_ready(self._process, self._data / "postmaster.pid", self._folder / "log")

    def stop(self) -> None:
        """End it and cut its clients off at once (its "fast shutdown")."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


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
