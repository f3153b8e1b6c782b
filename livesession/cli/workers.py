"""``serve --workers N``: so many processes on one port, each replaced when it ends, all ended together.

The system spreads connections over them (SO_REUSEPORT). They know of each other by the database alone, as processes
on several machines do.
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Iterator, Sequence

from prometheus_client.multiprocess import mark_process_dead

logger = logging.getLogger(__name__)

READY = b"ready\n"
"""What a worker writes to its standard output once it listens."""

SHORT_LIFE = 5.0
"""Seconds. A worker that ends sooner is replaced after as long a pause: a fault that stays must not fill the log."""


class WorkerNotStartedError(Exception):
    """The first worker ended before it listened; it has said why itself. ``code`` is its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"a worker ended with {code}")
        self.code = code


async def keep_workers(
    number: int, host: str, port: int, arguments: Sequence[str], *, started: Callable[[int], None]
) -> None:
    """Keep ``number`` workers at ``host`` and ``port`` until SIGTERM or SIGINT.

    ``arguments`` are those of ``livesession serve`` that all of them get; ``started`` gets the port once all listen.

    Raises:
        OSError: If the port or the address cannot be had.
        WorkerNotStartedError: If a worker cannot even begin.

    """
    stop = asyncio.Event()
    for caught in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(caught, stop.set)
    with _reserved(host, port) as taken, tempfile.TemporaryDirectory(prefix="livesession-") as measured:
        command = [sys.executable, "-m", "livesession", "serve", "--worker", *arguments, "--port", str(taken)]
        workers = [_Worker(command, measured) for _ in range(number)]
        work = asyncio.create_task(_work(workers, lambda: started(taken)))
        ended = asyncio.create_task(stop.wait())
        try:
            # The work ends by itself only where it could not begin.
            await asyncio.wait([work, ended], return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
        finally:
            work.cancel()
            ended.cancel()
            await asyncio.gather(work, ended, return_exceptions=True)
            await asyncio.gather(*(worker.end() for worker in workers))


async def _work(workers: "Sequence[_Worker]", started: Callable[[], None]) -> None:
    await asyncio.gather(*(worker.begin() for worker in workers))
    started()
    await asyncio.gather(*(worker.keep() for worker in workers))


class _Worker:
    """One process at a time, the next when it ends."""

    def __init__(self, command: Sequence[str], measured: str) -> None:
        self._command = command
        self._measured = measured
        self._process: Process | None = None
        self._begun = 0.0

    async def begin(self) -> None:
        """Start it and wait until it listens. Raises :class:`WorkerNotStartedError`."""
        self._begun = time.monotonic()
        # It ends when its standard input does: so it never outlives a supervisor that was killed.
        self._process = process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
            env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": self._measured},
        )
        assert process.stdout is not None, "asked for"
        if await process.stdout.readline() != READY:
            raise WorkerNotStartedError(await process.wait())

    async def keep(self) -> None:
        """Replace it whenever it ends, until cancelled."""
        while True:
            assert self._process is not None, "begun"
            code = await self._process.wait()
            mark_process_dead(self._process.pid, self._measured)  # type: ignore[no-untyped-call]  # theirs has none
            logger.warning("worker %d ended with %d; another takes its place", self._process.pid, code)
            if time.monotonic() - self._begun < SHORT_LIFE:
                await asyncio.sleep(SHORT_LIFE)
            with contextlib.suppress(WorkerNotStartedError):
                await self.begin()

    async def end(self) -> None:
        """Ask it to end and wait until it has."""
        process = self._process
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


@contextlib.contextmanager
def _reserved(host: str, port: int) -> Iterator[int]:
    """Hold the port without listening: it is ours also while no worker lives, and two servers never share it."""
    with contextlib.ExitStack() as held:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            for shared in (False, True):
                tcp = socket.socket(family, kind, protocol)
                held.callback(tcp.close)
                if family == socket.AF_INET6:
                    tcp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(shared))
                tcp.bind((address[0], port))
                port = tcp.getsockname()[1]
                if not shared:
                    # Alone first, which fails where anybody listens, also one that would share.
                    tcp.listen(1)
                    tcp.close()
        yield port
