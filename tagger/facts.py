"""Facts: what is reported, with everything that says how it is known."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from tagger.values import Entity, Member, Period, Span, Unit


class ProofKind(StrEnum):
    """How a figure is confirmed."""

    SUM = "sum"
    TIE = "tie"
    PROSE = "prose"
    RATIO = "ratio"
    PERCENTAGE = "percentage"
    HEADING = "heading"
    MARK = "mark"


class Aspect(StrEnum):
    """What of a fact can be borne out, each by itself."""

    VALUE = "value"
    SIGN = "sign"
    SCALE = "scale"
    PERIOD = "period"
    UNIT = "unit"


ASPECTS = frozenset(Aspect)


class Proof(Struct, frozen=True, kw_only=True, gc=False):
    """One piece of evidence: *equation* shows it with its numbers, *facts* are the other facts' ids.

    *aspects* is what it bears out, in the order of `Aspect`.
    """

    kind: ProofKind
    equation: str
    facts: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()

    def __str__(self) -> str:
        borne = f" ({', '.join(self.aspects)})" if self.aspects else ""
        return f"{self.kind}{borne}: {self.equation}"


class Printed(Struct, frozen=True, kw_only=True, gc=False):
    """A figure as it stands in the release.

    *text* is what the tag encloses (no currency sign, parentheses or percent sign), at *span*.
    *number* is what it says, never negative; the fact's value is
    ``number * 10**scale``, negated where *sign* is "-". *replaced* says that the
    number was repaired and cannot be read from *text* by a transformation.
    """

    text: str
    span: Span
    number: Decimal
    scale: int = 0
    sign: str = ""
    replaced: bool = False


def is_dash(printed: Printed) -> bool:
    """Whether a dash, or a word for nothing, stands where a figure would."""
    return not printed.number and not any(char.isdigit() for char in printed.text)


class Fact(Struct, frozen=True, kw_only=True, gc=False):
    """One reported value (XBRL 2.1, 4.6). *decimals* is `None` for an exact value (INF).

    *why* gives, step by step, where concept, period, scale, unit and sign came from.
    *said* are the aspects that the words beside the figure give by themselves: its own mark of currency, and in a
    sentence its power of ten and its period.
    *confidence* is the share of filers that would name it so, `None` where nothing was counted, and *alternatives* are the
    other concepts in use for such a row with theirs, best first. *table*, *row* and *column* say where in the document's tables it stands; prose has none.
    """

    id: str
    concept: str
    entity: Entity
    period: Period
    unit: Unit
    value: Decimal
    decimals: int | None
    members: tuple[Member, ...] = ()
    printed: Printed
    rule: str
    label: str
    statement: str
    table: int | None = None
    row: int | None = None
    column: int | None = None
    heading: str = ""
    said: tuple[Aspect, ...] = ()
    why: tuple[str, ...] = ()
    confidence: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()
    proof: tuple[Proof, ...] = ()

    @property
    def aspects(self) -> tuple[object, ...]:
        """What makes two facts duplicates of each other (XBRL 2.1, 4.10)."""
        return (self.concept, self.entity, self.period, self.unit, self.members)

    @property
    def borne_out(self) -> frozenset[Aspect]:
        """The aspects that some proof bears out."""
        return frozenset([aspect for proof in self.proof for aspect in proof.aspects])

    @property
    def proven(self) -> bool:
        """Whether value, sign, scale, period and unit are all borne out."""
        return self.borne_out == ASPECTS

    @property
    def unproven(self) -> tuple[Aspect, ...]:
        """The aspects that no proof bears out."""
        borne = self.borne_out
        return tuple(aspect for aspect in Aspect if aspect not in borne)

    @property
    def language(self) -> None:
        """Numbers are in no language."""


class TextFact(Struct, frozen=True, kw_only=True):
    """One reported fact that is no number: a name, a date, a code, true or false; *value* is as XML Schema writes it.

    *language* is set where the value is words that could be said in another one.
    """

    id: str
    concept: str
    entity: Entity
    period: Period
    value: str
    label: str
    members: tuple[Member, ...] = ()
    language: str | None = None

    @property
    def unit(self) -> None:
        """Text is counted in nothing."""

    @property
    def decimals(self) -> None:
        """Text is exact."""
