"""A mail server of a test's own: takes what it is given, refuses whom it is told to, and notes all of it."""

from __future__ import annotations

import socketserver
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from socket import create_server, socket
from threading import Lock, Thread

Answer = str


def _nothing(_number: int) -> None:
    return


@dataclass
class Mailroom:
    """What a server has taken.

    Attributes:
        refusals: what it says to recipients instead of "250".
        greeting: what it says to whoever connects.
        hangs_up_on: recipients at whose name it ends the conversation.
        when_taken: called with the number of mails taken, before the server says that it took the last.
        when_said: called after it has said so.
    """

    port: int = 0
    taken: list[bytes] = field(default_factory=list)
    refusals: Mapping[str, Answer] = field(default_factory=dict)
    greeting: Answer = "220 here"
    hangs_up_on: Collection[str] = ()
    when_taken: Callable[[int], None] = _nothing
    when_said: Callable[[int], None] = _nothing
    lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def mails(self) -> list[EmailMessage]:
        with self.lock:
            return [message_from_bytes(raw, policy=policy.default) for raw in self.taken]

    def take(self, raw: bytes) -> int:
        with self.lock:
            self.taken.append(raw)
            return len(self.taken)


@contextmanager
def mail_server() -> Iterator[Mailroom]:
    """A server on a free port of the loopback interface, for the length of a ``with`` block."""
    room = Mailroom()

    class Handler(_Conversation):
        mailroom = room

    with _Server(("127.0.0.1", 0), Handler) as server:
        room.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield room
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def silent_server() -> Iterator[socket]:
    """A port of the loopback interface at which the system takes connections, and nobody ever answers one."""
    with create_server(("127.0.0.1", 0), backlog=100) as listening:
        listening.setblocking(False)
        yield listening


def url_of(listening: socket) -> str:
    return f"smtp://127.0.0.1:{listening.getsockname()[1]}"


def callers(listening: socket) -> int:
    """How many have connected to a silent server."""
    with ExitStack() as taken:
        for number in count():
            try:
                connection, _address = listening.accept()
            except BlockingIOError:
                return number
            taken.enter_context(connection)
    raise AssertionError


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


class _Conversation(socketserver.StreamRequestHandler):
    mailroom: Mailroom

    def handle(self) -> None:
        try:
            self._talk()
        except OSError:
            return  # whoever spoke to us was killed

    def _talk(self) -> None:
        self._say(self.mailroom.greeting)
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb.startswith(b"QUIT"):
                self._say("221 bye")
                return
            if verb.startswith(b"RCPT"):
                recipient = line.partition(b"<")[2].partition(b">")[0].decode()
                if recipient in self.mailroom.hangs_up_on:
                    return
                self._say(self.mailroom.refusals.get(recipient, "250 yes"))
            elif verb == b"DATA":
                self._say("354 go on")
                number = self.mailroom.take(self._data())
                self.mailroom.when_taken(number)
                self._say("250 taken")
                self.mailroom.when_said(number)
            else:
                self._say("250 yes")

    def _data(self) -> bytes:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, words: Answer) -> None:
        self.wfile.write(f"{words}\r\n".encode())
