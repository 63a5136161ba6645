"""A server on loopback that says exactly the bytes it is told to, and keeps what it was asked."""

import asyncio
import threading
from contextlib import contextmanager


class Raw:
    """`heads` of the requests in order, and on which connection each came."""

    def __init__(self, port):
        self.port = port
        self.heads = []
        self.connections = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"


@contextmanager
def serving(answer, *, context=None, host="127.0.0.1", until=b"\r\n\r\n"):
    """Serve till the end of the block. `answer(number, head, writer)` writes, and says whether to go on listening."""
    loop = asyncio.new_event_loop()
    started = threading.Event()
    raw = Raw(0)

    async def one(reader, writer):
        raw.connections += 1
        try:
            while head := await reader.readuntil(until):
                raw.heads.append(head.decode("latin-1"))
                if not await answer(len(raw.heads), raw.heads[-1], writer):
                    break
                await writer.drain()
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def run():
        server = await asyncio.start_server(one, host, 0, ssl=context)
        raw.port = server.sockets[0].getsockname()[1]
        started.set()
        raw.stop = asyncio.Event()
        await raw.stop.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    started.wait()
    try:
        yield raw
    finally:
        while not hasattr(raw, "stop"):
            pass
        loop.call_soon_threadsafe(raw.stop.set)
        thread.join()
        loop.close()


def saying(*answers, keep=True):
    """Answer each request with the next of some bytes, the last again and again."""

    async def answer(number, _, writer):
        writer.write(answers[min(number, len(answers)) - 1])
        return keep

    return answer
