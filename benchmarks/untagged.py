"""Filings without their tags: ``python -m benchmarks.untagged FILING …``.

Every inline XBRL filing is read once as it is and once as a page from which its tags are taken; what the library makes of
the page is held against what the filer said. Of the facts under US-GAAP, *right* have the filer's value for the concept,
period and members, *contradicted* another, and are listed; for the *absent* the filer names another concept, or tagged
nothing. Contradicted facts are worth reading: one may be the filer's own choice between two amounts of one name.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import tagger
from tagger.values import half_unit

Aspects: TypeAlias = tuple[str, str, tuple[str, ...]]

_HEADER = re.compile(r"<ix:header\b.*?</ix:header>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?ix:[a-zA-Z]+\b[^>]*>")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_ROOT = re.compile(r"<html[^>]*>", re.IGNORECASE)


def without_tags(page: str) -> str:
    """Return the inline XBRL *page* as the HTML it shows.

    >>> without_tags('<html xmlns:ix="x"><ix:header>a</ix:header><p><ix:nonFraction name="b">1</ix:nonFraction></p></html>')
    '<html><p>1</p></html>'
    """
    return _ROOT.sub("<html>", _DECLARED.sub("", _TAG.sub("", _HEADER.sub("", page))), count=1)


def _stated(path: Path) -> dict[Aspects, set[Decimal]]:
    """Return the values that the filing at *path* gives, by concept, period and members."""
    found: dict[Aspects, set[Decimal]] = defaultdict(set)
    for fact in tagger.read(path).facts:
        if isinstance(fact.value, Decimal):
            found[_aspects(fact)].add(fact.value)
    return found


def _aspects(fact: tagger.Fact | tagger.LoadedFact) -> Aspects:
    return fact.concept, str(fact.period), tuple(sorted(map(str, fact.members)))


def _compared(path: Path) -> Iterator[tuple[str, str]]:
    """Yield for each US-GAAP fact of the page at *path* how it stands to the filing, and a line that says so."""
    stated = _stated(path)
    for fact in tagger.tag(without_tags(path.read_text("utf-8", errors="replace")).encode()).facts:
        if not fact.concept.startswith("us-gaap:"):
            continue
        values = stated.get(_aspects(fact))
        if values is None:
            yield "absent", ""
            continue
        if any(abs(value - fact.value) <= half_unit(fact.decimals) for value in values):
            yield "right", ""
        else:
            said = ", ".join(sorted(map(str, values)))
            yield (
                "contradicted",
                f"{fact.concept} {fact.value} {fact.period}: the filer says {said} | {fact.rule} | {fact.label}",
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("filings", nargs="+", type=Path, metavar="FILING")
    for path in parser.parse_args().filings:
        found = list(_compared(path))
        counts = Counter(how for how, _ in found)
        print(f"{path.name}: " + ", ".join(f"{how} {counts[how]}" for how in ("right", "contradicted", "absent")))
        for how, line in found:
            if how == "contradicted":
                print(f"    {line}")


if __name__ == "__main__":
    main()
