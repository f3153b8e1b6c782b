"""What a connection receives comes by one buffer that all share: asyncio would allocate 256 KiB for each reading.

Most of what readers send is a few hundred bytes. Each of them would be left behind in the place of a large block,
and thousands who come and go would leave a heap full of holes.
"""

import asyncio
from abc import ABC, abstractmethod

_BUFFER = memoryview(bytearray(1 << 16))
"""Between ``get_buffer`` and ``buffer_updated`` nothing else runs in the loop, of which there is one a process."""


class Receiver(asyncio.BufferedProtocol, ABC):
    """A protocol whose ``data_received`` gets what comes."""

    __slots__ = ()

    def get_buffer(self, sizehint: int) -> memoryview:
        return _BUFFER

    def buffer_updated(self, nbytes: int) -> None:
        self.data_received(bytes(_BUFFER[:nbytes]))

    @abstractmethod
    def data_received(self, data: bytes) -> None:
        """Take what came."""
