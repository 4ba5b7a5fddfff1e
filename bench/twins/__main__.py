"""`python -m bench.twins`: the film page against its twins; exit status 1 when a goal is missed."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import uvloop

from bench.report import Figure, publish
from bench.serving.machine import Load, NotMeasurable, load, wait_until_quiet
from bench.serving.servers import Server, film_path, verite_server
from bench.talk.browsers import browser
from bench.talk.processes import measured

# (which of our answers, which twin) → how many times its rate ours has to be.
GOALS = {
    ("kept", "ordinary"): 300,
    ("kept", "tuned"): 25,
    ("anew", "ordinary"): 25,
    ("participant", "tuned_participant"): 6,
}
WORDS = {
    "kept": "film page from the page cache",
    "anew": "film page rendered anew",
    "participant": "a participant's film page",
    "ordinary": "ordinary Django",
    "tuned": "tuned Django with Jinja2",
    "tuned_participant": "tuned Django with Django's templates, for a participant",
}
TWINS = {twin: f"bench.twins.settings_{twin}" for twin in ("ordinary", "tuned", "tuned_participant")}
# A cookie of ours takes a request past the page cache, into the view.
PAST_THE_CACHE = "verite-bench=1"
CONNECTIONS = 16
COMMENTS = 50
VOTES = 5

REMARKS = (
    "The twins show the same facts of the same film, from the same database, through the same server.",
    "Rendered anew: the request carries a cookie of ours, so the view answers, from pieces that still stand.",
    f"Each shows {COMMENTS} comments, the participant's with a rating and {VOTES} votes of their own.",
    "The ordinary one asks for each comment's author and replies as it comes to them, as templates do.",
    "One core for the server, the other for whoever asks it; medians of the ratios of each round.",
)


def run(*, seconds: int, rounds: int) -> bool:
    """Measure and publish. Returns whether every goal was reached."""
    loads: defaultdict[str, list[Load]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as name, ExitStack() as opened:
        data = Path(name)
        ours = opened.enter_context(verite_server(data))
        path = film_path(ours)
        measured(data, "fill", path.split("/")[2], str(COMMENTS))
        cookie = uvloop.run(_taking_part(ours, path))
        servers = {
            "kept": (ours, ""),
            "anew": (ours, PAST_THE_CACHE),
            "participant": (ours, cookie),
            **{
                twin: (opened.enter_context(verite_server(data, settings=settings)), cookie)
                for twin, settings in TWINS.items()
            },
        }
        for which, (server, own) in servers.items():
            _show_all_comments(which, server, path, own)
        for _ in range(rounds):
            wait_until_quiet()
            for which, (server, own) in servers.items():
                loads[which].append(load(server.url(path), CONNECTIONS, seconds, server.process, cookie=own))
    busiest = max(each.disturbance for runs in loads.values() for each in runs)
    found = [_compared(loads, *pair) for pair in GOALS]
    found.append(Figure("cores that other programs kept busy, at worst", "", f"{busiest:.2f}"))
    return publish("twins", "The film page and its twins", found, REMARKS)


async def _taking_part(server: Server, path: str) -> str:
    """The cookie of a guest who has rated the film and voted on some comments."""
    async with browser(server) as own:
        votes = [f"/comments/{comment}/vote/" for comment in _comments(server.get(path))[:VOTES]]
        answers = [await own.post(f"{path}rating/", rating="8")]
        answers += [await own.post(vote, value="1") for vote in votes]
        if any(answer.status != 303 for answer in answers):
            raise NotMeasurable(f"Somebody could not take part: {answers}")
        return own.cookie


def _show_all_comments(which: str, server: Server, path: str, cookie: str) -> None:
    shown = len(_comments(server.get(path, cookie=cookie)))
    if shown != COMMENTS:
        raise NotMeasurable(f"{WORDS[which]} shows {shown} comments, not {COMMENTS}.")


def _comments(page: bytes) -> list[str]:
    return re.findall(r'<article[^>]* id="comment-(\d+)"', page.decode())


def _compared(loads: dict[str, list[Load]], ours: str, twin: str) -> Figure:
    goal = GOALS[ours, twin]
    ratio = median(mine.rate / theirs.rate for mine, theirs in zip(loads[ours], loads[twin], strict=True))
    return Figure(
        f"{WORDS[ours]} / {WORDS[twin]}",
        f"≥ {goal}",
        f"{ratio:,.0f} ({_rate(loads[ours])} / {_rate(loads[twin])})",
        ratio >= goal,
    )


def _rate(loads: list[Load]) -> str:
    return f"{median(each.rate for each in loads):,.0f}/s"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.twins", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run (default: 5)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind (default: 3)")
    args = parser.parse_args()
    if missing := [tool for tool in ("taskset", "wrk") if shutil.which(tool) is None]:
        sys.exit(f"bench.twins: {', '.join(missing)} missing: apt-get install util-linux wrk")
    try:
        sys.exit(0 if run(seconds=args.seconds, rounds=args.rounds) else 1)
    except NotMeasurable as error:
        sys.exit(f"bench.twins: {error}")
