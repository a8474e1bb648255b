"""The scope of whole tables and of rows: a schedule of the parent, a segment's table, the sectors of one statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from msgspec.structs import replace

from tagger.data import load_json, word_set
from tagger.grid.titles import is_title
from tagger.lexicon import find_periods, parse_scales
from tagger.patterns import pattern
from tagger.statement import COMPANY, PRIMARY, RETOLD, Kind, Line, Part, Scope, Statement
from tagger.statements.kinds import bears, fold_title, title_kind
from tagger.statements.names import is_sibling, joined_names, named_first, shortened_name
from tagger.statements.scope import Names, column_part, printed_name, scope_words, without_name, words_besides
from tagger.statements.sectors import with_sectors
from tagger.statements.stocks import with_stocks

_BRACKETS = pattern(r"\([^()]*\)")
_LONGEST_NAME = 4  # words
_LONGEST_SHORT = 5  # letters of an abbreviation
_ONLY = " only"
_ASIDE = pattern(r"^(?P<label>[^()]*[^()\s])\s*\((?P<aside>\w[^()]*)\)$")
_PLACE = pattern(r"[\d,]")
_LISTED = 2  # commas of a list
_BY = pattern(r"\bby\b", re.IGNORECASE)
_SEGMENT = pattern(
    r"^(?P<name>(?!.*\b(?:by|of|reportable|operating|business|selected|other|all|total|per|each|multi)\b).+?)\s{1,9}(?:segment|division)"
    r"(?:\s+(?:results|statements?|operations|income|summary|financial|highlights|data|information|balance)\b.*)?$"
)
_SUBSIDIARY = pattern(r"\bsubsidiar(?:y|ies)\s+of\s+(?:the\s+)?(?P<owner>[^(),;]{2,60})", re.IGNORECASE)
_SIGNS = r"\s{1,9}[-–—]+\s+|[:,|]\s+|\s{0,9}[()]\s*"
_BETWEEN_SIGNS = pattern(_SIGNS)
_TITLED = pattern(rf"{_SIGNS}|\bof\s+(?=[A-Z])")  # between a title and whose it is
_OF = pattern(r"\bof\s+(?:the\s+)?")
_COMBINED = pattern(r"\bcombined\b", re.IGNORECASE)
_OF_GROUP = pattern(r"parent|guarantor|consolidated|registrant", re.IGNORECASE)
_ENTITIES = frozenset({Part.PARENT, Part.GUARANTORS, Part.NON_GUARANTORS})
_LIKE = 4  # rows that two tables have in common


def table_scope(caption: Sequence[str], names: Names) -> Scope:
    """Return whose figures a table under *caption* holds: the company's, unless a line above says otherwise."""
    for line in reversed(caption):
        part = _part_of(line)
        if part is not None:
            return Scope(part, printed_name(line), f"{line!r}")
        words = scope_words(line)
        if _names_two(line, caption, names):
            return Scope(Part.OTHER, printed_name(line), f"{line!r} names another company beside the company")
        if names.others and _names_another(line, names):
            return Scope(Part.OTHER, printed_name(line), f"{line!r} names another company")
        owner = _SUBSIDIARY.search(line)
        if owner and not _owners(names).isdisjoint(_shortened(scope_words(owner["owner"]))):
            return Scope(Part.OTHER, printed_name(line), f"{line!r} names a subsidiary of the company")
        named = _segment_in(line, names)
        if named:
            return Scope(Part.SEGMENT, printed_name(named), f"the text names {named!r} as a segment")
        found = _SEGMENT.match(without_name(words, names.company))
        if found and words not in names.company:
            return Scope(Part.SEGMENT, found["name"].title(), f"{line!r} names a segment")
    return COMPANY


def _names_another(line: str, names: Names) -> bool:
    """Whether *line*, or a part of it ("Balance Sheets of Elm Gauge LLC"), is a name that the document explains as another's."""
    parts = (line, *_TITLED.split(line))
    return any(name(part) in names.others for part in parts for name in (_in_short, named_first))


