"""Small edits: whether one slip of a scanner or a typist turns one number into another, and how that is told."""

from __future__ import annotations

from decimal import Decimal

from tagger.findings import Code, Finding, Severity
from tagger.lexicon import Numeral
from tagger.values import Span

_DOLLARS = "8S5"  # what a dollar sign is read as


def edit_between(numeral: Numeral, needed: Decimal) -> str | None:
    """Return the name of the one small edit that makes *numeral* say *needed*, `None` if there is none.

    >>> from tagger.lexicon import parse_cell
    >>> [edit_between(parse_cell("12,648"), Decimal(n)) for n in (12848, 12684, -12648, 2648, 112648, 99)]
    ['digit-misread', 'digits-swapped', 'missing-parentheses', 'extra-digit', 'missing-digit', None]
    >>> edit_between(parse_cell("12.648"), Decimal(12648)), edit_between(parse_cell("872,994"), Decimal(72994))
    ('comma-for-point', 'dollar-read-as-digit')
    """
    printed = -numeral.number if numeral.negative else numeral.number
    if numeral.dash or printed == needed or not needed:
        return None
    if printed == -needed:
        return "stray-parentheses" if numeral.negative else "missing-parentheses"
    if (printed < 0) != (needed < 0):
        return None
    return _moved_point(numeral, abs(needed)) or _digits(numeral, abs(needed))


def _moved_point(numeral: Numeral, needed: Decimal) -> str | None:
    if needed == numeral.number.scaleb(3) and numeral.places == 3:
        return "comma-for-point"
    if numeral.places == 0 and needed == numeral.number.scaleb(-3) and "," in numeral.text:
        return "point-for-comma"
    if numeral.places == 0 and needed == numeral.number.scaleb(-2) and "," not in numeral.text:
        return "missing-point"
    return None


def _digits(numeral: Numeral, needed: Decimal) -> str | None:
    scaled = needed.scaleb(numeral.places)
    if scaled != scaled.to_integral_value():
        return None
    old, new = f"{int(numeral.number.scaleb(numeral.places))}", f"{int(scaled)}"
    if len(old) == len(new):
        wrong = [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
        if len(wrong) == 1:
            return "digit-misread"
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and old[wrong[0]] == new[wrong[1]]
        return "digits-swapped" if swapped and old[wrong[1]] == new[wrong[0]] else None
    if len(old) == len(new) + 1 and _inserted(new, old):
        return "dollar-read-as-digit" if old[1:] == new and old[0] in _DOLLARS else "extra-digit"
    return "missing-digit" if len(new) == len(old) + 1 and _inserted(old, new) else None


def _inserted(short: str, long: str) -> bool:
    """Whether *long* is *short* with one character more."""
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same:] == long[same + 1 :]


def reread(before: str, after: str, slips: str, *, evidence: str, span: Span) -> Finding:
    """Return the finding that says that what is printed as *before* was read as *after*."""
    return Finding(
        code=Code.REPAIRED,
        severity=Severity.NOTE,
        message=f"{before!r} read as {after} ({slips}): {evidence}",
        span=span,
        before=before,
        after=after,
        evidence=evidence,
    )
