"""Findings: what was not settled, what was repaired, what does not add up, each with its place."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tagger.values import Span


class Severity(StrEnum):
    """How much a finding matters: an `ERROR` leaves a figure out, a `WARNING` leaves a doubt."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(StrEnum):
    """The closed list of finding codes; `docs/findings.md` says what to do about each."""

    AFTER_PERIOD = "after-period"
    ALREADY_TAGGED = "already-tagged"
    AMBIGUOUS_CONCEPT = "ambiguous-concept"
    AMBIGUOUS_SCOPE = "ambiguous-scope"
    BALANCE_DIFFERS = "balance-differs"
    CASH_DIFFERS = "cash-differs"
    CHANGE_DIFFERS = "change-differs"
    COLUMNS_IN_DOUBT = "columns-in-doubt"
    CONCEPT_NOT_IN_YEAR = "concept-not-in-year"
    COVER_INCOMPLETE = "cover-incomplete"
    DEFAULT_CURRENCY = "default-currency"
    DOES_NOT_ADD_UP = "does-not-add-up"
    DUPLICATE_DIFFERS = "duplicate-differs"
    ENTITY_NOT_KNOWN = "entity-not-known"
    EPS_DIFFERS = "eps-differs"
    NEGATIVE_VALUE = "negative-value"
    NO_CONCEPT = "no-concept"
    NO_FIGURES = "no-figures"
    NO_PERIOD = "no-period"
    NO_SCALE = "no-scale"
    NOT_A_NUMBER = "not-a-number"
    OVER_LIMIT = "over-limit"
    PART_SKIPPED = "part-skipped"
    PERCENT_AS_NUMBER = "percent-as-number"
    PERIODS_DIFFER = "periods-differ"
    RELEASES_DIFFER = "releases-differ"
    REPAIRED = "repaired"
    RULE_TOO_SLOW = "rule-too-slow"
    SCALE_CONTRADICTED = "scale-contradicted"
    SHARES_OFF = "shares-off"
    SILENT_TABLE = "silent-table"
    SIGN_CONTRADICTED = "sign-contradicted"
    UNREAD_FIGURE = "unread-figure"


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """One doubt or repair: what, where, why, and what a reader can do.

    *table*, *row* and *column* are the title, label and heading it stands under; prose has none. *before*, *after* and *evidence* are set on repairs.
    """

    code: Code
    severity: Severity
    message: str
    span: Span | None = None
    table: str = ""
    row: str = ""
    column: str = ""
    before: str = ""
    after: str = ""
    evidence: str = ""

    @classmethod
    def error(cls, code: Code, message: str, span: Span | None = None) -> Finding:
        return cls(code=code, severity=Severity.ERROR, message=message, span=span)

    @classmethod
    def warning(cls, code: Code, message: str, span: Span | None = None) -> Finding:
        return cls(code=code, severity=Severity.WARNING, message=message, span=span)

    @classmethod
    def note(cls, code: Code, message: str, span: Span | None = None) -> Finding:
        return cls(code=code, severity=Severity.NOTE, message=message, span=span)
