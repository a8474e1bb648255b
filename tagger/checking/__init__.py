"""Check a report of any filer: what Arelle says of it, and what our own checks do."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from tagger.checking.complaint import Complaint, Level
from tagger.checking.facts import check_facts
from tagger.extras import there
from tagger.loading import read
from tagger.tagged import PROFILES

__all__ = ["Complaint", "Level", "check", "taxonomy_packages"]


def check(
    path: str | os.PathLike[str],
    *,
    packages: Iterable[str | os.PathLike[str]] = (),
    profile: str = "plain",
    arelle: bool | None = None,
) -> tuple[Complaint, ...]:
    """Return what is wrong with the report at *path*, worst first.

    *packages* are taxonomy packages that let it load without a network; ``NAME-taxonomy.zip`` beside it is found.
    *profile* "sec" asks besides what the EDGAR Filer Manual asks of an 8-K. *arelle* says whether Arelle is asked
    (``gaap-tagger[check]``): by default where it is installed. Raises `ValueError` for a profile that there is not.
    """
    if profile not in PROFILES:
        raise ValueError(f"there is no profile {profile!r}; choose one of {', '.join(PROFILES)}")
    source = Path(path)
    report = read(source)
    found = list(check_facts(report))
    if profile == "sec":
        from tagger.checking.edgar import check_edgar

        found += check_edgar(source, report)
    if arelle is not False:
        if arelle or there("arelle"):
            from tagger.checking.arelle import ask_arelle

            found += ask_arelle(source, taxonomy_packages(source, packages))
        else:
            found.append(_not_asked())
    return tuple(sorted(found, key=lambda complaint: complaint.level))


def taxonomy_packages(source: Path, packages: Iterable[str | os.PathLike[str]]) -> tuple[Path, ...]:
    """Return *packages*, or the one that stands beside *source* under its name."""
    given = tuple(map(Path, packages))
    if given or source.suffix.lower() in {".xbri", ".xbr", ".zip"}:
        return given
    from tagger.writing import file_stem

    beside = source.with_name(f"{file_stem(source.stem)}-taxonomy.zip")
    if beside.is_file():
        return (beside,)
    found = tuple(source.parent.glob("*-taxonomy.zip"))
    return found if len(found) == 1 else ()


def _not_asked() -> Complaint:
    return Complaint(
        level=Level.NOTE,
        code="arelle-missing",
        message="Arelle is not installed, so that only our own checks were made: pip install 'gaap-tagger[check]'",
        source="tagger",
    )
