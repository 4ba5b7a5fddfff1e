"""Listen at one address, with one process or several that share its socket."""

from __future__ import annotations

import errno
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from verite.project.server.protocol import IDLE_SECONDS

BACKLOG = 2048
SECONDS_TO_FINISH = 10
SECONDS_TO_SHOW_LIFE = 30  # a worker on a machine that is far too busy is not a dead one
WANTED_DESCRIPTORS = 16_384


class CannotListen(Exception):
    """The site cannot be served at this address. The text says why and how to mend it."""


class AddressInUse(CannotListen):
    """Another program listens there already."""


def serve(*, host: str, port: int, workers: int, when_listening: Callable[[], object] = lambda: None) -> None:
    """Serve the site until told to stop (SIGTERM or SIGINT); requests under way are finished first.

    Args:
        host: a name or an address of this machine.
        workers: processes; each is started again when it dies.
        when_listening: called once the address is ours, before the first request is answered.

    Raises:
        CannotListen: somebody else listens there (``AddressInUse``), there is no such address here, or this
            user may not use the port.
    """
    listener = _listen(host, port)
    when_listening()
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
        timeout_worker_healthcheck=SECONDS_TO_SHOW_LIFE,
    )
    # uvicorn finishes its requests first, then raises the signal once more, and that one ends here.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt):
        if workers == 1:
            Server(config).run(sockets=[listener])
        else:
            Multiprocess(config, sockets=[listener]).run()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            # A server that has just stopped leaves connections behind that only wait for stray packets.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(BACKLOG)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise _explained(error, host, port) from error
    listener.set_inheritable(True)
    return listener


def _explained(error: OSError, host: str, port: int) -> CannotListen:
    if error.errno == errno.EADDRINUSE:
        return AddressInUse(
            f"Port {port} is in use by another program. Stop it, or choose another with --port."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return CannotListen(f"This user may not use port {port}. Choose one above 1023 with --port.")
    return CannotListen(
        f"{host} is no address of this machine ({error.strerror}). Choose another with --host."
    )


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(WANTED_DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
