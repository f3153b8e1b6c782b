"""The same bytes to many sockets in one system call, by Linux's asynchronous input and output (``io_submit(2)``).

Of what a delivery costs here, entering the system anew for each reader is the part that can be saved: a fifth.
A socket that does not block is written to at once, and the result is there when the call returns. Where the system
has no such call, or does not allow it, sockets are written to one by one, to the same effect.

By ctypes, since what Python packages there are for it make objects for each write, which costs what the call saves.
"""

import ctypes
import errno
import logging
import os
import platform
import sys
import weakref
from array import array
from collections.abc import Callable, Sequence

logger = logging.getLogger(__name__)

MOST = 400
"""Sockets that are written to in one call: some milliseconds."""

Write = Callable[[Sequence[int], bytes], list[int]]
"""Write bytes to at most :data:`MOST` sockets, given by their file descriptors; returns how many bytes each took: 0
where it is full, or gone. The sockets must not block. Neither waits nor raises."""

_NUMBERS = {"x86_64": (206, 207, 208, 209), "aarch64": (0, 1, 4, 2), "riscv64": (0, 1, 4, 2)}
"""``io_setup``, ``io_destroy``, ``io_getevents``, ``io_submit`` of 64-bit processes (Linux, asm/unistd.h). All of these
machines put the low byte first, as :class:`_Request` has it."""

_PWRITE = 1


class _Request(ctypes.Structure):
    """``struct iocb`` (Linux, aio_abi.h)."""

    _fields_ = (
        ("place", ctypes.c_uint64),
        ("key", ctypes.c_uint32),
        ("read_write_flags", ctypes.c_uint32),
        ("operation", ctypes.c_uint16),
        ("priority", ctypes.c_int16),
        ("descriptor", ctypes.c_uint32),
        ("buffer", ctypes.c_uint64),
        ("size", ctypes.c_uint64),
        ("offset", ctypes.c_int64),
        ("reserved", ctypes.c_uint64),
        ("flags", ctypes.c_uint32),
        ("event_descriptor", ctypes.c_uint32),
    )


class _Event(ctypes.Structure):
    """``struct io_event`` (Linux, aio_abi.h)."""

    _fields_ = (
        ("place", ctypes.c_uint64),
        ("request", ctypes.c_uint64),
        ("result", ctypes.c_int64),
        ("result2", ctypes.c_int64),
    )


def best() -> Write:
    """The fastest way there is on this system. It belongs to this process: one that is forked needs its own."""
    try:
        return Together()
    except OSError as error:
        logger.info("readers are written to one by one: %s", error)
        return one_by_one


def one_by_one(descriptors: Sequence[int], data: bytes) -> list[int]:
    """A :data:`Write` of as many system calls as sockets."""
    return [_write(descriptor, data) for descriptor in descriptors]


def _write(descriptor: int, data: bytes) -> int:
    try:
        return os.write(descriptor, data)
    except OSError:
        return 0


class Together:
    """A :data:`Write` of one system call. Not to be called by two threads at once."""

    def __init__(self) -> None:
        """Ask the system for it. Raises OSError where there is no such, or none to be had."""
        linux = sys.platform == "linux" and sys.maxsize > 1 << 32
        numbers = _NUMBERS.get(platform.machine()) if linux else None
        if numbers is None:
            raise OSError(f"io_submit is not known on {sys.platform} {platform.machine()}")
        setup, destroy, self._getevents, self._submit = numbers
        self._context = ctypes.c_ulong(0)
        _call(setup, ctypes.c_uint(MOST), ctypes.byref(self._context))
        weakref.finalize(self, _call, destroy, self._context)
        self._data: bytes | None = None
        self._requests = (_Request * MOST)()
        self._events = (_Event * MOST)()
        for place, request in enumerate(self._requests):
            request.place, request.operation = place, _PWRITE
        size = ctypes.sizeof(_Request)
        first = ctypes.addressof(self._requests)
        self._pointers = (ctypes.c_void_p * MOST)(*range(first, first + MOST * size, size))
        # One field of all requests, or of all events.
        requests, events = (memoryview(held).cast("B") for held in (self._requests, self._events))
        self._descriptors = requests.cast("I")[_Request.descriptor.offset // 4 :: size // 4]
        self._buffers = requests.cast("Q")[_Request.buffer.offset // 8 :: size // 8]
        self._sizes = requests.cast("Q")[_Request.size.offset // 8 :: size // 8]
        self._places = events.cast("Q")[_Event.place.offset // 8 :: ctypes.sizeof(_Event) // 8]
        self._results = events.cast("q")[_Event.result.offset // 8 :: ctypes.sizeof(_Event) // 8]

    def __call__(self, descriptors: Sequence[int], data: bytes) -> list[int]:
        """Write."""
        count = len(descriptors)
        self._descriptors[:count] = array("I", descriptors)
        if data is not self._data:
            self._set_data(data)
        begun = self._begin(count)
        self._wait(begun)
        taken = self._results[:begun].tolist()
        if taken.count(len(data)) != begun:
            # Not needed for order where all came to the same. A negative result is an error's number.
            by_place = dict(zip(self._places[:begun].tolist(), taken, strict=True))
            taken = [max(by_place[place], 0) for place in range(begun)]
        return taken + one_by_one(descriptors[begun:], data)

    def _set_data(self, data: bytes) -> None:
        """Name the bytes in all requests: an entry is written to thousands."""
        self._buffers[:] = array("Q", [_address(data)]) * MOST
        self._sizes[:] = array("Q", [len(data)]) * MOST
        # Held for as long as requests name their place.
        self._data = data

    def _begin(self, count: int) -> int:
        """How many writes the system took: it stops before a descriptor that is none."""
        try:
            return _call(self._submit, self._context, ctypes.c_long(count), self._pointers)
        except OSError:
            return 0

    def _wait(self, begun: int) -> None:
        """Until all of them are done. On sockets they are; ``data`` must stay where it is until then."""
        done = 0
        while done < begun:
            events = ctypes.byref(self._events, done * ctypes.sizeof(_Event))
            left = ctypes.c_long(begun - done)
            done += _call(self._getevents, self._context, left, left, events, None)


_syscall = ctypes.CDLL(None, use_errno=True).syscall
_syscall.restype = ctypes.c_long


def _call(number: int, *arguments: object) -> int:
    """A system call, again where a signal came between. Raises OSError."""
    while (result := _syscall(ctypes.c_long(number), *arguments)) < 0:
        error = ctypes.get_errno()
        if error != errno.EINTR:
            raise OSError(error, os.strerror(error))
    return int(result)


def _address(data: bytes) -> int:
    return ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0
