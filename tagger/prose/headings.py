"""Headings of prose: which may name a part of the company, "Gaming", and which lines of a page are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tagger.characters import lowered
from tagger.document import Document, Paragraph, Table
from tagger.grid.lines import is_page_end
from tagger.grid.titles import is_title
from tagger.lexicon import says_scale
from tagger.patterns import pattern
from tagger.prose.surroundings import ITEM_ENDS, compares, is_bullet, is_heading, joined_heading
from tagger.prose.words import listed, words
from tagger.ruleset.words import scan

_WORD = pattern(r"[^\W\d_][\w.&'’]*|&")
_RUN_IN = pattern(
    r"\W{0,3}([A-Z][\w&'’/.-]{0,30}?(?:\s(?:[A-Z&][\w&'’/-]{0,30}|and|of|the)){0,5})(?:[.:]|\s(?:--?|[–—])|—)\s(?=[A-Z])"
)
_MARKS = "[]*†‡:.–—-•· "
_MOST = 6  # words of a name
_LONGEST = 60  # characters of it


class Placed(NamedTuple):
    """A paragraph: the *headings* above it, the last line that may be a *title*, though not marked as one or over a table, the line with a colon that heads it, and whether a heading came since the last one that is wanted (*new*)."""

    paragraph: Paragraph
    headings: Sequence[str]
    title: str
    lead: str
    new: bool


def placed(document: Document, wanted: Callable[[str], bool]) -> Iterator[Placed]:
    """Yield the *wanted* paragraphs of *document*, each with what it stands below."""
    headings: list[str] = []
    last = title = lead = against = ""
    goes_on = new = False  # *goes_on*: a list, one of whose items ends with a semicolon
    for block in document.blocks:
        if isinstance(block, Table):
            title = table_title(block) or title
            continue
        paragraph, string = block, block.text.string
        if is_page_end(string) or not any(map(str.isalnum, string)):
            continue
        if headings and compares(string):
            against = f" {string} "
            continue
        heading = is_heading(paragraph)
        if heading and against:
            headings[-1] += against + string  # "Fourth quarter 2024" "vs." "third quarter 2024"
        elif heading:
            headings.append(joined_heading(last, string) if headings and last == headings[-1] else string)
            new = True
        title = string if heading or is_lone_title(paragraph) else title
        against = ""
        last = headings[-1] if heading else ""
        item, goes_on = goes_on or is_bullet(paragraph) or string.endswith(ITEM_ENDS), string.endswith(ITEM_ENDS)
        lead = lead if item else string if string.endswith(":") else ""
        if wanted(string):
            yield Placed(paragraph, headings, title, lead, new)
            new = False


def is_lone_title(paragraph: Paragraph) -> bool:
    """Whether *paragraph* is a line as titles are, whatever it looks like: a few words, each with a capital, and no stop."""
    string = paragraph.text.string
    return len(string) <= _LONGEST and not paragraph.bullet and is_title(string)


def table_title(table: Table) -> str:
    """Return the line over *table* that is written as titles are, the last of several: the paragraphs below go on with it."""
    lines = (line.string for line in table.caption)
    return next((line for line in reversed([*lines]) if is_title(line) and not says_scale(line)), "")


def run_in(string: str) -> str:
    """Return the heading that *string*, a paragraph, begins with: "Gaming. Revenue was", "Gaming - Revenue was".

    >>> [run_in(string) for string in ("Gaming. Revenue was # ", "Wealth Management – Revenue was # ", "Gaming Revenue was #.")]
    ['Gaming', 'Wealth Management', '']
    """
    found = _RUN_IN.match(string)
    return found[1] if found else ""


@lru_cache(maxsize=256)
def part_named(heading: str, names: frozenset[str]) -> str:
    """Return the part of the company that *heading* may name, "" where it surely speaks of the whole: of its results, its cash, or itself.

    A part is named by words that are not those of headings: which they are only the company knows.

    >>> ours = frozenset({"acme", "acme tool"})
    >>> [part_named(heading, ours) for heading in ("Gaming", "Acme Japan:", "Corporate and Other", "Upstream Results")]
    ['Gaming', 'Acme Japan', 'Corporate and Other', 'Upstream Results']
    >>> [part_named(heading, ours) for heading in ("Balance Sheet Review", "Acme Tool, Inc.", "G&A Expenses", "Acme Posts Record Year")]
    ['', '', '', '']
    """
    name = words().heading_aside.sub("", heading).strip(_MARKS)
    said = _WORD.findall(name)
    if not 0 < len(said) <= _MOST or any(character.isdigit() or character in ",;$%?!" for character in name):
        return ""
    low = [lowered(word).rstrip(".") for word in said]
    if not all(word[0].isupper() or plain in _joints() for word, plain in zip(said, low, strict=True)):
        return ""
    if not _verbs().isdisjoint(low):
        return ""
    own = {word for known in names for word in known.split()}
    left = [word for word in low if not _is_known(word) and word not in own]
    rest = set(low) - _joints()
    return name if left or (rest and rest <= set(listed("rests"))) else ""


def _is_known(word: str) -> bool:
    spelt = scan(word).tokens  # "G&A" is general and administrative
    if len(spelt) > 1 and _known().union(_joints()).issuperset(spelt):
        return True
    return any(one in _known() for one in (word, word.removesuffix("s"), word.removesuffix("'s").removesuffix("’s")))


@cache
def _known() -> frozenset[str]:
    """Return the words of headings that are of the whole company, in the singular too."""
    say = words()
    return frozenset().union(say.heading_words, say.fillers, say.before, listed("whole_headings"), listed("rests"))


@cache
def _joints() -> frozenset[str]:
    return words().joints.union(listed("title_joints"))


@cache
def _verbs() -> frozenset[str]:
    """Return the verbs of titles that are sentences."""
    names = ("reporting", "up", "down", "speaking", "moving")
    verbs = frozenset(word for name in names for word in listed(name)) - words().heading_words
    return verbs.union(listed("announcing")).difference(listed("no_verbs"))
