"""Why a server could not start, as a sentence: the port, the address or a file, whichever it was."""

import errno
import os
import socket

from livesession.i18n import Words

_PORT = frozenset({errno.EADDRINUSE, errno.EACCES, errno.EPERM})


def why_not_started(error: OSError, host: str, port: int, words: Words) -> str:
    """The sentence for what the system answered when ``host`` and ``port`` were asked for."""
    reason = os.strerror(error.errno) if error.errno and not isinstance(error, socket.gaierror) else error.strerror
    if error.filename:
        return words("serve-file", path=str(error.filename), reason=reason or str(error))
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return words("serve-host", host=host, reason=reason or str(error))
    if error.errno in _PORT:
        return words("serve-port", port=str(port), reason=reason or str(error))
    return words("serve-failed", reason=reason or str(error))
