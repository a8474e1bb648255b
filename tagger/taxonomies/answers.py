"""What a taxonomy answers: labels, sums, positions and attributes of a concept."""

from __future__ import annotations

from msgspec import Struct

from tagger.patterns import pattern

_WORD = pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_STANDARD = "label"


class TaxonomyLabel(Struct, frozen=True):
    """The official words for a concept in a role: "label", "totalLabel", "documentation", …"""

    role: str
    language: str
    text: str


class Part(Struct, frozen=True, kw_only=True):
    """A part of a sum: *weight* is 1 or -1. Sums of different roles are alternatives, never to be added together."""

    role: str
    definition: str
    parent: str
    child: str
    weight: int


class Position(Struct, frozen=True, kw_only=True):
    """Where a concept is presented: under *path* (outermost first), as the *place*-th of its siblings, from 1."""

    role: str
    definition: str
    path: tuple[str, ...]
    place: int
    preferred: str = ""


class Attributes(Struct, frozen=True, kw_only=True):
    """What the schema of *year* says of a concept; *type* is empty where that schema was not at hand."""

    year: int
    type: str
    period_type: str
    balance: str | None
    abstract: bool
    nillable: bool
    substitution_group: str


class TaxonomyConcept(Struct, frozen=True, kw_only=True):
    """All an installed taxonomy says of a concept.

    *replaced_by* and *replaces* are what its list of deprecated concepts says, each with the kind of the relation;
    only a ``dep-concept-deprecatedConcept`` takes the place of another just so.
    """

    name: str
    attributes: Attributes
    labels: tuple[TaxonomyLabel, ...]
    parents: tuple[Part, ...]
    children: tuple[Part, ...]
    positions: tuple[Position, ...]
    replaced_by: tuple[tuple[str, str], ...]
    replaces: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """The standard label; the words of the name where the package had no labels."""
        return next((label.text for label in self.labels if label.role == _STANDARD), " ".join(name_words(self.name)))


class Hit(Struct, frozen=True):
    """A concept found by its words."""

    concept: str
    label: str
    score: float


def name_words(name: str) -> tuple[str, ...]:
    """Return the words a concept's name is made of.

    >>> name_words("us-gaap:AOCITaxAttributableToParent")
    ('aoci', 'tax', 'attributable', 'to', 'parent')
    """
    return tuple(word.lower() for word in _WORD.findall(name.rpartition(":")[2]))
