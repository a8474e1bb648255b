"""Where the time of a document goes, stage by stage, and how it grows with what the document holds. All of it CPU time."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import process_time
from typing import Any, NamedTuple

import lxml.html

import tagger
from tagger import pipeline

# The steps of the way as the pipeline calls them; what one does for another is counted with the outer one.
STEPS = {
    "reading": "read",
    "layout": "understand",
    "repair": "repair_statements",
    "rows": "tag_statements",
    "prose": "tag_prose",
    "proving": "settle",
}


class Taken(NamedTuple):
    """Seconds that a document took: *steps* by name, *whole* to the Inline XBRL, *parse* for lxml to read its bytes."""

    steps: dict[str, float]
    whole: float
    parse: float
    counts: dict[str, int]


def taken(source: bytes, *, runs: int) -> Taken:
    """Return the least that *source* took in *runs*."""
    tagger.tag(source).render("htm")
    found = [_once(source) for _ in range(runs)]
    parse = min(_seconds(lambda: lxml.html.document_fromstring(source)) for _ in range(runs))
    steps = {name: min(steps[name] for steps, _, _ in found) for name in found[0][0]}
    return Taken(steps, min(whole for _, whole, _ in found), parse, found[0][2] | {"bytes": len(source)})


def _once(source: bytes) -> tuple[dict[str, float], float, dict[str, int]]:
    start = process_time()
    with _watched() as steps:
        report = tagger.tag(source)
    tagged = process_time()
    report.render("htm")
    end = process_time()
    steps["rest"] = tagged - start - sum(steps.values())
    steps["writing .htm"] = end - tagged
    tables = report.tagged.document.tables
    counts = {"figures": len(report.facts), "tables": len(tables), "rows": sum(len(table.rows) for table in tables)}
    return steps, end - start, counts


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """Count the time of each step while the pipeline runs."""
    times = dict.fromkeys(STEPS, 0.0)
    before = {name: getattr(pipeline, name) for name in STEPS.values()}

    def watch(step: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **options: Any) -> Any:
            start = process_time()
            try:
                return call(*arguments, **options)
            finally:
                times[step] += process_time() - start

        return watched

    try:
        for step, name in STEPS.items():
            setattr(pipeline, name, watch(step, before[name]))
        yield times
    finally:
        for name, call in before.items():
            setattr(pipeline, name, call)


def _seconds(call: Callable[[], object]) -> float:
    start = process_time()
    call()
    return process_time() - start


def print_stages(found: Sequence[Taken]) -> None:
    """Print, in milliseconds and in times lxml's parse of the same bytes, the median of each step over documents."""
    print(f"\n{f'{len(found)} document(s), CPU':36}{'median':>12}{'x lxml':>10}{'worst x':>10}")
    rows = {name: [one.steps[name] for one in found] for name in found[0].steps}
    for name, times in {**rows, "bytes to .htm": [one.whole for one in found]}.items():
        shares = [time / one.parse for time, one in zip(times, found, strict=True)]
        print(
            f"{name:36}{statistics.median(times) * 1000:>9.2f} ms{statistics.median(shares):>10.1f}{max(shares):>10.1f}"
        )
    print(f"{'lxml.html, the same bytes':36}{statistics.median(one.parse for one in found) * 1000:>9.2f} ms{1:>10.1f}")


def print_growth(found: Sequence[Taken]) -> None:
    """Print the exponent with which time grows with what documents hold: 1 is as fast as they do."""
    print(f"\n{'grows with':36}{'exponent':>12}")
    for name in found[0].counts:
        counted = [(math.log(one.counts[name]), math.log(one.whole)) for one in found if one.counts[name]]
        if len({count for count, _ in counted}) > 2:
            print(f"{name:36}{statistics.linear_regression(*zip(*counted, strict=True)).slope:>12.2f}")


def print_doubled(source: bytes, *, runs: int) -> None:
    """Print the exponent with which time grows where the same document stands twice and four times in one."""
    once, twice, fourfold = (min(_once(source * many)[1] for _ in range(runs)) for many in (1, 2, 4))
    print(f"{'doubled, doubled again':36}{math.log2(twice / once):>12.2f}{math.log2(fourfold / twice):>10.2f}")
