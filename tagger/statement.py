"""What layout returns: a table understood as a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from tagger.document import Table, Text
from tagger.lexicon import Numeral
from tagger.values import Period, Span


class Kind(StrEnum):
    """What a table is."""

    BALANCE_SHEET = "balance-sheet"
    OPERATIONS = "operations"
    COMPREHENSIVE_INCOME = "comprehensive-income"
    CASH_FLOW = "cash-flow"
    EQUITY = "equity"
    SEGMENT = "segment"
    HIGHLIGHTS = "highlights"
    RECONCILIATION = "reconciliation"
    GUIDANCE = "guidance"
    OTHER = "other"


PRIMARY = frozenset({Kind.BALANCE_SHEET, Kind.OPERATIONS, Kind.COMPREHENSIVE_INCOME, Kind.CASH_FLOW})
"""The kinds of the statements themselves, whose figures add up; other tables retell them or mix what they hold."""

RETOLD = frozenset({Kind.HIGHLIGHTS, Kind.OTHER})
"""The kinds of tables that tell figures of the statements again."""

OF_OTHERS = "the other tables of the release"
"""What says the scale of a statement that says none itself, where all that do agree."""


class Use(StrEnum):
    """What the figures of a column are."""

    FIGURES = "figures"
    CHANGE = "change"
    PERCENT = "percent"
    FORECAST = "forecast"
    ADJUSTED = "adjusted"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """Of what the figures of a table, a column or a row speak: the company as reported, or something else."""

    COMPANY = "company"
    SEGMENT = "segment"
    SEGMENTS = "segments"
    CORPORATE = "corporate"
    ELIMINATIONS = "eliminations"
    PARENT = "parent"
    GUARANTORS = "guarantors"
    NON_GUARANTORS = "non-guarantors"
    PREVIOUSLY_REPORTED = "previously-reported"
    RESTATEMENT = "restatement"
    PREDECESSOR = "predecessor"
    STOCK_CLASS = "stock-class"
    OTHER = "other"
    UNKNOWN = "unknown"


class Scope(Struct, frozen=True, gc=False):
    """Whose figures these are: a *part*, by the *name* it is printed with, and how that is known.

    `Part.OTHER` is understood and no fact of the company's (pro forma, per share); `Part.UNKNOWN` is not settled.
    """

    part: Part = Part.COMPANY
    name: str = ""
    why: str = ""


COMPANY = Scope()


class Column(Struct, frozen=True, kw_only=True, gc=False):
    """One column of figures: its heading, what it holds, and when.

    A column may stand for an instant and a duration at once (a table of highlights);
    *period* is what its heading says, *instant* the date balances in it stand at.
    *scope* says whose figures they are: the company's, or those of a part that the heading names;
    *currency* is what it says its money is in, where it does ("RMB" beside "US$").
    """

    index: int
    heading: str
    use: Use = Use.FIGURES
    period: Period | None = None
    instant: Period | None = None
    scope: Scope = COMPANY
    currency: str | None = None
    why: str = ""


class Figure(Struct, frozen=True, kw_only=True, gc=False):
    """One number of a statement line, not scaled; its table says by which power of ten."""

    numeral: Numeral
    column: int
    span: Span

    @property
    def printed(self) -> Decimal:
        """The number with its printed sign, not scaled."""
        return -self.numeral.number if self.numeral.negative else self.numeral.number


class Line(Struct, frozen=True, kw_only=True, gc=False):
    """One row of a statement.

    *label* is the row's text without footnote marks, dot leaders and notes;
    *text* is all of it. *headings* are the section headings above it that are still
    open, outermost first. *ruled* says that a rule is drawn under it, as above a total. *scope* is that of the
    row: of a sector of the company, of a class of stock; *currency* is what its label says its money is in.
    """

    index: int
    label: str
    text: Text
    headings: tuple[str, ...] = ()
    indent: float = 0
    figures: tuple[Figure, ...] = ()
    ruled: bool = False
    scope: Scope = COMPANY
    currency: str | None = None


def with_figures(lines: Iterable[Line], given: Mapping[int, tuple[Figure, ...]]) -> tuple[Line, ...]:
    """Return *lines*, those that *given* has, by index, with its figures for their own."""
    return tuple(replace(line, figures=given[line.index]) if line.index in given else line for line in lines)


class Sum(Struct, frozen=True, kw_only=True, gc=False):
    """A total and its parts: the figure of *total* is the weighted sum of the figures of *parts*.

    Lines are given by index. *columns* are the columns in which it holds, *fails* those in which it
    does not though all figures are there. *weights* run along *parts*: 1 or -1, applied to the printed signs. It is *exact*
    where no rounding is needed for it to hold.
    """

    total: int
    parts: tuple[int, ...]
    weights: tuple[int, ...]
    columns: tuple[int, ...]
    fails: tuple[int, ...] = ()
    exact: bool = True


class Statement(Struct, frozen=True, kw_only=True, gc=False):
    """A table with its meaning: kind, currency, scales, columns, lines and sums.

    *number* counts the tables of the document. *scale* is the power of ten of money,
    *share_scale* that of share counts; `None` where nothing says it; *scale_said* quotes what does. *shares_open* quotes
    two sentences that disagree on the scale of share counts.
    *scope* says whose statement it is.
    """

    number: int
    kind: Kind
    title: str
    table: Table
    currency: str
    scale: int | None
    share_scale: int | None
    scale_said: str = ""
    shares_open: str = ""
    scope: Scope = COMPANY
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...] = ()

    def column(self, index: int) -> Column | None:
        return next((column for column in self.columns if column.index == index), None)
