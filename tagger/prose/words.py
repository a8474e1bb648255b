"""The words that tell level, change, comparison and the rest apart, as compiled patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tagger.data import load_json
from tagger.lexicon.numerals import alternatives

# In a masked sentence (see `tagger.prose.sentence`) a numeral is "#", a period phrase "@", a subject "~".
_ADVERBS = (
    r"(?:\s+(?:an?|the|its|our|approximately|about|roughly|around|just|only|a\s+record|record|slightly|significantly|substantially"
    r"|sharply|modestly|strongly|dramatically|materially|some|another|total|aggregate|amount|additional|strong|solid|highest|new|all-time))*"
)


class Words(NamedTuple):
    """Patterns for a masked sentence. Those named *…_lead* end at the figure, *…_trail* begin after it."""

    change_lead: re.Pattern[str]
    change_trail: re.Pattern[str]
    change: re.Pattern[str]
    change_in: re.Pattern[str]
    change_in_any: re.Pattern[str]
    cause: re.Pattern[str]
    qualifier_trail: re.Pattern[str]
    compare: re.Pattern[str]
    compare_lead: re.Pattern[str]
    others: re.Pattern[str]
    had_by: re.Pattern[str]
    possessors: re.Pattern[str]
    gained_on: frozenset[str]
    own_clause: re.Pattern[str]
    ours: re.Pattern[str]
    cumulative: re.Pattern[str]
    legal_forms: frozenset[str]
    had_of: re.Pattern[str]
    steps_aside: frozenset[str]
    weak_compare: frozenset[str]
    flag_lead: re.Pattern[str]
    level_lead: re.Pattern[str]
    had_lead: re.Pattern[str]
    holding_lead: re.Pattern[str]
    to_lead: re.Pattern[str]
    part_lead: re.Pattern[str]
    bound_lead: re.Pattern[str]
    guidance: re.Pattern[str]
    not_gaap: re.Pattern[str]
    not_gaap_trail: re.Pattern[str]
    per_share_trail: re.Pattern[str]
    section: re.Pattern[str]
    loss: re.Pattern[str]
    profit: re.Pattern[str]
    down: re.Pattern[str]
    fillers: frozenset[str]
    before: frozenset[str]
    reporting: frozenset[str]
    idioms: frozenset[str]
    adjectives: frozenset[str]
    selves: frozenset[str]


def listed(name: str) -> tuple[str, ...]:
    """Return the word list *name*."""
    words: list[str] = load_json("prose")[name]
    return tuple(words)


def _any(words: Iterable[str]) -> str:
    """Return a pattern of any of *words* as whole words, with any white space between their parts."""
    return rf"(?<![\w-])(?:{alternatives(words)})(?![\w-])".replace(r"\ ", r"\s+")


@cache
def words() -> Words:
    """Compile the word lists, once."""
    verbs = [word for word in (*listed("up"), *listed("down")) if word != "used"]
    change = _any({*verbs, *listed("change_nouns"), *listed("unchanged")})
    noun = _any(listed("change_nouns"))
    compare = _any(listed("compare"))
    shares = rf"(?:(?:{alternatives(listed('per_share_words'))})[\s,-]+)*(?:{alternatives(listed('share_words'))})\b"
    return Words(
        change_lead=re.compile(
            rf"(?:{_any(verbs)}(?:\s+(?:quarter|year)[-\s]over[-\s](?:quarter|year))?(?:\s+by)?"
            rf"|{noun}(?:\s+(?:in|to)\s+(?:(?:the|our|its|total|net|gaap|reported|consolidated)\s+)*~+)?\s*,?\s+(?:of|by|totaling)){_ADVERBS}\s*$"
        ),
        change_trail=re.compile(rf"\s*(?:(?:or\s+)?#+,?\s*)?(?:sequential\s+|year-over-year\s+|net\s+)?{_any(listed('change_after'))}"),
        change=re.compile(change),
        change_in=re.compile(rf"{_any({*listed('change_nouns'), *listed('change_after'), *listed('up'), *listed('down')})}\s+(?:in|to)(?:\s+(?:the|our|its|total|net|gaap|reported))*\s*$"),
        change_in_any=re.compile(rf"{noun}\s+in(?!\w)"),
        cause=re.compile(_any(listed("causes"))),
        qualifier_trail=re.compile(
            rf"\s*,?\s*(?P<words>{_any(listed('qualifiers'))})(?!\s*(?:(?:the|an?|its|our|same)\s+)*(?:[#@~]|level|prior|same|year|end\s))"
        ),
        compare=re.compile(_any(set(listed("compare")) - set(listed("weak_compare")))),
        others=re.compile(_any(listed("others"))),
        had_by=re.compile(rf"{_any(listed('of_others'))}(?:\s+(?:an?|the|total|approximately|more\s+than|consolidated|combined|about))*\s*$"),
        possessors=re.compile(rf"{_any(listed('possessors'))}(?!\s+\w+(?:ed|en)\b)"),
        had_of=re.compile(_any(listed("of_others"))),
        cumulative=re.compile(_any(listed("cumulative"))),
        legal_forms=frozenset(listed("legal_forms")),
        ours=re.compile(_any(listed("ours"))),
        own_clause=re.compile(_any(listed("own_clause"))),
        steps_aside=frozenset(listed("steps_aside")),
        gained_on=frozenset(listed("gained_on")),
        weak_compare=frozenset(listed("weak_compare")),
        compare_lead=re.compile(rf"(?P<word>{compare})(?:\s|,|@|~|(?<![\w-])(?:an?|the|its|our|of|for|in|at|at\s+the\s+end|that|reported|gaap|record|approximately|about|same|and|during|ended|as|loss|net\s+loss|income|net\s+income|earnings|profit|total)(?![\w-]))*$"),
        flag_lead=re.compile(rf"{_any(listed('flags'))}(?:\s+(?:the|a|an|our|its|that|those|of|in|for|level|levels|end|same|at|as|from|~+))*\s*$"),
        level_lead=re.compile(rf"(?:{_any(listed('level_verbs'))}|[:–—]|\s-|~){_ADVERBS}\s*[:–—-]?\s*$"),
        had_lead=re.compile(rf"(?:{_any(listed('had'))})(?:\s|@|,)*{_ADVERBS}\s*$"),
        holding_lead=re.compile(rf"(?:{_any(listed('holding'))})(?:\s|@|,)*{_ADVERBS}\s*$"),
        to_lead=re.compile(rf"(?<![\w-])to{_ADVERBS}\s*$"),
        part_lead=re.compile(rf"{_any(listed('parts'))}{_ADVERBS}\s*$"),
        bound_lead=re.compile(rf"{_any(listed('bounds'))}(?:\s+(?:a|an|the))*\s*$"),
        guidance=re.compile(r"(?<!accounting )" + _any(listed("guidance"))),
        not_gaap=re.compile(_any(listed("not_gaap"))),
        not_gaap_trail=re.compile(rf"\s*,?\s*(?:{alternatives(listed('after_not_gaap'))})".replace(r"\ ", r"\s+")),
        per_share_trail=re.compile(rf"\s*,?\s*(?:\(?\s*(?:(?:basic|diluted|and)\s*)*\)?)\s*(?:(?:per|a|each)\s+{shares})(?:\s*[,-]?\s*\(?\s*(?:basic|diluted)(?:\s+and\s+diluted)?\s*\)?)?"),
        section=re.compile(_any(listed("sections"))),
        loss=re.compile(_any(listed("loss"))),
        profit=re.compile(_any(listed("profit"))),
        down=re.compile(_any(listed("down"))),
        fillers=frozenset(listed("fillers")),
        before=frozenset(listed("before")),
        reporting=frozenset(listed("reporting")),
        idioms=frozenset(listed("idioms")),
        adjectives=frozenset(listed("adjectives")),
        selves=frozenset((*listed("companies"), *listed("selves"))),
    )  # fmt: skip
