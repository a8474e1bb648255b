"""Names that a document explains itself: what its company is called, and what its segments are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import dropwhile, islice, pairwise, takewhile

from tagger.characters import lowered
from tagger.data import word_set
from tagger.document import Document, Paragraph
from tagger.lexicon.companies import announced_name, company_name, company_words
from tagger.patterns import pattern
from tagger.statement import PRIMARY, Kind
from tagger.statements.kinds import title_kind
from tagger.statements.scope import Names, column_part, scope_words

_WORD = r"[A-Z][\w&'’/\-]{0,60}"
_NAMED = rf"{_WORD}(?:\s+(?:(?:and|&|of)\s+)?{_WORD}){{0,5}}"
# One way to read "A and B and C" only: with names that hold "and" inside a list with "and" there are more than can be tried.
_NAMES = rf"{_WORD}(?:(?:\s*,\s*(?:and\s+)?|\s+(?:(?:and|&|of)\s+)?){_WORD}){{0,60}}"
_LISTED = pattern(
    rf"(?i:\b(?:segments|sectors|business\s+units|business\s+groups)\b)\s*(?:[,:–—]|(?i:are|were|include|including|consist\s+of|comprise|namely))\s*"
    rf"(?:(?i:the|our|its)\s+)?({_NAMES})"
)
_MAY_NAME = ("egment", "ector", "usiness")
_MAY_LIST = pattern(r"segments|sectors|business\s+(?:units|groups)")
_BEFORE = pattern(rf"({_NAMES})\s+(?:(?i:operating|business|reportable)\s+)?(?i:segments?)\b")
_APART = pattern(r"\s{0,9},\s*(?:and\s+)?|\s{1,9}and\s+(?=[A-Z])")
_NO_NAMES = frozenset(
    {
        "",
        "our",
        "its",
        "total",
        "each",
        "all",
        "other",
        "reportable",
        "operating",
        "business",
        "these",
        "both",
        "company",
        "no",
    }
)
_OWN = pattern(r"^(?:our|its|each|this)\s+")
_WHOSE = pattern(r"\b(?:of|for)\s+(?:the\s+)?(?=[A-Z])")
_IN_PARENTHESES = pattern(r"\([^()]*\)?")
_JOINED = pattern(r" (?:and|&) ", re.IGNORECASE)  # captions have single blanks
_HEAD = 4000
_BEGINNING = 1000  # characters in which a release says whose it is
_NAMED_KINDS = PRIMARY | {Kind.HIGHLIGHTS}
_FIRST = 12  # paragraphs, among which is the one with the dateline


def explained_names(document: Document) -> Names:
    """Return the names that *document* gives its company and its segments."""
    filers = {shortened_name(scope_words(name)) for name in _announcers(document)} - {""}
    others = frozenset(_acquired_names(document, filers)) | _titled_others(document, filers)
    others |= frozenset(_joined_others(document, filers))
    company = (
        frozenset(name for name in _company_names(document, filers) if not _names_one_of(others, name)) - _NO_NAMES
    )
    company = frozenset(name for name in company if column_part(name) is None)  # "Parent Company" is none
    found = {_OWN.sub("", scope_words(name)) for name in _segment_names(document)} - _NO_NAMES - company
    head = frozenset(scope_words(_beginning(document)).split())
    return Names(company=company, head=head, segments=frozenset(found), others=others, clear=not document.ocr)


def _beginning(document: Document) -> str:
    """Return what *document* begins with, above its first table."""
    above = takewhile(lambda block: isinstance(block, Paragraph), document.blocks)
    return " ".join(block.text.string for block in islice(above, _FIRST) if isinstance(block, Paragraph))[:_BEGINNING]


def _company_names(document: Document, filers: Collection[str]) -> Iterator[str]:
    """Yield what *document* calls its company, folded: as its header does, and what has a word of the name of one of *filers*.

    Where no filer is known, of one that stands at the beginning, if it can be above the first table: no "Asset Management
    Group" is the company below "Acme Group".
    """
    if document.submission is not None and document.submission.company:
        yield scope_words(document.submission.company)
    head = document.text[:_HEAD]
    words = _name_words(filers or [*_named_in(_beginning(document))] or [*_named_in(head)])
    yield from _named_in(head, words)
    for line in {line.string for table in document.tables for line in table.caption}:
        yield from _named_in(line, words)


def _name_words(names: Iterable[str]) -> frozenset[str]:
    """Return the words of *names* that are neither those of titles nor legal forms: "Rail Group" has none of "Acme Group"."""
    forms = {form.lower() for form in word_set("companies", "forms")}
    return frozenset(word for name in names for word in name.split()) - word_set("scopes", "title_words") - forms


def _named_in(text: str, words: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the names of companies in *text*, folded, whole and without their legal form, that have one of *words*, if any."""
    for found in company_name().finditer(" ".join(text.split())):
        if not words or not words.isdisjoint(scope_words(found.group()).split()):
            yield from (scope_words(found.group()), scope_words(found.group(1)))


def _titled_others(document: Document, filers: Collection[str]) -> frozenset[str]:
    """Return the companies, in short, that titles name and that are not the filer, where its name is known.

    Those are they that have no word of its name, where others have, or where highlights alone are of one of which the
    beginning says nothing; those beside the filer itself over a statement of the same kind: its partnership, its utility; and
    others of its group by their names.
    """
    words = {word for name in filers for word in name.split()}
    titles = {title for table in document.tables for title in _titled([line.string for line in table.caption])}
    named = {name for _, name in titles}
    others = frozenset(name for name in named if words.isdisjoint(name.split()))
    beside = {name for kind, name in titles if name not in filers and any((kind, filer) in titles for filer in filers)}
    beside.update(name for name in named if is_sibling(name, filers))
    if len(others) < len(named):
        return others | beside
    if not filers:
        return frozenset()
    head = set(scope_words(_beginning(document)).split())
    retold = {name for name in others if head.isdisjoint(name.split()) and (Kind.HIGHLIGHTS, name) in titles}
    return frozenset(beside) | {name for name in retold if not any((kind, name) in titles for kind in PRIMARY)}


