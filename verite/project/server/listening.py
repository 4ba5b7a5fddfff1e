"""Listen at one address, with one process or several that share its socket."""

from __future__ import annotations

import errno
import resource
import signal
import socket
import sys
from contextlib import suppress

from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from verite.project.server.protocol import IDLE_SECONDS

BACKLOG = 2048
SECONDS_TO_FINISH = 10
WANTED_DESCRIPTORS = 16_384


class AddressInUse(OSError):
    """Another program listens at this address already."""


def serve(*, host: str, port: int, workers: int) -> None:
    """Serve the site until told to stop (SIGTERM or SIGINT); requests under way are finished first.

    Args:
        host: a name or an address of this machine.
        port: 0 lets the system choose.
        workers: processes; each is started again when it dies.

    Raises:
        AddressInUse: somebody else listens there.
        OSError: there is no such address here, or this user may not use the port.
    """
    listener = _listen(host, port)
    _allow_many_connections()
    config = Config(
        "verite.project.server.assembly:front",
        factory=True,
        interface="asgi3",
        http="verite.project.server.protocol:PageProtocol",
        ws="none",
        lifespan="on",
        workers=workers,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # server.proxies reads them
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=int(IDLE_SECONDS),
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    # uvicorn finishes its requests first, then raises the signal once more, and that one ends here.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt):
        if workers == 1:
            Server(config).run(sockets=[listener])
        else:
            Multiprocess(config, sockets=[listener]).run()


def _listen(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(
        socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
    )  # a server that just stopped left its waits
    try:
        listener.bind(address)
        # Said before the site is announced as being there: a second server must not get so far.
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise AddressInUse(*error.args) from error
        raise
    listener.set_inheritable(True)
    return listener


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(WANTED_DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
