"""The server's process: uvicorn on one address, quiet, until it is interrupted."""

import socket
from contextlib import suppress

import uvicorn
from starlette.applications import Starlette

from pipeline.errors import OptionError

_MOST_AT_ONCE = 100
_LONGEST_HEAD = 16 * 1024  # of a request: its line and headers


def listen(host: str, port: int) -> socket.socket:
    """Take the address; port 0 takes a free one. Raises OptionError where it is taken or not this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        taken = socket.socket(family, kind, protocol)
    except OSError as error:
        raise OptionError(f"--host {host}: {error}") from error
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(_MOST_AT_ONCE)  # who comes before the server runs waits for it
    except OSError as error:
        taken.close()
        raise OptionError(f"{host}:{port} cannot be served on: {error.strerror}; try another --port") from error
    return taken


def server(application: Starlette) -> uvicorn.Server:
    """Make a server; `run(sockets=[…])` runs it until its `should_exit` is set or the process is interrupted."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            proxy_headers=False,  # what a client says of itself counts for nothing
            server_header=False,
            date_header=False,
            lifespan="off",
            ws="none",
            http="h11",
            limit_concurrency=_MOST_AT_ONCE,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
        )
    )


def serve(application: Starlette, taken: socket.socket) -> None:
    """Serve until interrupted, which is how it is meant to end."""
    with suppress(KeyboardInterrupt):
        server(application).run(sockets=[taken])
