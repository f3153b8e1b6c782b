"""Real sockets whose other end is here: what was written to one can be read."""

import socket


def connected(buffer: int) -> tuple[socket.socket, socket.socket]:
    """Two ends that do not block, with a buffer of about so many bytes each; the system sets the least."""
    ends = socket.socketpair()
    for end in ends:
        end.setblocking(False)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
    return ends


def drained(end: socket.socket) -> bytes:
    """All that has come out at an end until now."""
    found = bytearray()
    while True:
        try:
            more = end.recv(1 << 16)
        except BlockingIOError:
            return bytes(found)
        found += more
        if not more:
            return bytes(found)
