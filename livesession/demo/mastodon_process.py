"""The process in which mastodon_mock runs: ``python -m livesession.demo.mastodon_process SETTINGS``.

It ends when its standard input does, and so with whoever started it, however that one ended. Where mastodon_mock is
known to differ from Mastodon in what we rely on, it is brought to do as Mastodon does: it counts code points instead of
graphemes, counts links whole, and takes asterisks and the like for emphasis.
"""

import json
import os
import re
import socket
import sys
import threading
from typing import Any

import uvicorn
from mastodon_mock import content_format
from mastodon_mock.app import create_app
from mastodon_mock.config import MastodonMockConfig
from mastodon_mock.routers import statuses

from livesession.relay.channels.mastodon_length import mastodon_length


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    # At once: connections kept open by clients would hold up an orderly end.
    os._exit(0)


def _count_as_mastodon_does() -> None:
    check = statuses._validate_status_params

    def counted(params: dict[str, Any]) -> Any:
        text = str(params.get("status") or "")
        return check({**params, "status": "x" * mastodon_length(text) if text.strip() else ""})

    statuses._validate_status_params = counted


def _write_as_mastodon_does() -> None:
    never = re.compile(r"(?!)()")
    for name in ("_BOLD_RE", "_STRIKE_RE", "_CODE_RE", "_ITALIC_RE"):
        setattr(content_format, name, never)


def main(settings: dict[str, Any]) -> None:
    """Serve, and print the port once connections are accepted."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _count_as_mastodon_does()
    _write_as_mastodon_does()
    listening = socket.create_server(("127.0.0.1", settings["port"]))
    port = listening.getsockname()[1]
    config = MastodonMockConfig.model_validate(
        {**settings["config"], "domain": f"127.0.0.1:{port}", "url_scheme": "http"}
    )
    app = create_app(config)
    print(port, flush=True)
    # From here on a connection waits in the socket's queue until the server takes it.
    uvicorn.Server(uvicorn.Config(app, log_level="error", server_header=False)).run(sockets=[listening])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
