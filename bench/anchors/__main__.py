"""``python -m bench.anchors``: random quotes of the samples' reviews, random edits, and the text nobody writes."""

from __future__ import annotations

import sys
import time
from collections import Counter
from statistics import mean, quantiles

from bench.report import Figure, publish
from tests.discussion import edited_reviews as edits
from tests.discussion.edited_reviews import Edit, Verdict, english, german, trials
from verite.discussion.anchors import Paragraph, place, quoted

QUOTES = 1000
GOAL_MS = 0.5
LEAST_RIGHT_CHANGED, LEAST_RIGHT_SAME, MOST_WRONG = 99.0, 99.5, 2.0

SAME: list[list[Edit]] = [
    [edits.nothing],
    [edits.order_of_paragraphs],
    [edits.every_paragraph_in_two],
    [edits.two_paragraphs_into_one],
    [edits.new_text_before],
]
CHANGED: list[list[Edit]] = [
    [edits.a_tenth_of_the_words],
    [edits.order_of_paragraphs, edits.a_tenth_of_the_words],
]
GONE: list[list[Edit]] = [
    [edits.without_the_paragraph],
    [edits.another_paragraph_instead],
    [edits.without_the_paragraph, edits.a_tenth_of_the_words],
    [edits.without_the_sentences],
]
BEYOND: list[list[Edit]] = [
    [edits.two_paragraphs_into_one, edits.a_tenth_of_the_words],
    [edits.a_fifth_of_the_words],
]


def main() -> bool:
    figures = []
    for language, reviews in (("English", english()), ("German", german())):
        for steps in [*SAME, *CHANGED, *GONE, *BEYOND]:
            figures += _measured(language, reviews, steps)
    return publish("anchors", "Notes after an edit", [*figures, *_hostile()], [_remark()])


def _measured(language: str, reviews: list[list[str]], steps: list[Edit]) -> list[Figure]:
    what = f"{language}: {' and '.join(step.__name__.replace('_', ' ') for step in steps)}"
    counts: Counter[Verdict] = Counter()
    times = []
    for trial in trials(reviews, steps, QUOTES, what):
        paragraphs = trial.paragraphs
        began = time.thread_time()
        placed = place(trial.quote, paragraphs)
        times.append(1000 * (time.thread_time() - began))
        counts[trial.verdict(placed, paragraphs)] += 1
    share = {verdict: 100 * count / QUOTES for verdict, count in counts.items()}
    right = share.get("right", 0.0) + share.get("unsure, right", 0.0)
    wrong = share.get("wrong", 0.0)
    said = (
        f"{right:.1f} % right ({share.get('unsure, right', 0.0):.1f} of them uncertain), {wrong:.1f} % wrong,"
        f" {share.get('unsure, wrong', 0.0):.1f} % uncertain elsewhere, {share.get('lost', 0.0):.1f} % lost"
    )
    goal, is_met = _goal(steps, right, wrong)
    return [
        Figure(what, goal, said, is_met),
        Figure(
            "its time for a quote, mean and p99",
            f"≤ {GOAL_MS} ms",
            f"{mean(times):.2f} ms, {quantiles(times, n=100)[98]:.2f} ms",
            mean(times) <= GOAL_MS,
        ),
    ]


def _goal(steps: list[Edit], right: float, wrong: float) -> tuple[str, bool | None]:
    if steps in SAME:
        return f"≥ {LEAST_RIGHT_SAME} % right", right >= LEAST_RIGHT_SAME
    if steps in CHANGED:
        return f"≥ {LEAST_RIGHT_CHANGED:.0f} % right", right >= LEAST_RIGHT_CHANGED
    if steps in GONE:
        return f"≤ {MOST_WRONG:.0f} % wrong", wrong <= MOST_WRONG
    return "", None


def _hostile() -> list[Figure]:
    """The largest that could be sent: nothing may wait for it longer than a request may last."""
    words = [f"{word}{number}" for number in range(7000) for word in ("river", "dam", "mill", "lock")]
    review = [Paragraph("long", " ".join(words))]
    changed = [Paragraph("new", " ".join("sluice" if n % 17 == 0 else word for n, word in enumerate(words)))]
    long, short = quoted(review, " ".join(words[9000:10300])), quoted(review, "mill4000")
    same = [Paragraph("same", "a" * 200_000)]
    figures = []
    for what, quote, text in (
        ("a quote of 10 kB in an edited text of 200 kB", long, changed),
        ("a word in the same", short, changed),
        ("a quote of 10 kB in one letter 200,000 times", long, same),
    ):
        began = time.thread_time()
        place(quote, text)
        figures.append(Figure(what, "", f"{1000 * (time.thread_time() - began):,.0f} ms"))
    began = time.thread_time()
    quoted(same, "a", "aaa", "aaa", "same", 5)
    figures.append(
        Figure(
            "taking a quote that stands 200,000 times", "", f"{1000 * (time.thread_time() - began):,.0f} ms"
        )
    )
    return figures


def _remark() -> str:
    return (
        f"{QUOTES:,} quotes a line, of one word to a whole paragraph, in reviews of 500 to 5,000 characters."
        " Right: at least half over where the words are now; for a quote more than half of whose letters are"
        " gone, also an orphan. Times are of the processor, each quote alone."
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