def _names_two(line: str, caption: Sequence[str], names: Names) -> bool:
    """Whether *line* joins the company's name with another's, which statements are "combined" of, or which has a legal form.

    "Combined Statements of Elm Gauge and Harlan Pump", "ELM GAUGE INC. AND HARLAN PUMP INC."
    """
    joined = joined_names(line) if names.clear and names.company else ()
    if len(joined) < 2:
        return False
    own = {word for name in names.company for word in name.split()} - word_set("scopes", "title_words")
    others = [part for part in joined if own.isdisjoint(scope_words(part).split())]
    if not others or len(others) == len(joined):
        return False
    combined = any(_COMBINED.search(one) for one in caption)
    return any(
        words_besides(scope_words(part), names, measures=True) if combined else named_first(part) for part in others
    )


def _in_short(part: str) -> str:
    return shortened_name(scope_words(part))


@lru_cache(maxsize=512)
def _part_of(line: str) -> Part | None:
    """Return whose figures a table is of by the words of a *line* over it alone; lines of a release stand over many."""
    folded = fold_title(line)
    told = (part for part, phrases in _tables() if any([phrase in folded for phrase in phrases]))
    found = next(told, None) if "consolidating" not in folded else None
    return found or _entity_in(line)


def _entity_in(line: str) -> Part | None:
    """Return the part of the group that a title names between its signs: "Elm Corp. (Parent Company)", "Income - Guarantors"."""
    if _OF_GROUP.search(line) is None or "consolidating" in line.lower():
        return None
    pieces = (*_BETWEEN_SIGNS.split(line), *_OF.split(line)[-1:])
    told = (column_part(scope_words(piece)) for piece in pieces)
    return next((part for part in told if part in _ENTITIES), None)


def _owners(names: Names) -> frozenset[str]:
    """Return what a title calls the company that owns another: by its name, or "the Company"."""
    return names.company | word_set("scopes", "itself")


def _segment_in(line: str, names: Names) -> str:
    """Return the part of a title's *line* that the text names as a segment: "Results of Operations - Wealth Management".

    None of what it lists: "sales in Norway, Chile, and other countries" are not those of Chile.
    """
    parts: list[str] = _TITLED.split(line) if line.count(",") < _LISTED else []
    for part in (line, *parts):
        words = scope_words(part)
        if words and words in names.segments and words not in names.company:
            return part.strip()
    return ""


def named_segment(caption: Sequence[str], labels: Iterable[str], names: Names) -> Scope | None:
    """Return the segment that stands under the title "Segment results" over a whole statement of rows, if one does."""
    titled = next((place for place, line in enumerate(caption) if title_kind(line) is Kind.SEGMENT), len(caption))
    labels = tuple(labels)
    told = replace(names, head=frozenset())  # of its segments a release speaks at its beginning as well
    for line in caption[titled + 1 :]:
        words = scope_words(line)
        plain = title_kind(line) is None and not parse_scales(line) and 0 < len(words.split()) <= _LONGEST_NAME
        results = bears(Kind.OPERATIONS, labels) or (
            _besides(line, told, measures=True) and any(map(_is_total, labels))
        )
        if plain and words not in names.company and results:
            return Scope(Part.SEGMENT, printed_name(line), f"{line!r} stands under a title of segments")
    return None


def scope_over(over: Iterable[str], names: Names) -> Scope:
    """Return whose a table that tells figures again is by what stands *over* its rows: "Retail Banking" is none of the company's.

    None can be told from a word of the company's, or of amounts: "Mortgage Banking Income".
    """
    for line in over:
        amount = not word_set("scopes", "total_words").isdisjoint(scope_words(line).split())
        if not amount and (words := _besides(line, names, measures=True)):
            return Scope(Part.OTHER, printed_name(line), f"{line!r} stands over all its rows, and names {words!r}")
    return COMPANY


