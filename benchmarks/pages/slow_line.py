"""A slow line between a browser and a server: ``python slow_line.py MBIT_S LATENCY_MS PORT`` relays to the port.

A browser's own emulation leaves websockets alone; here everything goes through: each direction has so much room for
all connections together, every word is half the latency under way, and a new connection costs one latency.
"""

import asyncio
import contextlib
import sys

CHUNK_BYTES = 16 * 1024
AHEAD_S = 0.05  # so much may wait for the line; then the sender waits


class Lane:
    """One direction of the line."""

    def __init__(self, bytes_s: float, delay_s: float) -> None:
        self._bytes_s, self._delay_s = bytes_s, delay_s
        self._free_at = 0.0

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Relay one connection's words until its end."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(self._arrive(under_way, target))
        clock = asyncio.get_running_loop().time
        chunk = b"-"
        while chunk:
            try:
                chunk = await source.read(CHUNK_BYTES)
            except ConnectionError:
                chunk = b""
            self._free_at = max(clock(), self._free_at) + len(chunk) / self._bytes_s
            under_way.put_nowait((self._free_at + self._delay_s, chunk))
            await asyncio.sleep(self._free_at - clock() - AHEAD_S)
        await arriving

    async def _arrive(self, under_way: asyncio.Queue, target: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        with contextlib.suppress(ConnectionError):
            while True:
                due, chunk = await under_way.get()
                await asyncio.sleep(due - clock())
                if not chunk:
                    break
                target.write(chunk)
                await target.drain()
        target.close()


async def relay(mbit_s: float, latency_ms: float, port: int) -> None:
    """Say on which port it listens, and listen until it is ended."""
    bytes_s, delay_s = mbit_s * 1e6 / 8, latency_ms / 2000
    there, back = Lane(bytes_s, delay_s), Lane(bytes_s, delay_s)

    async def connected(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * delay_s)
        try:
            answers, questions = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            target.close()
            return
        await asyncio.gather(there.carry(source, questions), back.carry(answers, target))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(relay(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
