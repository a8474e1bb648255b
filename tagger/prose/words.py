"""The words that tell level, change, comparison and the rest apart, as compiled patterns."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tagger.data import load_json
from tagger.lexicon.numerals import alternatives
from tagger.lexicon.shapes import Shape, shape

# In a masked sentence (see `tagger.prose.sentence`) a numeral is "#", a period phrase "@", a subject "~".
_ADVERBS = (
    r"(?:\s+(?:an?|the|its|our|approximately|about|roughly|around|just|only|a\s+record|record|slightly|significantly|substantially"
    r"|sharply|modestly|strongly|dramatically|materially|some|another|total|aggregate|amount|additional|strong|solid|highest|new|all-time))*"
)


class Words(NamedTuple):
    """Patterns for a masked sentence. Those named *…_lead* end at the figure, *…_trail* begin after it."""

    change_lead: Shape
    change_trail: Shape
    change: Shape
    change_in: Shape
    change_in_any: Shape
    cause: Shape
    qualifier_trail: Shape
    compare: Shape
    compare_lead: Shape
    others: Shape
    had_by: Shape
    possessors: Shape
    gained_on: frozenset[str]
    own_clause: Shape
    ours: Shape
    cumulative: Shape
    legal_forms: frozenset[str]
    had_of: Shape
    steps_aside: frozenset[str]
    weak_compare: frozenset[str]
    flag_lead: Shape
    level_lead: Shape
    had_lead: Shape
    holding_lead: Shape
    to_lead: Shape
    part_lead: Shape
    bound_lead: Shape
    guidance: Shape
    not_gaap: Shape
    not_gaap_trail: Shape
    per_share_trail: Shape
    section: Shape
    loss: Shape
    profit: Shape
    down: Shape
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


def _shape(pattern: str) -> Shape:
    """Return a pattern for sentences, which are in lower case."""
    return shape(pattern, case=True)


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
        change_lead=_shape(
            rf"(?:{_any(verbs)}(?:\s+\L<units>[-\s]over[-\s]\L<units>)?(?:\s+by)?"
            rf"|{noun}(?:\s+(?:in|to)\s+(?:(?:the|our|its|total|net|gaap|reported|consolidated)\s+)*~+)?\s*,?\s+(?:of|by|totaling)){_ADVERBS}\s*$"
        ),
        change_trail=_shape(rf"\s*(?:(?:or\s+)?#+,?\s*)?(?:sequential\s+|\L<units>-over-\L<units>\s+|net\s+)?{_any(listed('change_after'))}"),
        change=_shape(change),
        change_in=_shape(rf"{_any({*listed('change_nouns'), *listed('change_after'), *listed('up'), *listed('down')})}\s+(?:in|to)(?:\s+(?:the|our|its|total|net|gaap|reported))*\s*$"),
        change_in_any=_shape(rf"{noun}\s+in(?!\w)"),
        cause=_shape(_any(listed("causes"))),
        qualifier_trail=_shape(
            rf"\s*,?\s*(?P<words>{_any(listed('qualifiers'))})(?!\s*(?:(?:the|an?|its|our|same)\s+)*(?:[#@~]|level|prior|same|\L<years>|end\s))"
        ),
        compare=_shape(_any(set(listed("compare")) - set(listed("weak_compare")))),
        others=_shape(_any(listed("others"))),
        had_by=_shape(rf"{_any(listed('of_others'))}(?:\s+(?:an?|the|total|approximately|more\s+than|consolidated|combined|about))*\s*$"),
        possessors=_shape(rf"{_any(listed('possessors'))}(?!\s+\w+(?:ed|en)\b)"),
        had_of=_shape(_any(listed("of_others"))),
        cumulative=_shape(_any(listed("cumulative"))),
        legal_forms=frozenset(listed("legal_forms")),
        ours=_shape(_any(listed("ours"))),
        own_clause=_shape(_any(listed("own_clause"))),
        steps_aside=frozenset(listed("steps_aside")),
        gained_on=frozenset(listed("gained_on")),
        weak_compare=frozenset(listed("weak_compare")),
        compare_lead=_shape(rf"(?P<word>{compare})(?:\s|,|@|~|(?<![\w-])(?:an?|the|its|our|of|for|in|at|at\s+the\s+end|that|reported|gaap|record|approximately|about|same|and|during|\L<ended>|as|loss|net\s+loss|income|net\s+income|earnings|profit|total)(?![\w-]))*$"),
        flag_lead=_shape(rf"{_any(listed('flags'))}(?:\s+(?:the|a|an|our|its|that|those|of|in|for|level|levels|end|same|at|as|from|~+))*\s*$"),
        level_lead=_shape(rf"(?:{_any(listed('level_verbs'))}|[:–—]|\s-|~){_ADVERBS}\s*[:–—-]?\s*$"),
        had_lead=_shape(rf"(?:{_any(listed('had'))})(?:\s|@|,)*{_ADVERBS}\s*$"),
        holding_lead=_shape(rf"(?:{_any(listed('holding'))})(?:\s|@|,)*{_ADVERBS}\s*$"),
        to_lead=_shape(rf"(?<![\w-])to{_ADVERBS}\s*$"),
        part_lead=_shape(rf"{_any(listed('parts'))}{_ADVERBS}\s*$"),
        bound_lead=_shape(rf"{_any(listed('bounds'))}(?:\s+(?:a|an|the))*\s*$"),
        guidance=_shape(r"(?<!accounting )" + _any(listed("guidance"))),
        not_gaap=_shape(_any(listed("not_gaap"))),
        not_gaap_trail=_shape(rf"\s*,?\s*(?:{alternatives(listed('after_not_gaap'))})".replace(r"\ ", r"\s+")),
        per_share_trail=_shape(rf"\s*,?\s*(?:\(?\s*(?:(?:basic|diluted|and)\s*)*\)?)\s*(?:(?:per|a|each)\s+{shares})(?:\s*[,-]?\s*\(?\s*(?:basic|diluted)(?:\s+and\s+diluted)?\s*\)?)?"),
        section=_shape(_any(listed("sections"))),
        loss=_shape(_any(listed("loss"))),
        profit=_shape(_any(listed("profit"))),
        down=_shape(_any(listed("down"))),
        fillers=frozenset(listed("fillers")),
        before=frozenset(listed("before")),
        reporting=frozenset(listed("reporting")),
        idioms=frozenset(listed("idioms")),
        adjectives=frozenset(listed("adjectives")),
        selves=frozenset((*listed("companies"), *listed("selves"))),
    )  # fmt: skip
