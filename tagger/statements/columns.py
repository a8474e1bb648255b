"""The columns of a statement: what their figures are, and the period they speak of."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations

from msgspec.structs import replace

from tagger.data import load_json, word_set
from tagger.document import Cell, Row
from tagger.fiscal import Calendar, resolve
from tagger.grid.titles import is_title
from tagger.lexicon import (
    PeriodPhrase,
    combine,
    find_periods,
    is_span,
    is_unmeasured,
    residue,
    split_headings,
    without_times,
)
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.statement import Column, Kind, Use
from tagger.statements.currencies import with_currencies
from tagger.statements.datelines import without_datelines
from tagger.statements.dealing import deal_dates, deal_spans
from tagger.statements.sections import Figures, Section
from tagger.statements.stacks import read_stack, with_quarters
from tagger.values import Duration, Instant, Period

_WORDS = pattern(r"[a-z%/()\-]+")
_CHANGED = pattern(r"\b(?:increase|decrease)s?\)?\s*/\s*\(?(?:increase|decrease)s?\b")
_COMPARES = shape(r"\b(?:\L<changes>|decrease)s?\b.*\b(?:\L<compared>|compared)\b|%\s*change|change\s*%|\bvs\.?\s")
_HALF = 150  # days that six months have at least
_YEAR = 350  # days that twelve months have at least
_APART = 21  # days that two periods of a table are apart at least
_MOST_SPANNED = 12  # columns among which to look for the run of each outer heading
_YEAR_ALONE = shape(r"\L<year>")
_ONE_DATE = "one date is printed for several years that do not end on the same day"
_OPEN = "its heading names a quarter or half, and nothing says of which year"
_BARE = pattern(r"[\W\d_]+")
_CALENDAR = pattern(r"\bcalendar\b", re.IGNORECASE)
_DECEMBER = 12
_AT_A_DATE = frozenset({Kind.BALANCE_SHEET})


def read_columns(
    section: Section, figures: Figures, caption: Sequence[str], kind: Kind, calendar: Calendar
) -> tuple[Column, ...]:
    """Return the columns of *section* that hold figures."""
    used = used_columns(section, figures)
    spans = _dealt_spans(section, used)
    columns = list(_columns(section, figures, used, spans, tuple(without_datelines(caption)), kind, calendar))
    if not spans and _at_odds(columns, section):
        columns = _dealt_anew(columns, section, kind, calendar)
    columns = _without_wrapped_years(_without_torn_years(_without_twins(columns), section), section)
    columns = _without_years_ahead(_without_open_lengths(columns))
    return tuple(with_currencies(_without_open_years(columns, calendar), section))


def _without_twins(columns: list[Column]) -> list[Column]:
    """Leave without a period the columns whose periods lie a few days apart: "June 29," beside "July 1,", the years not printed."""
    told = [c for c in columns if c.use is Use.FIGURES and isinstance(c.period, Duration)]
    twins = {column.index for pair in combinations(told, 2) if _are_twins(*pair) for column in pair}
    why = "the column beside it is of all but the same days: of which years they are is not printed"
    return [replace(c, period=None, instant=None, why=why) if c.index in twins else c for c in columns]


def _without_open_lengths(columns: list[Column]) -> list[Column]:
    """Leave without a period the columns that name this year or the year before and no length, where those of the table differ.

    "Prior Year" beside "Current Year" may be the year or its quarter, and so may this.
    """
    told = [c for c in columns if c.use is Use.FIGURES and isinstance(c.period, Duration)]
    days = [c.period.days for c in told if isinstance(c.period, Duration)]
    if max(days, default=0) - min(days, default=0) < _APART:
        return columns
    open_ = {column.index for column in told if _has_open_length(column.heading)}
    why = "how long its period is, is not said, and those beside it differ in length"
    return [replace(c, period=None, instant=None, why=why) if c.index in open_ else c for c in columns]


def _without_years_ahead(columns: list[Column]) -> list[Column]:
    """Leave without a period a year or other length that is not said to be over beside a quarter of which that is not said.

    "Full Year" beside "First Quarter" in a release of the fourth may be the next. Where the quarter reported on stands beside
    them, all are of its year.
    """
    if not any(column.why == _OPEN for column in columns):
        return columns
    parts = {c.index for c in columns if (phrase := combine([c.heading])) is not None and phrase.is_part_alone}
    told = [c for c in columns if c.index in parts and c.period is not None]
    if any(phrase.quarter for column in told if (phrase := combine([column.heading])) is not None):
        return columns
    why = "of which year it is, is not said, and a quarter beside it may be ahead"
    return [replace(c, period=None, instant=None, why=why) if c in told else c for c in columns]


def _has_open_length(heading: str) -> bool:
    phrase = combine([heading])
    return phrase is not None and bool(phrase.relation) and (_is_current_year(phrase) or not _has_length(phrase))


def _are_twins(one: Column, other: Column) -> bool:
    first, second = one.period, other.period
    if first == second or not (isinstance(first, Duration) and isinstance(second, Duration)):
        return False
    return max(abs((first.start - second.start).days), abs((first.end - second.end).days)) < _APART


def _without_torn_years(columns: list[Column], section: Section) -> list[Column]:
    """Leave without a period a column headed by a year alone that stands between columns under lengths of time.

    Where each of these stands over one column as far as it is known ("Half year to 31 December" over "2010", and "2009"
    beside it), the year may be one of them.
    """
    rows = [[cell for cell in row.cells if cell.column] for row in section.headings[:-1]]
    told = {cell.column for row in rows if len(row) > 1 and all(map(_is_length, row)) for cell in row}
    why = "a year alone between columns under lengths of time: whether one of these is its own is not clear"
    return [
        replace(column, period=None, instant=None, why=why)
        if _YEAR_ALONE.fullmatch(column.heading.strip()) and min(told, default=column.index) < column.index < max(told)
        else column
        for column in columns
    ]


def _without_wrapped_years(columns: list[Column], section: Section) -> list[Column]:
    """Leave without a period quarters that one year stands over and that do not run through it.

    "2011" over "December 31, March 31, June 30, September 30" is a fiscal year: December is of the year before.
    """
    ends: dict[int, list[dt.date]] = {}
    quarters = [c for c in columns if c.use is Use.FIGURES and isinstance(c.period, Duration) and c.period.days < _HALF]
    quarters = [c for c in quarters if not _years(section.over(c.index)[-1:])]
    for column in quarters:
        assert column.period is not None
        ends.setdefault(column.period.end.year, []).append(column.period.end)
    wrapped = {
        year for year, run in ends.items() if len(set(run)) == len(run) > 2 and sorted(run) not in (run, run[::-1])
    }
    why = "the quarters below one year do not run through it: it is a fiscal year, and of which year each is, is not clear"
    return [
        replace(column, period=None, instant=None, why=why)
        if column in quarters and column.period and column.period.end.year in wrapped
        else column
        for column in columns
    ]


def _is_length(cell: Cell) -> bool:
    phrase = combine([cell.text.string]) if cell.colspan == 1 else None
    return phrase is not None and bool(phrase.length) and not phrase.year


def _without_open_years(columns: list[Column], calendar: Calendar) -> list[Column]:
    """Leave columns headed by years alone without a period where one of the years is not over: none is a whole year."""
    ended = max((day for day in (calendar.today, calendar.current and calendar.current.end) if day), default=None)
    years = [c for c in columns if c.use is Use.FIGURES and c.period and _YEAR_ALONE.fullmatch(c.heading.strip())]
    if ended is None or all(column.period.end <= ended for column in years if column.period):
        return columns
    why = "a year beside it is not over: these are not whole years"
    return [replace(c, period=None, instant=None, why=why) if c in years else c for c in columns]


def _at_odds(columns: Sequence[Column], section: Section) -> bool:
    """Whether headings cannot stand over the columns as they were put: two years or dates over one, one period over two."""
    told = [column for column in columns if column.use is Use.FIGURES]
    periods = [(column.period, _rest(column.heading)) for column in told if column.period is not None]
    if len(set(periods)) < len(periods):
        return True
    return any(_is_mixed(section.over(column.index)) for column in told) or _is_bare(
        [column.index for column in told], section
    )


def _is_bare(columns: Sequence[int], section: Section) -> bool:
    """Whether a row of years leaves out a column that names a quarter and no year: over which columns they stand is not seen."""
    rows = [[cell for cell in row.cells if cell.column] for row in section.headings[:-1]]
    years = [row for row in rows if len(row) > 1 and all(_YEAR_ALONE.fullmatch(c.text.string.strip()) for c in row)]
    if not years:
        return False
    stacks = with_quarters([section.over(column) for column in columns])
    return any(
        not any(cell.stands_over(column) for cell in row) and _is_yearless_quarter(stack)
        for row in years
        for column, stack in zip(columns, stacks, strict=True)
    )


def _is_yearless_quarter(stack: Sequence[str]) -> bool:
    phrase = combine(stack)
    return phrase is not None and bool(phrase.quarter) and not _has_year(phrase)


def _is_mixed(stack: Sequence[str]) -> bool:
    """Whether the headings over one column name two years or two dates, and no span between them: they belong to two columns."""
    if len(_years(stack)) < 2 and len(_dates(stack)) < 2:
        return False
    phrase = read_stack(stack)
    return phrase is None or phrase.since is None


def _years(stack: Sequence[str]) -> set[int]:
    return {phrase.year for text in stack for phrase in find_periods(text) if phrase.year}


def _dates(stack: Sequence[str]) -> set[tuple[int | None, int | None]]:
    """Return the dates that *stack* names, without their year."""
    found = find_periods(" ".join(stack))
    return {(phrase.month, phrase.day) for phrase in found if phrase.year and phrase.month and phrase.day}


def _dealt_anew(columns: list[Column], section: Section, kind: Kind, calendar: Calendar) -> list[Column]:
    """Read all headings as one line and deal its periods out in order; where that does not work out, leave none.

    Headings that broke over lines ("March 30," / "2024 April 1," / "2023") no longer stand over their columns.
    """
    told = [column for column in columns if column.use is Use.FIGURES]
    spread = _spanned_anew(columns, section, kind, calendar) or _by_dates(columns, told, section, kind, calendar)
    if spread:
        return spread
    line = " ".join(cell.text.string for row in section.headings for cell in row.cells if cell.column)
    phrases = split_headings(line)
    dealt: dict[int, Column] = {}
    if len(phrases) == len(told) and not _stand_elsewhere(told, phrases, section):
        for column, phrase in zip(told, phrases, strict=True):
            period, why = _resolved(phrase, kind, calendar)
            instant = Instant(period.end) if period else None
            dealt[column.index] = replace(
                column, period=period, instant=instant, why=f"{why}; headings dealt out in order"
            )
    if _is_bare([column.index for column in told], section):
        why = "over which columns the outer headings stand is not clear"
        dealt = {column.index: replace(column, period=None, instant=None, why=why) for column in told}
    elif len({column.period for column in dealt.values()} - {None}) < len(told):
        mixed = {column.index for column in told if _is_mixed(section.over(column.index))}
        why = "its heading names two years or dates"
        dealt = {c.index: replace(c, period=None, instant=None, why=why) for c in told if c.index in mixed}
    return [dealt.get(column.index, column) for column in columns]


def _stand_elsewhere(told: Sequence[Column], phrases: Sequence[PeriodPhrase], section: Section) -> bool:
    """Whether the order of lines gives a column of *told* another year than the one that stands over it alone."""
    own = {cell.column: cell.text.string for row in section.headings for cell in row.cells if cell.colspan == 1}
    years = {column: _years([text]) for column, text in own.items()}
    return any(
        len(said := years.get(column.index) or set()) == 1 and phrase.year is not None and phrase.year not in said
        for column, phrase in zip(told, phrases, strict=True)
    )


def _spanned_anew(columns: list[Column], section: Section, kind: Kind, calendar: Calendar) -> list[Column]:
    """Set the outer headings over other runs of columns, where just one way gives each column a period of its own.

    Lines of text centre "Quarters Ended" over five columns and "Years Ended" over two: where one ends is not seen.
    """
    outer = [cell.text.string for row in section.headings[:1] for cell in row.cells if cell.column]
    inner = dataclasses.replace(section, headings=section.headings[1:])
    if not 1 < len(outer) < len(columns) <= _MOST_SPANNED or any(column.use is not Use.FIGURES for column in columns):
        return []
    ways = []
    for cuts in combinations(range(1, len(columns)), len(outer) - 1):
        spans = [sum(cut <= position for cut in cuts) for position in range(len(columns))]
        stacks = with_quarters(
            [[outer[span], *inner.over(column.index)] for span, column in zip(spans, columns, strict=True)]
        )
        read = [_resolved(read_stack(stack), kind, calendar)[0] for stack in stacks]
        if None not in read and len(set(read)) == len(columns):
            ways.append((stacks, read))
    ways = ways if len(ways) == 1 else [way for way in ways if _run_in_time(way[1], calendar)]
    if len(ways) != 1:
        return []
    why = "the one way in which the outer headings give each column its own period"
    return [
        replace(column, heading=" ".join(stack), period=period, instant=Instant(period.end), why=why)
        for column, stack, period in zip(columns, *ways[0], strict=True)
        if period is not None
    ]


def _run_in_time(periods: Sequence[Period | None], calendar: Calendar) -> bool:
    """Whether *periods* go from the newest to the oldest, or the other way, and none ends after the release."""
    ends = [period.end for period in periods if period is not None]
    last = calendar.today or (calendar.current.end if calendar.current else None)
    return sorted(ends) in (ends, ends[::-1]) and last is not None and max(ends) <= last


def _by_dates(
    columns: Sequence[Column], told: Sequence[Column], section: Section, kind: Kind, calendar: Calendar
) -> list[Column]:
    """Deal whole dates and years that ran together, or stand over the labels, out to the columns in order."""
    cells = [cell.text.string for row in section.headings for cell in row.cells]
    phrases = deal_dates(cells, (), len(told), weeks=calendar.weeks)
    if phrases is None:
        return []
    dealt = {}
    for column, phrase in zip(told, phrases, strict=True):
        period, why = _resolved(phrase, kind, calendar) if phrase else (None, _ONE_DATE)
        instant = Instant(period.end) if period else None
        dealt[column.index] = replace(column, period=period, instant=instant, why=f"{why}; dates dealt out in order")
    return [dealt.get(column.index, column) for column in columns]


def used_columns(section: Section, figures: Figures) -> list[int]:
    """Return the columns of *section* in which figures stand."""
    return sorted({cell.column for index, row in section.rows for cell in row.cells if (index, cell.column) in figures})


def heading_phrases(section: Section, figures: Figures) -> Iterator[PeriodPhrase]:
    """Yield what the headings of *section* say of time, column by column, as evidence for the calendar."""
    used = used_columns(section, figures)
    if _is_bare(used, section):
        return
    dealt = _dealt_spans(section, used)
    for column, stack in zip(used, with_quarters([section.over(column) for column in used]), strict=True):
        phrase = dealt.get(column) or read_stack(stack)
        if phrase is not None:
            yield phrase


def _columns(
    section: Section,
    figures: Figures,
    used: Sequence[int],
    spans: Mapping[int, PeriodPhrase],
    caption: Sequence[str],
    kind: Kind,
    calendar: Calendar,
) -> Iterator[Column]:
    """Yield the columns *used*; *spans* are the periods of those under headings that name the date of each of them."""
    printed = [section.over(column) for column in used]
    stacks = dict(zip(used, with_quarters(printed), strict=True))
    ordinal = printed != list(stacks.values())
    above = _caption_phrases(caption, section.headings)
    trailing = next((line for line in above if any(phrase.trailing for phrase in find_periods(line))), "")
    beside = () if kind in _AT_A_DATE else _shared_lengths(stacks.values())
    dealt = spans or (_dealt(above, used) if not any(_speaks(stack) for stack in stacks.values()) else {})
    dealt = dealt or _years_dated(stacks, caption, section, kind, calendar)
    expected = _expected(section, figures)
    for column in used:
        heading = " ".join(stacks[column])
        use = Use.FORECAST if column in expected else _use(stacks[column], column, section, figures)
        phrase = dealt.get(column) or read_stack(stacks[column])
        phrase = _completed(phrase, stacks[column], (*beside, *above)) if column not in dealt else phrase
        if not section.heads(column):
            yield Column(index=column, heading=heading, use=use, why="it stands right of all that have headings")
            continue
        if ordinal and stacks[column] and _YEAR_ALONE.fullmatch(stacks[column][-1]):
            why = "a year stands beside quarters in one row of headings: over which columns is not clear"
            yield Column(index=column, heading=heading, use=use, why=why)
            continue
        refused = _understood(stacks[column], (*beside, *above)) or _of_another_year(stacks[column], calendar)
        if refused is None and column not in dealt and not _speaks(stacks[column]):
            refused = _at_odds_above(above)
        period, why = refused or _resolved(phrase, kind, calendar)
        if trailing and isinstance(period, Duration) and period.days < _YEAR:
            period, why = None, f"{trailing!r} stands over it, and its heading names less than twelve months"
        instant = Instant(period.end) if period else None
        yield Column(index=column, heading=heading, use=use, period=period, instant=instant, why=why)


def _dealt_spans(section: Section, used: Sequence[int]) -> dict[int, PeriodPhrase]:
    """Return the periods of columns under headings that name the date of each of them."""
    return deal_spans({column: stack for column in used if (stack := section.over(column))}, section.headings)


def _understood(stack: Sequence[str], above: Sequence[str]) -> tuple[None, str] | None:
    """Return why no period is taken from a heading that is understood in part only; `None` if all of it is."""
    words = residue(stack)
    if words:
        return None, f"its heading is not understood whole: {' '.join(words)!r} is left over"
    unmeasured = next((line for line in above if is_unmeasured(line)), None)
    return (None, f"how long {unmeasured!r} is, is not said") if unmeasured else None


def _of_another_year(stack: Sequence[str], calendar: Calendar) -> tuple[None, str] | None:
    """Return why a heading that speaks of the calendar's year, "Calendar 2023", is none of a fiscal year that ends otherwise."""
    other = calendar.year_end is not None and calendar.year_end[0] != _DECEMBER
    if (
        other
        and any(_CALENDAR.search(text) for text in stack)
        and not any(said.month for said in find_periods(" ".join(stack)))
    ):
        return None, "its heading names a calendar year, and the fiscal year is another"
    return None


