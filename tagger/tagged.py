"""A release with everything that was found in it: what the writers need, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tagger.characters import NCNAME
from tagger.document import Document
from tagger.facts import Fact, TextFact
from tagger.findings import Finding
from tagger.values import Entity

RESERVED = frozenset({"dei", "dtr-types", "iso4217", "ix", "ixt", "link", "srt", "tagger", "us-gaap", "utr", "xbrl", "xbrldi", "xbrldt", "xbrli", "xlink", "xml", "xmlns", "xs", "xsi"})  # fmt: skip

PROFILES = ("plain", "sec")

Summation: TypeAlias = tuple[str, tuple[tuple[str, int], ...]]
"""A total's concept and its parts: ``("us-gaap:Assets", (("us-gaap:AssetsCurrent", 1), …))``."""


class OwnConcept(Struct, frozen=True, kw_only=True):
    """A concept of the filer's own: *name* is ``prefix:LocalName``, *type* as in the catalog ("monetary")."""

    name: str
    type: str
    period_type: str
    label: str
    balance: str | None = None
    abstract: bool = False

    def __post_init__(self) -> None:
        if not NCNAME.fullmatch(self.name.partition(":")[2]):
            raise ValueError(f"{self.name!r} cannot be the name of a concept")


class OutlineLine(Struct, frozen=True, kw_only=True, gc=False):
    """One line of a statement as presented; without a *concept* it is a heading.

    *total* says that the line is the sum of lines above it, *negated* that the release prints its
    figures with the sign turned. *depth* counts the headings it stands under.
    """

    concept: str | None
    label: str
    total: bool = False
    negated: bool = False
    depth: int = 0


class StatementOutline(Struct, frozen=True, kw_only=True, gc=False):
    """A statement's lines in the order of the release, and its sums. *kind* is as in `tagger.statement.Kind`."""

    kind: str
    title: str
    lines: tuple[OutlineLine, ...]
    sums: tuple[Summation, ...] = ()


class Tagged(Struct, frozen=True, kw_only=True):
    """A release, its facts and its statements, ready to be written.

    *prefix* and *namespace* are those of the filer's own concepts (*own*); *catalog_year* is
    the year of the US-GAAP taxonomy that the other concepts belong to. *profile* says whose rules the files have
    to keep; *cover* are the facts about the report itself that those rules ask for. *company* is the filer's name.
    """

    document: Document
    facts: tuple[Fact, ...]
    entity: Entity
    prefix: str
    namespace: str
    catalog_year: int
    statements: tuple[StatementOutline, ...] = ()
    own: tuple[OwnConcept, ...] = ()
    findings: tuple[Finding, ...] = ()
    profile: str = "plain"
    company: str = ""
    cover: tuple[TextFact, ...] = ()

    @property
    def reported(self) -> tuple[Fact | TextFact, ...]:
        """All facts there are to write, those of the cover last."""
        return (*self.facts, *self.cover)

    def with_facts(self, facts: tuple[Fact, ...]) -> Tagged:
        """Return the release with *facts* in place of its own, and those of the filer's concepts that they use."""
        used = {fact.concept for fact in facts}
        used |= {name for fact in facts for member in fact.members for name in (member.axis, member.member)}
        return replace(self, facts=facts, own=tuple(concept for concept in self.own if concept.name in used))

    def __post_init__(self) -> None:
        if not NCNAME.fullmatch(self.prefix) or self.prefix.lower() in RESERVED:
            raise ValueError(f"{self.prefix!r} cannot be the prefix of a filer's own concepts")
        if self.profile not in PROFILES:
            raise ValueError(f"there is no profile {self.profile!r}; choose one of {', '.join(PROFILES)}")
        if not re.fullmatch(r"https?://[^\s<>\"]+[^\s<>\"/#]", self.namespace):
            raise ValueError(f"{self.namespace!r} cannot be a namespace: it has to be an http address")


def own_namespace(entity: Entity, prefix: str, date: dt.date) -> str:
    """Return the namespace for concepts of *entity*'s own in a release for the period that ends on *date*.

    >>> own_namespace(Entity("http://www.sec.gov/CIK", "0000012345"), "acme", dt.date(2006, 9, 30))
    'http://tagger.example/0000012345/20060930'
    """
    who = re.sub(r"[^A-Za-z0-9.-]+", "-", entity.identifier).strip("-") if entity.known else prefix
    return f"http://tagger.example/{who or prefix}/{date:%Y%m%d}"
