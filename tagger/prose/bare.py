"""Bare subjects: words that say what a rule names only where nothing else is said of them: "earnings", "earned"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tagger.characters import lowered
from tagger.data import load_json
from tagger.lexicon import Numeral
from tagger.prose.sentence import Subject
from tagger.prose.words import words

_BEFORE = " before "  # "net loss before taxes", folded, holds "net income" where all of it stands


def spoken_of(
    string: str, subjects: Sequence[Subject], numerals: Sequence[Numeral], names: frozenset[str]
) -> Sequence[Subject]:
    """Return *subjects* of *string* without those whose words say less than the rule's: "income", "premiums earned".

    The words of rules are folded, so that "operating earnings", as banks call what they adjusted, reads as operating income.

    *names* are the ways to call the company, in lower case: who else earned something is not asked for.
    """
    only, never, verbs = load_json("prose")["only_as"], words().never_as, words().profit_verbs
    kept = []
    for hit in subjects:
        said = lowered(string[hit.start : hit.end])
        if said == "cash" and _came_or_went(string, hit, numerals):
            continue
        if (
            said in never
            or said not in only.get(hit.phrase, (said,))
            or (_BEFORE in said and _BEFORE not in hit.phrase)
        ):
            continue
        if said in verbs and not (is_own(string, hit.start, names) and _is_all(string, hit.end, numerals)):
            continue
        kept.append(hit)
    return kept


def _came_or_went(string: str, hit: Subject, numerals: Sequence[Numeral]) -> bool:
    """Whether *hit*, cash, is said to have come or gone, which is no balance: "generated cash of #", "generated # in cash"."""
    before = bisect_left(numerals, hit.start, key=lambda numeral: numeral.start) - 1
    ends = [hit.start]
    if before >= 0 and string[numerals[before].end : hit.start].strip() in ("in", "of"):
        ends.append(numerals[before].start)
    return any(words().cash_verb.search(lowered(string[max(0, end - 24) : end])) for end in ends)


def ended_at(string: str, hit: Subject) -> int:
    """Return where *hit* would end without its last word, a change that goes "to #"; 0 where there is none.

    >>> from tagger.matching.phrases import SubjectHit
    >>> hit = SubjectHit(rule=None, start=0, end=14, phrase="cash increased")
    >>> ended_at("Cash increased 5% to $2 million", hit), ended_at("Cash increased by $2 million", hit)
    (4, 0)
    """
    start, _, last = string[hit.start : hit.end].rpartition(" ")
    moved = start and lowered(last) in words().changes and words().ended_trail.match(string, hit.end)
    return hit.start + len(start) if moved else 0


def is_own(string: str, place: int, names: frozenset[str]) -> bool:
    """Whether the company stands right before *place*: "the company", "we", "Acme Tool, Inc."."""
    say = words()
    said = [word.rstrip(",") for word in lowered(string[max(0, place - 80) : place]).split()]
    while said and (said[-1] in say.verb_adverbs or said[-1] in say.legal_forms):
        del said[-1]
    if said[-1:] == ["we"] or (said[-2:-1] == ["the"] and said[-1] in say.companies):
        return True
    return any(" ".join(said[-count:]) in names for count in range(1, 6))


def _is_all(string: str, place: int, numerals: Sequence[Numeral]) -> bool:
    """Whether an amount stands right behind *place*, and nothing behind it that says of what: "earned $2.1 million in fees"."""
    after = bisect_left(numerals, place, key=lambda numeral: numeral.start)
    if after == len(numerals):
        return False
    low, numeral = lowered(string), numerals[after]
    led = words().profit_lead.fullmatch(low, place, numeral.start)
    return led is not None and words().profit_trail.match(low, numeral.end) is not None