def is_sibling(name: str, filers: Collection[str]) -> bool:
    """Whether *name* has the first word of each of *filers*, lacks others of theirs, and has one of its own: another of the group.

    A letter alone tells no name from another.

    >>> is_sibling("elm wealth group", ["elm financial group"]), is_sibling("elm financial", ["elm financial group"])
    (True, False)
    >>> is_sibling("elm wealth group", ["elm a"])
    False
    """
    words = set(name.split())
    own = _name_words([name])
    return bool(filers) and all(
        filer.split()[0] in words
        and {word for word in filer.split() if len(word) > 1} - words
        and own - set(filer.split())
        for filer in filers
    )


def _joined_others(document: Document, filers: Collection[str]) -> Iterator[str]:
    """Yield the companies, in short, that titles join with the filer: "Combined Statements of Elm Inc. and Gauge Inc."."""
    words = {word for name in filers for word in name.split()}
    for line in {line.string for table in document.tables for line in table.caption} if filers else ():
        parts = joined_names(line)
        if len(parts) > 1 and not words.isdisjoint(scope_words(line).split()):
            for found in (found for part in parts for found in company_name().finditer(part)):
                name = shortened_name(scope_words(found.group()))
                if name and words.isdisjoint(name.split()):
                    yield name


def _names_one_of(others: Collection[str], name: str) -> bool:
    """Whether *name* is that of one of *others*, or joined with it: "Elm Inc. and Gauge Inc."."""
    return shortened_name(name) in others or any(name.find(f" {other}") > 0 for other in others)


def joined_names(line: str) -> Sequence[str]:
    """Return what *line* joins by "and"."""
    return _JOINED.split(line)


def _titled(caption: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    """Yield the kind and whose statement *caption* names: "Balance Sheets of Elm Gauge LLC", "Elm Gauge LLC Balance Sheets",
    or that name on the line above the title.
    """
    for above, line in pairwise(["", *caption]):
        kind = title_kind(line)
        if kind is not None and kind in _NAMED_KINDS:
            for part in (above, *_WHOSE.split(line)):
                if name := named_first(part):
                    yield kind, name


def named_first(text: str) -> str:
    """Return in short the company that *text* begins with, where that is all, or it goes on with a title; none otherwise.

    >>> named_first("ELM GAUGE INC. BALANCE SHEETS"), named_first("Selected Data of Elm Gauge Inc.")
    ('elm gauge', '')
    """
    found = company_name().match(text) or company_name().match(text.title())  # "ELM GAUGE INC."
    if found is None or title_kind(found.group()) is not None:
        return ""
    behind = _IN_PARENTHESES.sub(" ", text[found.end() :])
    if title_kind(behind) is None and shortened_name(scope_words(behind)):
        return ""  # "Elm Gauge Corp. Building"
    words = shortened_name(scope_words(found.group())).split()
    return " ".join(dropwhile(word_set("scopes", "title_words").__contains__, words))  # "Consolidated Elm Gauge"


def _acquired_names(document: Document, filers: Collection[str]) -> Iterator[str]:
    """Yield the companies that sentences say are bought, in short, where it is known that the filer is none of them."""
    for paragraph in document.paragraphs if filers else ():
        text = paragraph.text.string
        if "cqui" in text or "erge" in text or "urchase" in text or "ombination" in text:
            for found in _buying().finditer(text):
                name = shortened_name(scope_words(found[1]))
                if " " in name and not any(name.startswith(filer) or filer.startswith(name) for filer in filers):
                    yield name


def _announcers(document: Document) -> Iterator[str]:
    """Yield who files *document*: by its header, and by the name behind the dateline, "BOISE, May 2, 2001 -- Acme Corp."."""
    if document.submission is not None and document.submission.company:
        yield document.submission.company
    for paragraph in document.paragraphs[:_FIRST]:
        yield from (found[1] for found in announced_name().finditer(paragraph.text.string[:_HEAD]))


@cache
def _buying() -> re.Pattern[str]:
    """Return the pattern of what is bought, and of the statements of it."""
    part = r"(?:(?:all|substantially|\d+%)\s+(?:\w+\s+){0,8}?of\s+)?"
    return re.compile(rf"\b(?i:{company_words('acquiring')})\s+{part}(?:the\s+)?({_NAMED})")


def shortened_name(words: str) -> str:
    """Return the folded name of a company without its legal form.

    >>> shortened_name("elm hill savings corp and subsidiaries")
    'elm hill savings'
    """
    kept = words.split()
    while kept and kept[-1] in word_set("companies", "dull") | word_set("companies", "behind"):
        kept.pop()
    return " ".join(kept)


def _segment_names(document: Document) -> Iterator[str]:
    """Yield what the sentences of *document* call segments: "two segments, Rail and Barge", "the Rail segment"."""
    for paragraph in document.paragraphs:
        text = paragraph.text.string
        if any(map(text.__contains__, _MAY_NAME)):
            for pattern in _naming(lowered(text)):
                for found in pattern.finditer(text):
                    yield from _APART.split(found[1])
                    yield found[1]


def _naming(low: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of names of segments whose words stand in *low*."""
    if _MAY_LIST.search(low):
        yield _LISTED
    if "segment" in low:
        yield _BEFORE