def beside_segments(statements: tuple[Statement, ...], names: Names) -> tuple[Statement, ...]:
    """Return *statements*, those as segments that stand beside the table of one and have its rows, under a name as well."""
    found = list(statements)
    for way in (1, -1):
        for at in range(len(found))[::way]:
            beside = found[at - way] if 0 <= at - way < len(found) else None
            if beside is not None and beside.scope.part is Part.SEGMENT and _is_like(found[at], beside, names):
                why = f"it stands beside {beside.title!r}, a segment, with rows like its own"
                found[at] = replace(found[at], scope=Scope(Part.SEGMENT, printed_name(found[at].title), why))
    return tuple(found)


def titled_apart(statements: tuple[Statement, ...], names: Names) -> tuple[Statement, ...]:
    """Return *statements*, those of which the title names something besides the company and the statement as another's.

    "Rail Operations", "Franchise Statements of Income", "Rail Highlights": whose these are is not told. What all titles of
    statements say is the company's name.
    """
    said = [_named_besides(statement, names) for statement in statements]
    titled = [
        words
        for words, statement in zip(said, statements, strict=True)
        if statement.kind in PRIMARY and statement.title
    ]
    own = set(titled) if len(titled) > 1 and len(set(titled)) == 1 else set()
    return tuple(
        replace(
            one,
            scope=Scope(
                Part.OTHER, printed_name(one.title), f"its title {one.title!r} or a line beside it names {words!r}"
            ),
        )
        if words and words not in own
        else one
        for one, words in zip(statements, said, strict=True)
    )


def _named_besides(statement: Statement, names: Names) -> str:
    """Return the words over a statement that are neither the company's nor those of statements; none where that cannot be told.

    Over a table that tells figures again what it measures may be named too, and every line counts, where its columns are
    not of several parts: a line may be what is over some of these. Over a statement a line beside its title counts that is
    a name and nothing else: "Commercial Banking" above "Statements of Income".
    """
    retold = statement.kind in RETOLD
    if statement.scope != COMPANY or not (retold or statement.kind in PRIMARY):
        return ""
    lines = [line.string for line in statement.table.caption]
    of_all = all(column.scope == COMPANY for column in statement.columns)
    beside = _names_beside(statement.title, lines) if of_all else []
    called = (scope_words(_BRACKETS.sub(" ", line)) for line in beside)  # "(NYSE: ACM)" is no name
    siblings = (words for words in called if names.clear and is_sibling(words, names.company))
    told = (
        _besides(line, names, measures=retold) for line in (lines if of_all and retold else [statement.title, *beside])
    )
    return next((words for words in (*siblings, *told) if words), "")


def _names_beside(title: str, caption: Sequence[str]) -> list[str]:
    """Return the lines of *caption* right above and below the *title* of a statement that hold no word of titles.

    Nor a time or a comma: those are places, and their datelines.
    """
    at = caption.index(title) if title in caption and title_kind(title) is not None else len(caption)
    beside = [caption[place] for place in (at - 1, at + 1) if 0 <= place < len(caption)]
    common = word_set("scopes", "title_words") | word_set("scopes", "measure_words")
    common -= word_set("scopes", "name_words")
    return [line for line in beside if _PLACE.search(line) is None and common.isdisjoint(scope_words(line).split())]


def _besides(line: str, names: Names, *, measures: bool) -> str:
    """Return the words of a title's *line*, up to "by" which it is broken down, that are neither the company's nor known ones.

    None where it lists three things or more: what a table measures, not whose it is.
    """
    if not is_title(line) or line.count(",") >= _LISTED:
        return ""
    found = words_besides(scope_words(_BY.split(line)[0]), names, measures=measures)
    return found if len(found.split()) <= _LONGEST_NAME else ""


