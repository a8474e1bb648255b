"""Tag earnings releases with US-GAAP concepts and write XBRL that real tools load.

>>> import tagger
>>> report = tagger.tag('''
... HARBOR & PINE CORP.
... CONSOLIDATED BALANCE SHEETS
... (In thousands)
...
...                                  June 30,
...                             2007          2006
... Cash and cash equivalents   $ 41,208      $ 46,190
... Inventories                    3,115         4,002
... Total current assets        $ 44,323      $ 50,192
... ''', entity="cik:12345")
>>> fact = report.facts[0]
>>> fact.concept, str(fact.period), str(fact.unit), fact.value, fact.decimals
('us-gaap:CashAndCashEquivalentsAtCarryingValue', '2007-06-30', 'iso4217:USD', Decimal('41208000'), -3)
>>> fact.proof[0].equation
'44,323 = 41,208 + 3,115'

Everything a reader of the README needs is here; the stages of the way are the modules (see docs/architecture.md).
Names are imported when they are first used, so that ``import tagger`` itself costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tagger._version import __version__

if TYPE_CHECKING:
    from tagger.batches import Failure, FailureKind, Source, find_releases, tag_many
    from tagger.comparing import diff, grade, prove_together
    from tagger.explaining import Explanation, explain
    from tagger.extras import MissingExtra
    from tagger.facts import Fact, Printed, Proof, ProofKind
    from tagger.fetching import Fetched, FetchError, fetch_releases
    from tagger.findings import Code, Finding, Severity
    from tagger.limits import Limits
    from tagger.loading import LoadedFact, LoadedReport, LoadError, read
    from tagger.pipeline import tag
    from tagger.reading import ReadError
    from tagger.report import Report
    from tagger.ruleset import RuleError, RuleSet, load_rules
    from tagger.selection import Facts
    from tagger.suggesting import Suggestion, suggest
    from tagger.taxonomies import PackageError, StoreError, Taxonomy
    from tagger.values import Duration, Entity, Instant, Member, Span, Unit

__all__ = [
    "Code",
    "Duration",
    "Entity",
    "Explanation",
    "Fact",
    "Facts",
    "Failure",
    "FailureKind",
    "FetchError",
    "Fetched",
    "Finding",
    "Instant",
    "Limits",
    "LoadError",
    "LoadedFact",
    "LoadedReport",
    "Member",
    "MissingExtra",
    "PackageError",
    "Printed",
    "Proof",
    "ProofKind",
    "ReadError",
    "Report",
    "RuleError",
    "RuleSet",
    "Severity",
    "Source",
    "Span",
    "StoreError",
    "Suggestion",
    "Taxonomy",
    "Unit",
    "__version__",
    "diff",
    "explain",
    "fetch_releases",
    "find_releases",
    "grade",
    "load_rules",
    "prove_together",
    "read",
    "suggest",
    "tag",
    "tag_many",
]

_HOMES = {
    "batches": ("Failure", "FailureKind", "Source", "find_releases", "tag_many"),
    "comparing": ("diff", "grade", "prove_together"),
    "extras": ("MissingExtra",),
    "limits": ("Limits",),
    "loading": ("LoadError", "LoadedFact", "LoadedReport", "read"),
    "explaining": ("Explanation", "explain"),
    "facts": ("Fact", "Printed", "Proof", "ProofKind"),
    "fetching": ("FetchError", "Fetched", "fetch_releases"),
    "findings": ("Code", "Finding", "Severity"),
    "pipeline": ("tag",),
    "reading": ("ReadError",),
    "report": ("Report",),
    "ruleset": ("RuleError", "RuleSet", "load_rules"),
    "selection": ("Facts",),
    "suggesting": ("Suggestion", "suggest"),
    "taxonomies": ("PackageError", "StoreError", "Taxonomy"),
    "values": ("Duration", "Entity", "Instant", "Member", "Span", "Unit"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
