"""Commands for official taxonomies: add a package, list, show and search what is in it; suggest concepts."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli.refusal import refuse, refusing

if TYPE_CHECKING:  # the other commands do without a database
    from tagger.catalog import Catalog, Concept
    from tagger.taxonomies import About, Attributes, Position, Taxonomy, TaxonomyConcept

taxonomy_app = typer.Typer(help="Work with official taxonomies.", no_args_is_help=True)

_SHOWN = 20
Name = Annotated[
    str | None,
    typer.Option("--taxonomy", metavar="FAMILY/YEAR", help="Which installed taxonomy; the newest us-gaap if not said."),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many to print at most.")]


@taxonomy_app.command()
def add(
    package: Annotated[
        list[Path], typer.Argument(metavar="PACKAGE...", help="Official packages: zip files or unpacked folders.")
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a package that lacks any file it names.")] = False,
) -> None:
    """Read official packages (us-gaap, dei, srt; 2009 and later) into the local store.

    Nothing is unpacked to disk, and nothing is downloaded. What a package lacks is said.
    """
    from tagger.taxonomies import Taxonomy, differences

    for path in package:
        with refusing():
            taxonomy = Taxonomy.add(path, strict=strict)
            about = taxonomy.about
            print(f"added {about.name}: {_counts(about)}")
            for gap in about.gaps:
                print(f"note: {gap}", file=sys.stderr)
            for difference in differences(taxonomy):
                print(f"note: {difference}; the built-in catalog is followed", file=sys.stderr)


def _counts(about: About) -> str:
    return (
        f"{about.concepts:,} concepts, {about.labels:,} labels, {about.calculations:,} calculation and "
        f"{about.presentations:,} presentation arcs, {about.deprecations:,} deprecations"
    )


@taxonomy_app.command(name="list")
def list_() -> None:
    """List the installed taxonomies."""
    from tagger.taxonomies import Taxonomy

    found = Taxonomy.installed()
    for about in found:
        print(f"{about.name}: {_counts(about)}; from {about.source}")
        for gap in about.gaps:
            print(f"  {gap}")
    if not found:
        print("none installed: tagger taxonomy add PACKAGE")


@taxonomy_app.command()
def show(
    concept: Annotated[str, typer.Argument(metavar="CONCEPT", help="A concept; us-gaap: may be left out.")],
    taxonomy: Name = None,
) -> None:
    """Show what a concept is: attributes, labels, sums it is in, where it is presented, its years."""
    from tagger.taxonomies import load_catalog

    name = concept if ":" in concept else f"us-gaap:{concept}"
    with refusing():
        opened = _opened(taxonomy)
        known = opened.concept(name) if opened is not None else None
        catalog = load_catalog(opened.year) if opened is not None else load_catalog()
        built_in = catalog.find(name)
        if known is None and built_in is None:
            near = ", ".join(catalog.suggest(name))
            where = opened.name if opened is not None else "the built-in catalog"
            refuse(f"no concept {name} in {where}" + (f"; did you mean {near}?" if near else ""))
        print(name)
        if opened is not None and known is not None:
            _show_official(known, opened)
        elif built_in is not None:
            _show_built_in(built_in, catalog)


def _show_official(known: TaxonomyConcept, taxonomy: Taxonomy) -> None:
    print(f"  {taxonomy.name}: {_attributes(known.attributes)}")
    for label in known.labels:
        print(f"  {label.role} ({label.language}): {label.text}")
    _sums("part of", ((part.definition or part.role, part.weight, part.parent) for part in known.parents))
    _sums("sum of", ((part.definition or part.role, part.weight, part.child) for part in known.children))
    for position in known.positions:
        print(f"  presented {_position(position)}")
    for other, kind in known.replaced_by:
        print(f"  deprecated; replaced by {other} ({kind})")
    for other, kind in known.replaces:
        print(f"  replaces {other} ({kind})")
    _history(known.name, taxonomy)


def _show_built_in(known: Concept, catalog: Catalog) -> None:
    balance = f", {known.balance}" if known.balance else ""
    print(f"  built in, {catalog.year}: {known.type}, {known.period_type}{balance}")
    _sums("part of", ((arc.role, arc.weight, arc.parent) for arc in catalog.parents(known.name)))
    _sums("sum of", ((arc.role, arc.weight, arc.child) for arc in catalog.children(known.name)))
    print(f"  {_years(known)}")


def _attributes(attributes: Attributes) -> str:
    if not attributes.type:
        return "used by the linkbases; the package has no schema that declares it"
    flags = ("abstract" if attributes.abstract else "", "" if attributes.nillable else "not nillable")
    parts = (attributes.type, attributes.period_type, attributes.balance or "no balance", *flags)
    group = "" if attributes.substitution_group == "item" else attributes.substitution_group
    return ", ".join(filter(None, (*parts, group)))


def _sums(word: str, parts: Iterable[tuple[str, int, str]]) -> None:
    """Print, role by role, what a concept is a part or the sum of, with weights."""
    for role, group in groupby(parts, key=itemgetter(0)):
        print(f"  {word}, in {role}:")
        for _, weight, name in group:
            print(f"    {weight:+d} {name}")


def _position(position: Position) -> str:
    path = " > ".join(name.rpartition(":")[2] for name in position.path)
    preferred = f", as {position.preferred}" if position.preferred else ""
    return f"in {position.definition or position.role}: {path}, no. {position.place}{preferred}"


def _history(name: str, taxonomy: Taxonomy) -> None:
    from tagger.taxonomies import load_catalog

    for attributes in taxonomy.history(name):
        print(f"  {attributes.year}: {_attributes(attributes)}")
    built_in = load_catalog(taxonomy.year).find(name)
    if built_in is not None:
        print(f"  {_years(built_in)}")


def _years(concept: Concept) -> str:
    """Say in which years the catalog knows a concept to be there."""
    until = f"last in {concept.last}" if concept.last is not None else "still there"
    deprecated = f", deprecated in {concept.deprecated}" if concept.deprecated is not None else ""
    replaced = f", replaced by {' '.join(concept.replaced_by)}" if concept.replaced_by else ""
    return f"first in {concept.first}, {until}{deprecated}{replaced}"


@taxonomy_app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words, or how they begin, in any order.")],
    taxonomy: Name = None,
    limit: Limit = _SHOWN,
) -> None:
    """Find the concepts whose label or name has all of the words."""
    with refusing():
        opened = _opened(taxonomy)
        if opened is None:
            refuse("no taxonomy is installed: tagger taxonomy add PACKAGE")
        found = opened.search(" ".join(words), limit=limit)
    if not found:
        refuse(f"{opened.name}: no concept has all of these words")
    for hit in found:
        print(f"{hit.concept}  {hit.label}")


def suggest(
    label: Annotated[str, typer.Argument(metavar="LABEL", help="A row's label, as the release prints it.")],
    statement: Annotated[
        str | None,
        typer.Option(
            "--statement", metavar="KIND", help="balance-sheet, operations, comprehensive-income, cash-flow or equity."
        ),
    ] = None,
    heading: Annotated[
        list[str] | None, typer.Option("--heading", metavar="WORDS", help="A heading above the row.")
    ] = None,
    beside: Annotated[
        list[str] | None, typer.Option("--beside", metavar="CONCEPT", help="A concept of a row near it.")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="money, per-share, shares or percent.")] = "money",
    taxonomy: Annotated[
        str | None, typer.Option("--taxonomy", metavar="us-gaap/YEAR", help="Which year's concepts.")
    ] = None,
    limit: Limit = 5,
) -> None:
    """Suggest concepts for a row, for the author of a rule, with reasons, never a fact.

    First those that filers use for such rows, by the share of filers; then those with like words.
    """
    from tagger.pipeline import parse_taxonomy
    from tagger.suggesting import suggest as suggestions

    with refusing():
        found = suggestions(
            label,
            statement=statement,
            headings=heading or (),
            beside=beside or (),
            unit=unit,
            year=parse_taxonomy(taxonomy),
            limit=limit,
        )
    if not found:
        refuse(f"no concept is like {label!r}")
    for suggestion in found:
        print(f"{suggestion.measured:>16}  {suggestion.concept}")
        for reason in suggestion.reasons:
            print(f"      {reason}")


def _opened(name: str | None) -> Taxonomy | None:
    """Open the taxonomy *name*, or the newest installed one, of us-gaap before others."""
    from tagger.taxonomies import Taxonomy

    if name is not None:
        return Taxonomy(name)
    found = sorted(Taxonomy.installed(), key=lambda about: (about.family == "us-gaap", about.year))
    return Taxonomy(found[-1].name) if found else None
