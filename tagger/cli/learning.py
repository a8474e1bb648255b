"""``tagger learn``: a pack out of a company's own filings, and the next release held against it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli.refusal import refuse, refusing

if TYPE_CHECKING:
    from tagger.learning import Change, Learned
    from tagger.values import Member

_SHOWN = 12


def learn(
    filings: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILING...",
            help="Inline filings, or reports of this program; FILING=PAGE for facts that show no page of their own.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="The pack: a folder.", show_default=False)
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What the pack is called.")] = "",
    review: Annotated[
        Path | None, typer.Option("--review", metavar="NEXT", help="Hold a release or filing against the pack.")
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept",
            metavar="NUMBERS",
            help="Take these differences into the pack: 2, 1,4-6, new, or all; may be repeated.",
        ),
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask of each difference whether to take it in.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a pack that is there already.")] = False,
) -> None:
    """Learn a pack of rules from a company's own filings.

    Writes labels, concepts and members as the filer uses them, each rule with the filings it was seen in and its tests.
    With --review the pack at DIR is not learned but held against the next release: rows that are new, rows that vanished,
    concepts that changed; --accept takes them in one by one.
    """
    if output is None:
        refuse("say where the pack is: -o DIR")
    if review is not None:
        _review(output, review, accept or [], ask=ask)
    elif filings:
        _learn(filings, output, name, force=force)
    else:
        refuse("give the filings to learn from, or --review NEXT")


def _learn(filings: list[str], output: Path, name: str, *, force: bool) -> None:
    from tagger.learning import learn as learn_pack
    from tagger.learning import read_filing, write_pack

    if (output / "pack.yaml").exists() and not force:
        refuse(f"{output}: a pack is there already; --force writes over it, --review NEXT adds to it")
    with refusing():
        read = []
        for written in filings:
            path, sign, page = written.partition("=")
            read.append(read_filing(path, page if sign else None))
        learned = learn_pack(read, name=name)
        written_files = write_pack(learned, output)
    print(report(learned))
    for file in written_files:
        print(f"wrote {file}")


def report(learned: Learned) -> str:
    """Return what there is to tell of a pack that was learned."""
    count = len(learned.filings)
    lines = [
        f"{learned.name}: {learned.learned} rows learned in {len(learned.rules)} rules, from {count} filing{'s' * (count > 1)}"
    ]
    lines += [f"  {filing}" for filing in learned.filings]
    parts = (
        ("labels that mean more than one thing, told apart", [f"{label!r}: {'; '.join(m)}" for label, m in learned.twofold]),
        ("headings that name a part of the company", [f"{part.name!r}: {members_said(part.members)}" for part in learned.parts]),
        ("rows that the rules of the program name otherwise", [f"{label!r}: {theirs}; the filer: {own}" for label, theirs, own in learned.against]),
        ("rows whose concept changed from one filing to the next", [f"{label!r}: {one}, then {other}" for label, one, other in learned.changed]),
        ("rows that could not be learned", [f"{label!r}: {why}" for label, why in learned.untold]),
        ("rows without a fact of the filer's", [repr(label) for label in learned.untagged]),
        ("names that this pack cannot declare", list(learned.undeclared)),
    )  # fmt: skip
    for title, entries in parts:
        if entries:
            lines.append(f"{len(entries)} {title}")
            lines += [f"  {entry}" for entry in entries[:_SHOWN]]
            lines += [f"  … and {len(entries) - _SHOWN} more"] if len(entries) > _SHOWN else []
    return "\n".join(lines)


def members_said(members: Sequence[Member]) -> str:
    """Return *members* as the report shows them."""
    return ", ".join(f"{member.axis}: {member.member}" for member in members)


def _review(pack: Path, page: Path, said: list[str], *, ask: bool) -> None:
    from tagger.learning import accept, review

    with refusing():
        changes = review(pack, page)
    if not ask:
        for number, change in enumerate(changes, 1):
            print(f"{number:4} {change}")
    chosen = [changes[number] for number in dict.fromkeys(_numbers(said, changes))]
    if ask:
        chosen += [change for change in changes if change not in chosen and _wanted(change)]
    if chosen:
        with refusing():
            for file in accept(pack, chosen):
                print(f"wrote {file}")
    elif not changes:
        print("nothing is different")
    elif not ask:
        print("take them in with --accept NUMBERS, or be asked of each with --ask")


def _numbers(said: Sequence[str], changes: Sequence[Change]) -> Iterator[int]:
    """Yield the places of the differences that *said* names: numbers, spans of them, a kind, or all."""
    for part in (part.strip() for text in said for part in text.split(",")):
        first, dash, last = part.partition("-")
        if part == "all" or part in {change.kind.value for change in changes}:
            yield from (place for place, change in enumerate(changes) if part in ("all", change.kind.value))
        elif first.isdecimal() and (last.isdecimal() if dash else not last):
            numbers = range(int(first), int(last or first) + 1)
            if not 1 <= numbers.start <= numbers.stop - 1 <= len(changes):
                refuse(f"there is no difference {part}: {len(changes)} in all")
            yield from (number - 1 for number in numbers)
        else:
            refuse(f"--accept {part!r}: numbers of differences (2, 1,4-6), a kind (new, vanished, changed), or all")


def _wanted(change: Change) -> bool:
    print(f"{change}\ntake it in? [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
