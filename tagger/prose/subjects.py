"""Subjects: whether a phrase that a rule names stands for the whole of it, and how far its figures reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tagger.prose.sentence import Sentence, Subject
from tagger.prose.words import words

_TOKEN = re.compile(r"[~@#]+|[\w&][\w&'’./-]*|[^\w\s]")
_SHARE_OF = re.compile(
    r"(?:#+\s*of|percent(?:age)?\s+of|as\s+a\s+%\s+of|[%]\s*of)(?:\s+(?:the|our|total|net|its|average|consolidated))*\s*$"
)
_POSSESSIVE = re.compile(r"(.+?)(?:['’]s|s['’])")
_GAAP = re.compile(r"(?<![\w-])gaap(?:\s+\w+)?\s*$")
_REACH = 160  # characters between a subject and its figure beyond which no sentence is clear


class Standing(StrEnum):
    """What a hit is in its sentence: the subject itself, the base of a percentage, what changed, or only a part."""

    SUBJECT = "subject"
    BASE = "base"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Stand:
    """The standing of a hit, and the reason where it is no subject."""

    standing: Standing
    why: str = ""


def stand(sentence: Sentence, hit: Subject, names: frozenset[str] = frozenset()) -> Stand:
    """Return what *hit* is in *sentence*. *names* are words of the company's name, in lower case."""
    before = sentence.masked[sentence.start : hit.start]
    if _SHARE_OF.search(before) and _percent_before(sentence, hit):
        return Stand(Standing.BASE, "the base of a percentage")
    other = words().not_gaap.search(before)
    if other and not _GAAP.search(before):
        return Stand(Standing.PART, f'"{other[0]}" stands before it')
    return _qualified(_TOKEN.findall(before)[-10:], names)


def _percent_before(sentence: Sentence, hit: Subject) -> bool:
    """Whether the last number before *hit* is a percentage, or no number."""
    last = next((n for n in reversed(sentence.numerals) if n.end <= hit.start), None)
    return last is None or last.percent or last.currency is None


def _qualified(tokens: list[str], names: frozenset[str]) -> Stand:
    """Walk back over *tokens* until one tells whether the subject stands for itself."""
    say = words()
    while tokens:
        token = tokens.pop()
        if token in say.before:
            continue
        if not token[0].isalnum() and token != "&":
            return Stand(Standing.SUBJECT)
        if token in say.reporting or token in names or _possessive(token, names):
            return Stand(Standing.SUBJECT)
        if token == "of" and tokens and tokens[-1][0] == "#":
            return Stand(Standing.SUBJECT)
        if token in ("and", "or", "&", "to", "from", "in", "by", "on", "for", "than", "versus", "vs", "against", "at"):
            return _after_joint(token, tokens)
        return Stand(Standing.PART, f'"{token}" before it may make it a part')
    return Stand(Standing.SUBJECT)


def _after_joint(token: str, tokens: list[str]) -> Stand:
    """Decide by the word before a conjunction or preposition."""
    last = tokens[-1] if tokens else ","
    clear = not last[0].isalnum()
    say = words()
    if token in ("and", "or", "&") and (clear or last in say.reporting or last in ("gaap", "year", "quarter")):
        return Stand(Standing.SUBJECT)
    if token in ("versus", "vs", "against", "than", "on"):
        return Stand(Standing.SUBJECT)
    if token == "to" and (last in ("compared", "comparison", "relative") or last == "from"):
        return Stand(Standing.SUBJECT)
    if token == "from" and (clear or say.change.fullmatch(last) or say.change.search(" ".join(tokens[-3:]))):
        return Stand(Standing.SUBJECT)
    if token == "in" and (clear or say.change_in.search(f"{last} in ")):
        return Stand(Standing.SUBJECT)
    if token in ("for", "at") and clear:
        return Stand(Standing.SUBJECT)
    return Stand(Standing.PART, f'"{last} {token}" before it may make it a part')


def _possessive(token: str, names: frozenset[str]) -> bool:
    found = _POSSESSIVE.fullmatch(token)
    return found is not None and (not names or found[1] in names)


def bridge(sentence: Sentence, start: int, end: int, names: frozenset[str] = frozenset()) -> str | None:
    """Return the first word between *start* and *end* that is no mere filler; `None` if the way is clear.

    *names* are words to be let through besides.

    >>> from tagger.prose.sentence import mask
    >>> text = "Net income for the year was higher"
    >>> bridge(mask(text, (0, len(text)), ()), 10, len(text)) is None
    True
    >>> text = "Net sales in Asia were higher"
    >>> bridge(mask(text, (0, len(text)), ()), 9, len(text))
    'asia'
    """
    if end - start > _REACH:
        return "so many words"
    letters = list(sentence.masked[start:end])
    for begin, stop in sentence.asides:
        if start <= begin and stop <= end:
            letters[begin - start : stop - start] = " " * (stop - begin)
    say = words()
    token: str
    for token in _TOKEN.findall("".join(letters)):
        if token == ";":
            return ";"
        plain = token.rstrip(".")
        if token[0].isalnum() and plain not in say.fillers and plain not in names and not (plain.isdigit()):
            return token
    return None
