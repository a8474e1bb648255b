"""Rows that regular expressions of rules match: the escape hatch, with a limit on its time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tagger.findings import Code, Finding
from tagger.ruleset.regexes import Hit, find
from tagger.ruleset.ruleset import Regex, RuleSet

_OFTEN = 5  # times that an expression may take too long before it is not tried any more
_slow: Counter[Regex] = Counter()


def regex_hits(rules: RuleSet, label: str) -> dict[int, Hit]:
    """Return the rules one of whose expressions is found in *label*, each with its longest match."""
    found: dict[int, Hit] = {}
    for one in rules.regexes:
        hit = None if one.of_sentences else _tried(one, label)
        known = found.get(one.place)
        if isinstance(hit, Hit) and (known is None or hit.end - hit.start > known.end - known.start):
            found[one.place] = hit
    return found


def sentence_hits(rules: RuleSet, string: str) -> Iterator[tuple[int, Hit]]:
    """Yield the rules one of whose expressions for sentences is found in *string*, with the first match of each."""
    for one in rules.regexes:
        hit = _tried(one, string) if one.of_sentences else None
        if isinstance(hit, Hit):
            yield one.place, hit


def runaways(rules: RuleSet, labels: Sequence[str], *, of_sentences: bool = False) -> Iterator[Finding]:
    """Yield a finding for each rule whose expression takes too long over one of *labels*, and so has none of it."""
    for label in dict.fromkeys(labels):
        for one in rules.regexes:
            if one.of_sentences == of_sentences and _tried(one, label) == "slow":
                rule = rules.rule(one.place)
                yield Finding.warning(
                    Code.RULE_TOO_SLOW,
                    f"{label[:80]!r}: the regular expression of rule {rule.id} ({rule.location}) takes too long, "
                    "and the row was settled without it",
                )


@lru_cache(maxsize=16_384)
def _tried(one: Regex, label: str) -> Hit | str | None:
    """Return where *one* is found in *label*, or "slow"."""
    if _slow[one] >= _OFTEN:
        return "slow"
    try:
        return find(one, label)
    except TimeoutError:
        _slow[one] += 1
        return "slow"