def _is_like(statement: Statement, beside: Statement, names: Names) -> bool:
    """Whether *statement*, which has a name that is none of the company's, has the rows of the table of a segment *beside* it."""
    words = scope_words(statement.title)
    if statement.scope != COMPANY or any(column.scope != COMPANY for column in statement.columns):
        return False
    if (
        not 0 < len(words.split()) <= _LONGEST_NAME
        or words in names.company
        or title_kind(statement.title)
        or parse_scales(statement.title)
    ):
        return False
    if not frozenset(load_json("scopes")["company"]).isdisjoint([words, *words.split()]):
        return False
    own, other = ({line.label for line in one.lines if line.figures} for one in (statement, beside))
    return len(own & other) >= _LIKE and 2 * len(own & other) >= min(len(own), len(other))


def _shortened(name: str) -> Iterator[str]:
    """Yield *name*, and what is left of it without its last words, of which a company leaves some out."""
    words = name.split()
    return (" ".join(words[:count]) for count in range(len(words), 0, -1))


def with_parts(lines: Sequence[Line], kind: Kind, names: Names) -> tuple[Line, ...]:
    """Return *lines* with the scopes that their own words and their headings give them: sectors, classes of stock."""
    lines = with_stocks(lines, kind)
    parted = with_sectors(lines, kind, names)
    if kind not in PRIMARY and not any(line.scope.part is Part.SEGMENT for line in parted):
        parted = tuple(_of_segment(line, names) for line in lines)
    return tuple(_named_aside(line, names) for line in parted)


def _named_aside(line: Line, names: Names) -> Line:
    """Return *line* with the scope that the end of its label gives it in parentheses: "Net income (Rail)", "Cash (parent only)".

    The company's own name there says nothing: "Net income (Norwell)" is net income.
    """
    found = _ASIDE.search(line.label) if line.label[-1:] == ")" and line.scope == COMPANY else None
    if found is None:
        return line
    if any(f"{name} ".startswith(f"{scope_words(found['aside'])} ") for name in names.company):
        return replace(line, label=found["label"])
    part = _part_aside(found["label"], found["aside"], names)
    if part is None:
        return line
    return replace(line, scope=Scope(part, printed_name(found["aside"]), f"its label says so: {line.label!r}"))


def without_part_aside(label: str, scope: Scope) -> str:
    """Return *label* of a row without the part in parentheses that its *scope* is of.

    >>> without_part_aside("Net income (Rail)", Scope(Part.SEGMENT, "Rail", ""))
    'Net income'
    """
    found = _ASIDE.search(label) if scope.name and label[-1:] == ")" else None
    return found["label"] if found is not None and printed_name(found["aside"]) == scope.name else label


def _part_aside(label: str, aside: str, names: Names) -> Part | None:
    """Return the part of the company that *aside* behind *label* names; that of another time is none of it."""
    words = scope_words(aside)
    only = words.endswith(_ONLY)
    if only and (part := column_part(words)) is not None:
        return part
    if words in names.segments:
        return Part.SEGMENT
    if any(said.length or said.year for said in find_periods(aside)):
        return Part.OTHER if _is_total(label) else None
    if not _is_total(label) or not (only or _is_name(aside)):
        return None
    return Part.OTHER if words_besides(words, names, measures=True) else None


def _is_total(label: str) -> bool:
    """Whether *label* is that of an amount of a whole company, and of nothing in it: "Net income", "Total assets"."""
    return word_set("scopes", "total_words").issuperset(label.lower().split())


def _is_name(aside: str) -> bool:
    """Whether *aside* is written as a name is, and not as an abbreviation."""
    words = aside.split()
    short = len(words) == 1 and aside.isupper() and len(aside) <= _LONGEST_SHORT
    return all(word[0].isupper() for word in words) and not short


def _of_segment(line: Line, names: Names) -> Line:
    heading = next((heading for heading in reversed(line.headings) if scope_words(heading) in names.segments), None)
    if heading is None:
        return line
    return replace(line, scope=Scope(Part.SEGMENT, printed_name(heading), f"the text names {heading!r} as a segment"))


@cache
def _tables() -> tuple[tuple[Part, tuple[str, ...]], ...]:
    return tuple((Part(part), tuple(phrases)) for part, phrases in load_json("scopes")["tables"].items())
