"""Names: the ways to call the company, as its release introduces it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from tagger.characters import lowered
from tagger.document import Document
from tagger.lexicon.companies import DATELINE, company_words
from tagger.patterns import pattern
from tagger.prose.words import listed

_TODAY = pattern(r"\s{1,9}today\s+(?:announced|reported)")
_MARKS = pattern(r"\((?:R|TM|SM)\)|[®™℠]")
_ASIDES = pattern(r"(?:[(\[][^()\[\]]{1,120}(?:[)\]]\s{0,9}|(?=[(\[]|$)))+")
_QUOTED = pattern(r"[\"“]([A-Z][^\"“”]{1,40})[\"”]")
_NAME = pattern(r"((?:[A-Z&][\w&.'’-]*,?\s+){0,5}[A-Z][\w&.'’-]*,?)\s*$")
_SAID = pattern(r"[\w&'’-]+")
_FIRST = 40  # paragraphs in which a release says whose it is
_HEAD = 400  # characters of a paragraph in which a dateline stands
_LONGEST = 80  # characters of a name
WORDS_OF_NAME = 6  # that are looked for before a verb or subject


def names_of(document: Document, company: str = "") -> frozenset[str]:
    """Return the ways to call the company, in lower case: "acme", "acme tool", "acme tool works".

    They come from the submission's header, from where the first paragraphs give its ticker or call it the company,
    from "Acme today announced", and from a dateline ("May 3, 2012 -- Acme reported"); else from where they shorten a
    name, "Acme Tool (“Acme”)", and from what is known of the *company*; none where nothing says it. *company* as a
    whole is a name besides: "Atlanta-based Acme Tool today announced". Where some of those introduced are the *company*,
    the others are not: a sheet of news gives the tickers of several.
    """
    header = document.submission.company if document.submission else ""
    sure, shortened = _said(document)
    groups = ([[header]] if header else []) + sure or shortened or [[company]]
    ours = [group for group in groups if any(_is_called(name, company) for name in group)]
    names: set[str] = set()
    for name in chain.from_iterable(ours or groups):
        parts = _parts(name)
        names.update(" ".join(parts[:count]) for count in range(1, len(parts) + 1))
    whole = _SAID.findall(lowered(company))
    names.update([" ".join(whole)] if len(whole) > 1 else [])
    return frozenset({*names, *listed("companies")}) if names else frozenset()


def _said(document: Document) -> tuple[list[list[str]], list[list[str]]]:
    """Return the names that are surely a company's that announces, and those that only are shortened, each with its other forms."""
    sure: list[list[str]] = []
    shortened: list[list[str]] = []
    for paragraph in document.paragraphs[:_FIRST]:
        string = paragraph.text.string
        string = _MARKS.sub("", string) if "(" in string or not string.isascii() else string
        for found, surely in _introduced(string):
            (sure if surely else shortened).append(found)
        today = _TODAY.search(string) if "today" in string else None
        head = string[:_HEAD]
        saying = any(map(head.__contains__, listed("announcing")))
        said = _before(string, today.start()) if today else []
        said += [found[1] for found in _datelined().finditer(head)] if saying else []
        sure += [[name] for name in said]
    return sure, shortened


def _parts(name: str) -> list[str]:
    """Return the words of *name* that a call of it may begin with: "The Acme Tool" is "acme", "Atlanta-based Acme" too."""
    parts = _SAID.findall(lowered(name))
    while parts and (parts[0] == "the" or parts[0].endswith("-based")):
        del parts[0]
    return parts


def _is_called(name: str, company: str) -> bool:
    """Whether *name* calls *company*: it begins as it does, or has its first letters.

    >>> _is_called("Acme", "The Acme Tool Co."), _is_called("ATW", "Acme Tool Works"), _is_called("Elm Gauge", "Acme Tool Works")
    (True, True, False)
    """
    said, known = _parts(name), _parts(company)
    return bool(said and known) and (said[0] == known[0] or said == ["".join(word[0] for word in known)])


def _introduced(string: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the names that parentheses explain, with those quoted in them, and whether they are the company's: by its ticker or "the Company"."""
    for aside in _ASIDES.finditer(string) if "(" in string or "[" in string else ():
        quoted = _QUOTED.findall(aside[0])
        traded = _traded().search(aside[0]) is not None
        if not (quoted or traded) or not (found := _before(string, aside.start())):
            continue
        selves = [name for name in quoted if lowered(name) in _selves()]
        yield [*found, *(name for name in quoted if name not in selves)], traded or bool(selves)


@cache
def _traded() -> re.Pattern[str]:
    return re.compile(rf"[(\[]\s*(?:{company_words('exchanges')})")


@cache
def _datelined() -> re.Pattern[str]:
    """Return the pattern of a dateline and the name behind it, the first group, of whom it tells that it announced something."""
    name = r"(?:[A-Z&][\w&.'’-]*,?\s+){0,5}[A-Z][\w&.'’-]*"
    return re.compile(rf"{DATELINE}({name}),?\s+(?:{'|'.join(listed('announcing'))})\b")


@cache
def _selves() -> frozenset[str]:
    return frozenset({*listed("companies"), *(f"the {word}" for word in listed("companies"))})


def _before(string: str, place: int) -> list[str]:
    return _NAME.findall(string[max(0, place - _LONGEST) : place])
