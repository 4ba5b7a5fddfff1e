"""``verite serve``."""

from __future__ import annotations

import argparse
import sys
from ipaddress import ip_address

HELP = (
    "Serve the site, with a worker for mail and schedules beside it."
    " The embedded database is brought up to date first."
)
EXAMPLES = (
    "verite serve",
    "verite serve --host 0.0.0.0 --port 80 --workers 4",
    "verite serve --data /srv/films",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1)")
    parser.add_argument("--port", type=port, default=8000, help="port to listen at (default: 8000)")
    parser.add_argument("--workers", type=workers, default=1, help="server processes (default: 1)")
    parser.add_argument(
        "--no-worker", action="store_true", help="run no job worker beside the server (see verite worker)"
    )


def run(args: argparse.Namespace) -> int:
    from verite.project import data_folder

    data_folder.start()
    from django.conf import settings

    with data_folder.only_one(settings.VERITE.data / "serve.lock"):
        data_folder.prepare_database()
        return listen(args)


def listen(args: argparse.Namespace) -> int:
    """Serve until told to stop, saying where once that is certain."""
    from django.conf import settings

    from verite.project.command_line import Refused
    from verite.project.server import CannotListen, serve
    from verite.project.server.worker_beside import worker_beside

    host, port = args.host, args.port
    if settings.VERITE.limits == "off" and not is_loopback(host):
        raise Refused(
            "VERITE_LIMITS=off is honoured only on a loopback address. Unset it, or use --host 127.0.0.1."
        )
    with worker_beside(wanted=not args.no_worker) as worker:

        def begin() -> None:
            announce(host, port)
            if worker is not None:
                worker.begin(host, port)

        try:
            serve(host=host, port=port, workers=args.workers, when_listening=begin)
        except CannotListen as error:
            raise Refused(str(error)) from error
    return 0


def announce(host: str, port: int) -> None:
    """Say where the site is and what it stands on."""
    from django.conf import settings

    from verite.core.db.driver import sqlite_report

    print(f"{settings.VERITE.site_name} is at http://{shown(host)}:{port}", end="")
    print(f" and http://localhost:{port}" if is_loopback(host) else "")
    print(
        f"Data in {settings.VERITE.data}; {'PostgreSQL' if settings.VERITE.database_url else sqlite_report()}"
    )
    _invite_first_curator(settings.VERITE.site_url or f"http://{shown(host)}:{port}")
    if settings.VERITE.limits == "off":
        print("RATE LIMITS ARE OFF (VERITE_LIMITS=off): for checks and benchmarks only.", file=sys.stderr)
    sys.stdout.flush()


def _invite_first_curator(origin: str) -> None:
    from verite.accounts import one_time
    from verite.accounts.queries import has_curator

    if not has_curator():
        print("Nobody looks after this site yet. Its first curator signs up, once, at")
        print(f"  {origin}/accounts/first/{one_time.first_curators_token()}/")


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def port(text: str) -> int:
    return _whole_number(text, 1, 65535, "a port")


def workers(text: str) -> int:
    return _whole_number(text, 1, 64, "a number of workers")


def _whole_number(text: str, first: int, last: int, what: str) -> int:
    if not text.isascii() or not text.isdigit() or not first <= int(text) <= last:
        raise argparse.ArgumentTypeError(f"{what} is a whole number from {first} to {last}, not {text!r}")
    return int(text)
