"""Plain numbers: what a number is that is neither money, nor a percentage, nor shares."""

from __future__ import annotations

from functools import cache

from tagger.lexicon import Numeral
from tagger.lexicon.numerals import alternatives
from tagger.lexicon.shapes import Shape, shape
from tagger.prose.sentence import Sentence
from tagger.prose.words import listed


@cache
def _kinds() -> tuple[tuple[str, Shape, Shape], ...]:
    """Return what a plain number is, with the pattern of the words before it and after it."""
    anything = shape("")
    spans, measures, standards = (alternatives(listed(name)) for name in ("spans", "measures", "standards"))
    return (
        ("a time", anything, shape(r":\d\d|\s*(?:a\.?m|p\.?m)\b")),
        ("a time", shape(r"\d:$"), anything),
        ("a telephone number", shape(r"[\d)][-.\s]{1,2}$|\+$"), anything),
        ("a telephone number", anything, shape(r"[-.]\d{3}|\)?\s?\d{3}-")),
        ("the name of a standard, form or law", shape(rf"(?<!\w)(?:{standards})\s*(?:[\w()]+\s*)?$"), anything),
        ("the name of a standard, form or law", anything, shape(r":\d|-[kq]\b|\s*\(r\)")),
        ("part of a date", anything, shape(r"/\d|,\s*\L<year>\b")),
        ("a span of time", anything, shape(rf"[\s-](?:{spans})\b")),
        ("a measure", anything, shape(rf"[\s-](?:{measures})\b")),
    )


def kind_of(sentence: Sentence, numeral: Numeral) -> str:
    """Return what a number is that is neither money, nor a percentage, nor shares."""
    before = sentence.masked[max(sentence.start, numeral.start - 24) : numeral.start].replace("#", "0")
    after = sentence.masked[numeral.end : numeral.end + 16].replace("#", "0")
    for kind, lead, trail in _kinds():
        if lead.search(before) and trail.match(after):
            return kind
    if numeral.places == 0 and numeral.text.isdigit() and 1900 <= numeral.number <= 2100:
        return "a year"
    return "a plain number: no currency, no percent sign"
