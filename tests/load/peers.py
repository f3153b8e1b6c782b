"""What is measured side by side: our own server, the least that C can do, and nginx with nchan."""

import asyncio
import http.client
import json
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.running import AGENDA, Server, children, client_of, free_port
from tests.load.readers import mark

COMPILERS = ("cc", "gcc", "clang")
WORDS = " The council deliberates on the budget of its roads, schools and libraries." * 100
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")


@dataclass
class Peer:
    """A server that takes posts and has readers."""

    name: str
    port: int
    pids: list[int]
    path: str
    publish: str
    greets: bool = False
    long_way: str = ""
    """Where readers are handed over by aiohttp (live/handover.py), of a sitting in which nothing was posted."""
    token: str = ""
    size: int = 600
    """Bytes of a post; for the others as many as our own server puts on the line for one of 600."""

    def post(self, number: int) -> float:
        """Post and wait for the answer; returns the seconds it took."""
        text = (mark(number) + WORDS)[: self.size]
        body = json.dumps({"kind": "update.posted", "data": {"text": text}}) if self.token else text
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"} if self.token else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.connect()
            begun = time.monotonic()
            connection.request("POST", self.publish, body.encode(), headers)
            answer = connection.getresponse()
            answer.read()
            took = time.monotonic() - begun
        finally:
            connection.close()
        assert answer.status in (200, 201, 202), answer.status
        return took

    def cpu(self) -> float:
        """Seconds of processor time used so far, by all threads."""
        used = 0
        for pid in self.pids:
            for thread in Path(f"/proc/{pid}/task").iterdir():
                used += int((thread / "schedstat").read_text().split()[0])
        return used / 1e9

    def memory(self) -> int:
        """Bytes resident."""
        found = 0
        for pid in self.pids:
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    found += int(line.split()[1]) * 1024
        return found


@asynccontextmanager
async def livesession(folder: Path, database: str = "", workers: int = 1) -> AsyncIterator[tuple[Server, Any]]:
    """The real server, with a clerk: on a fresh SQLite, or so many processes of it on an empty PostgreSQL."""
    server = Server(folder, database=database)
    if database:
        server.command("db", "upgrade")
    await server.start("--workers", str(workers))
    while len(server.listeners()) < workers:
        await asyncio.sleep(0.05)
    try:
        async with client_of(server) as client:
            yield server, client
    finally:
        # Asked to end, where there are several: their supervisor takes them with it.
        server.stop() if workers > 1 else server.kill()


async def sitting_on(server: Server, client: Any, name: str = "livesession") -> Peer:
    """A new sitting, open, without entries that anybody would be sent when joining."""
    slug, quiet = await client.create(AGENDA), await client.create(AGENDA)
    await client.post(slug, "sitting.opened")
    assert server.process is not None
    token = client.headers["Authorization"].removeprefix("Bearer ")
    return Peer(
        name,
        server.port,
        [server.process.pid, *children(server.process.pid)],
        f"/s/{slug}/ws",
        f"/api/v1/sittings/{slug}/entries",
        greets=True,
        # With what no reader's program writes there, it is not plain what it is.
        long_way=f"/s/{quiet}/ws?not=plain",
        token=token,
    )


@contextmanager
def c_limit(folder: Path) -> Iterator[Peer | str]:
    """The lower bound, compiled now; where that cannot be, a sentence that says why."""
    compiler = next((found for name in COMPILERS if (found := shutil.which(name))), None)
    if compiler is None:
        yield "no C compiler: without the lower bound"
        return
    program = folder / "limit"
    subprocess.run([compiler, "-O2", "-o", program, Path(__file__).with_name("limit.c")], check=True)
    port = free_port()
    process = subprocess.Popen([program, str(port)])
    try:
        _wait_for(port)
        yield Peer("C limit", port, [process.pid], "/", "/")
    finally:
        process.kill()
        process.wait()


@contextmanager
def nchan(folder: Path, readers: int, workers: int = 1) -> Iterator[Peer | str]:
    """nginx with nchan; where it is not installed, a sentence that says so."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None or not NCHAN.exists():
        yield "no nginx with nchan (Debian: nginx-light, libnginx-mod-nchan): without it"
        return
    port = free_port()
    (folder / "nginx.conf").write_text(
        f"load_module {NCHAN};\nworker_processes {workers};\nworker_rlimit_nofile {2 * readers + 200};\ndaemon off;\n"
        f"pid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\nuser root;\n"
        f"events {{ worker_connections {2 * readers + 200}; }}\n"
        "http {\n  access_log off;\n  nchan_shared_memory_size 64M;\n"
        f"  client_body_temp_path {folder}/body;\n  proxy_temp_path {folder}/proxy;\n"
        f"  fastcgi_temp_path {folder}/fastcgi;\n  uwsgi_temp_path {folder}/uwsgi;\n  scgi_temp_path {folder}/scgi;\n"
        f"  server {{\n    listen 127.0.0.1:{port} backlog=4096;\n"
        "    location = /post { nchan_publisher; nchan_channel_id bench; nchan_store_messages off; }\n"
        "    location = /read { nchan_subscriber websocket; nchan_channel_id bench; }\n  }\n}\n"
    )
    process = subprocess.Popen([nginx, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Peer("nchan", port, [process.pid, *children(process.pid)], "/read", "/post")
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nobody listens on {port}")