def _years_dated(
    stacks: Mapping[int, Sequence[str]], caption: Sequence[str], section: Section, kind: Kind, calendar: Calendar
) -> dict[int, PeriodPhrase]:
    """Return whole dates for columns headed by years: those of a line over the labels or of the caption."""
    labels = [cell.text.string for row in section.headings for cell in row.cells if not cell.column]
    told = {column: stack for column, stack in stacks.items() if _speaks(stack)}
    beside = [*reversed(labels), *reversed(caption)]
    phrases = deal_dates([" ".join(stack) for stack in told.values()], beside, len(told), weeks=calendar.weeks)
    dealt = {column: phrase for column, phrase in zip(told, phrases or (), strict=False) if phrase is not None}
    return dealt if kind in _AT_A_DATE or all(phrase.length for phrase in dealt.values()) else {}


def _shared_lengths(stacks: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return the outer heading that gives every other column its length ("Quarter ended"), if there is just one.

    A spanning heading sometimes misses a column that is set off by a box.
    """
    stacks = [stack for stack in stacks if len(stack) > 1]
    outer = {stack[0] for stack in stacks if (phrase := combine(stack)) and _has_length(phrase)}
    return tuple(outer) if len(outer) == 1 and not any(map(_is_mixed, stacks)) else ()


def _at_odds_above(above: Sequence[str]) -> tuple[None, str] | None:
    """Return why no period is taken from the lines *above* if two of these are headings, each of a period of its own."""
    headings = [line for line in above if not residue([line]) and not is_title(line)]
    told = {phrase: line for line in headings if (phrase := _whole(line)) is not None}
    if len(told) < 2:
        return None
    return None, "headings of different periods stand over it: " + " and ".join(map(repr, told.values()))


def _whole(line: str) -> PeriodPhrase | None:
    """Return the one period, with its length and its year, that *line* is a heading of."""
    said = list(find_periods(line))
    phrase = read_stack([line]) if len(said) == 1 else None
    return phrase if phrase is not None and _has_length(phrase) and phrase.year is not None else None


def _speaks(stack: Sequence[str]) -> bool:
    return any(find_periods(text) for text in stack)


def _caption_phrases(caption: Sequence[str], headings: Sequence[Row]) -> tuple[str, ...]:
    """Return the lines above the columns, and heading cells over the labels, that name a time."""
    over_labels = [cell.text.string for row in headings for cell in row.cells if not cell.column]
    return tuple(
        line for line in [*caption, *over_labels] if (len(line) < 200 or is_title(line)) and find_periods(line)
    )


def _dealt(above: Sequence[str], used: Sequence[int]) -> dict[int, PeriodPhrase]:
    """Deal the periods of a caption line ("December 31, 2024 and 2023") out to columns without headings."""
    for line in () if _at_odds_above(above) else reversed(above):
        phrases = split_headings(line)
        if len(phrases) == len(used):
            return dict(zip(used, phrases, strict=True))
    return {}


def _completed(phrase: PeriodPhrase | None, stack: Sequence[str], above: Sequence[str]) -> PeriodPhrase | None:
    """Fill in from the caption what a column heading leaves out: the length, the year, or the day it ends on."""
    phrase = _ended(phrase, above) if phrase is not None else None
    whole = phrase is not None and (_has_length(phrase) or phrase.instant) and _has_year(phrase)
    if phrase is not None and whole and not _is_current_year(phrase):
        return phrase
    told = _of_year(phrase, above) if phrase is not None else None
    if told is not None:
        return told
    for line in reversed(above):
        if phrase is not None and not _same_day(line, phrase):
            continue
        joined = read_stack([line, *stack])
        if joined is not None and (phrase is None or _has_length(joined) or _has_year(joined)):
            return joined
    return phrase


def _is_current_year(phrase: PeriodPhrase) -> bool:
    """Whether *phrase* is "current year" and no more: of a quarter, where the line above says that."""
    named = phrase.year or phrase.fiscal_year or phrase.month
    return phrase.relation == "current" and phrase.months == 12 and not named


def _ended(phrase: PeriodPhrase, above: Sequence[str]) -> PeriodPhrase:
    """Return a length of a year with the day on which the lines above end it, where they name one day.

    "Six Months" over "2015" below "For the three and six months ended September 30, 2015 and 2014".
    """
    if phrase.year is None or phrase.months is None or phrase.month or phrase.quarter or phrase.half:
        return phrase
    # a line of the caption may break off before the day: "FOR THE SIX MONTHS ENDED" / "JUNE 30, 1996 AND 1995"
    lasting = [said for line in (*above, " ".join(above)) for said in find_periods(line) if said.length]
    ends = {(said.month, said.day) for said in lasting if said.month and said.day}
    if len(ends) != 1 or phrase.since is not None:
        return phrase
    month, day = ends.pop()
    return replace(phrase, month=month, day=day)


def _same_day(line: str, phrase: PeriodPhrase) -> bool:
    """Whether *line* names no other day than *phrase* does: a dateline tells nothing of the year that ends in December."""
    days = {(said.month, said.day) for said in find_periods(line) if said.day is not None}
    return phrase.day is None or not days or (phrase.month, phrase.day) in days


def _of_year(phrase: PeriodPhrase, above: Sequence[str]) -> PeriodPhrase | None:
    """Return what the lines above say of the year that is all a column heading says, if they say one thing of it.

    "Year ended December 31, 1997 and period from June 3, 1996 (inception) to December 31, 1996" stands over two years.
    """
    if phrase.year is None or phrase.month is not None or _has_length(phrase):
        return None
    told = [said for said in find_periods(" ".join(above)) if said.year == phrase.year and said.month and said.length]
    return told[0] if len(told) == 1 else None


def _has_length(phrase: PeriodPhrase) -> bool:
    return bool(phrase.quarter or phrase.half or phrase.length or phrase.fiscal_year)


def _has_year(phrase: PeriodPhrase) -> bool:
    return bool(phrase.year or phrase.fiscal_year or phrase.relation)


def _resolved(phrase: PeriodPhrase | None, kind: Kind, calendar: Calendar) -> tuple[Period | None, str]:
    if phrase is None:
        return None, "no heading over the column names a time"
    if _is_open(phrase, calendar):
        return None, _OPEN
    resolution = resolve(phrase, calendar, instant=kind in _AT_A_DATE)
    if _is_open_before(phrase, resolution.period):
        return None, "whether the period before or the one a year before is meant is not said"
    return resolution.period, resolution.why


def _is_open_before(phrase: PeriodPhrase, period: Period | None) -> bool:
    """Whether *phrase* is "prior period" and no more, said of less than a year: of the period before, or of that a year before."""
    if phrase.relation != "prior" or phrase.length or phrase.quarter or phrase.half or phrase.month or phrase.instant:
        return False
    return isinstance(period, Duration) and period.days < _YEAR


def _is_open(phrase: PeriodPhrase, calendar: Calendar) -> bool:
    """Whether *phrase* is a quarter or half without a year that is not the one reported on: of which year is not said."""
    named = phrase.quarter or (phrase.half and 2 * phrase.half)
    if not named or phrase.month or phrase.year or phrase.fiscal_year or phrase.relation:
        return False
    place = calendar.quarter_of(calendar.current.end) if calendar.current else None
    return place is None or named != place[1]


def _expected(section: Section, figures: Figures) -> set[int]:
    """Return the columns in which an amount lies between two, "110 - 120": they hold what is expected.

    Prices, rates and terms range over a period that is past as well.
    """
    spans = [
        (row, cell)
        for index, row in section.rows
        for cell in row.cells
        if cell.column and (index, cell.column) not in figures and is_span(cell.text.string)
    ]
    ranging = word_set("layout", "ranging")
    return {cell.column for row, cell in spans if ranging.isdisjoint(_WORDS.findall(row.cells[0].text.string.lower()))}


def _use(stack: Sequence[str], column: int, section: Section, figures: Figures) -> Use:
    """Return what the figures of *column* are, by its heading, else by their signs of percentage."""
    told = _said_use(tuple(stack))
    if told is not None:
        return told
    numerals = [figures[index, column] for index, _ in section.rows if (index, column) in figures]
    if numerals and sum(n.percent for n in numerals) * 2 > len(numerals):
        return Use.PERCENT
    return Use.FIGURES


@lru_cache(maxsize=1024)
def _said_use(stack: tuple[str, ...]) -> Use | None:
    said = " ".join(stack).lower()
    words = set(_WORDS.findall(said))
    if _COMPARES.search(said) or (_CHANGED.search(said) and not _speaks(stack[-1:])):
        return Use.CHANGE
    for use, (alone, within) in _uses().items():
        named = not alone.isdisjoint(words) or any(word in said for word in within)
        if named and (use not in (Use.CHANGE, Use.PERCENT) or not _speaks(stack[-1:])):
            return use
    return None


@cache
def _uses() -> dict[Use, tuple[frozenset[str], tuple[str, ...]]]:
    """Return what says that a column is for a use: words, and what may stand within one; the first use that is said counts."""
    said = load_json("layout")["uses"]
    order = (Use.ADJUSTED, Use.FORECAST, Use.CHANGE, Use.PERCENT)
    return {use: (frozenset(said[use]), tuple(word for word in said[use] if not word.isalpha())) for use in order}


def _rest(heading: str) -> str:
    """Return what *heading* says besides times."""
    return _BARE.sub(" ", without_times(heading).lower()).strip()
