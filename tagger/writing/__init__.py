"""Write what was found in a release: Inline XBRL, an XBRL instance, xBRL-JSON, a table of facts, packages."""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path

from tagger.files import write_files
from tagger.tagged import Tagged
from tagger.writing.owners import check_beside, check_release

FORMATS = {
    "htm": "Inline XBRL",
    "html": "Inline XBRL",
    "xhtml": "Inline XBRL",
    "xbri": "an inline report package",
    "xml": "an XBRL instance",
    "json": "xBRL-JSON",
    "xbr": "an xBRL-JSON report package",
    "zip": "an xBRL-CSV report package",
    "csv": "a table of facts",
    "parquet": "a table of facts",
}
# Files of xBRL-CSV one by one, which no suffix names.
XBRL_CSV = "xbrl-csv"

_ALONE = frozenset({"csv", "parquet", "xbr", "xbri", "zip"})


def write(tagged: Tagged, path: str | PathLike[str], *, format: str | None = None) -> tuple[Path, ...]:
    """Write *tagged* to *path* in the format its suffix names, and beside it what it needs to load; return all paths.

    That is, for Inline XBRL, an instance, xBRL-JSON and xBRL-CSV (*format* "xbrl-csv"), the extension schema and its
    linkbases, and ``NAME-taxonomy.zip``, a taxonomy package with which they load without a network.
    """
    target = Path(path)
    check_release(target, tagged)
    kind = _format(format if format is not None else target.suffix, target)
    stem = _stem(tagged, target.stem)
    files = {target: _render(tagged, kind, stem)} if kind in _ALONE else _with_taxonomy(tagged, target, kind, stem)
    write_files(files)
    return (target, *(path for path in files if path != target))


def _with_taxonomy(tagged: Tagged, target: Path, kind: str, stem: str) -> dict[Path, bytes]:
    """Return the file *target* and those beside it, with which it loads."""
    from tagger.writing.extension import write_extension
    from tagger.writing.package import write_package

    extension = write_extension(tagged, stem)
    beside = {**extension.files, f"{stem}-taxonomy.zip": write_package(tagged, extension, stem)}
    if kind == XBRL_CSV:
        from tagger.writing.xbrl_csv import write_xbrl_csv

        (_, report), table = write_xbrl_csv(tagged, f"{stem}.xsd", file_stem(target.stem)).items()
        beside |= (table,)
    else:
        report = _render(tagged, kind, stem)
    files = {target.with_name(name): data for name, data in beside.items()}
    if target in files:
        raise ValueError(f"{target.name} is the name of a file that goes with the output: choose another")
    files[target] = report
    check_beside(target, target.with_name(f"{stem}.xsd"), beside[f"{stem}.xsd"], FORMATS.keys() - _ALONE)
    return files


def render(tagged: Tagged, format: str) -> bytes:
    """Return *tagged* in *format* ("htm", "xml", "json", "csv", "xbri" ...), without the files that go beside it."""
    return _render(tagged, _format(format, None), _stem(tagged, Path(tagged.document.name).stem))


def file_stem(name: str) -> str:
    """Make of *name* one that is safe in addresses and file systems alike.

    >>> file_stem("Q2 results (final)"), file_stem("")
    ('Q2-results-final', 'release')
    """
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "release"


def _stem(tagged: Tagged, name: str) -> str:
    """Return what the names of the extension's files begin with: for EDGAR the filer's prefix and a date."""
    if tagged.profile != "sec":
        return file_stem(name)
    return f"{re.sub('[^a-z0-9]', '', tagged.prefix.lower()) or 'own'}-{tagged.namespace.rpartition('/')[2]}"


def _format(name: str, path: Path | None) -> str:
    kind = name.lower().removeprefix(".")
    if kind in FORMATS or kind == XBRL_CSV:
        return kind
    what = f"format {name!r}" if path is None or not path.name or name != path.suffix else f"suffix of {str(path)!r}"
    known = ", ".join(f".{suffix} ({title})" for suffix, title in FORMATS.items())
    raise ValueError(f"the {what} is none that can be written; choose one of {known}")


def _render(tagged: Tagged, kind: str, stem: str) -> bytes:
    schema = f"{stem}.xsd"
    match kind:
        case "json":
            from tagger.writing.oim import write_json

            return write_json(tagged, schema)
        case "csv":
            from tagger.writing.columns import tagged_rows
            from tagger.writing.facts_csv import write_csv

            return write_csv(tagged_rows(tagged))
        case "xml":
            from tagger.writing.instance import write_instance

            return write_instance(tagged, schema)
        case "parquet":
            from tagger.writing.columns import tagged_rows
            from tagger.writing.frames import write_parquet

            return write_parquet(tagged_rows(tagged))
        case "xbrl-csv":
            from tagger.writing.xbrl_csv import write_xbrl_csv

            return write_xbrl_csv(tagged, schema, stem)[f"{stem}.json"]
        case "xbri" | "xbr" | "zip":
            return _packed(tagged, kind, stem)
    from tagger.writing.inline import write_inline

    return write_inline(tagged, schema)


def _packed(tagged: Tagged, kind: str, stem: str) -> bytes:
    """Return a report package; the kind of report in it is what its suffix says."""
    from tagger.writing.extension import write_extension
    from tagger.writing.package import write_report_package

    extension = write_extension(tagged, stem)
    if kind == "zip":
        from tagger.writing.xbrl_csv import write_xbrl_csv

        report = write_xbrl_csv(tagged, f"{stem}.xsd", stem)
        return write_report_package(tagged, extension, stem, report, "")
    inside = "htm" if kind == "xbri" else "json"
    return write_report_package(tagged, extension, stem, {f"{stem}.{inside}": _render(tagged, inside, stem)}, kind)
