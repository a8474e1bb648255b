"""The interactive viewer: a report as a page in which every tagged figure can be clicked (``gaap-tagger[view]``)."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from tagger.checking import taxonomy_packages
from tagger.checking.arelle import run_arelle
from tagger.extras import missing, there
from tagger.files import write_files
from tagger.journal import mend
from tagger.patterns import pattern
from tagger.writing.harmless import harmless_page

_DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
_SCRIPT = "ixbrlviewer.js"
_SCRIPTS = {"text/javascript": _SCRIPT, "application/x.ixbrl-viewer+json": ""}
# A picture by the name of a file: no address of elsewhere, no other folder.
_PICTURE = pattern(r'(<img\b[^>]*?\s)src="([^":/\\]+)"')


def write_viewer(
    path: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    packages: Iterable[str | os.PathLike[str]] = (),
) -> Path:
    """Write the viewer of the inline report at *path* into *folder*, with its script, and return its page.

    Of the report's own scripts, and of all else in it that would load something or call out, nothing is in the viewer.
    *packages* are taxonomy packages that let the report load without a network; ``NAME-taxonomy.zip`` beside it is
    found. Raises `MissingExtra` where the viewer is not installed, and `ValueError` for what cannot be viewed.
    """
    source, target = Path(path).resolve(), Path(folder).resolve()
    if not there("iXBRLViewerPlugin"):
        raise missing("iXBRLViewerPlugin")
    mend(source)
    if not source.is_file():
        raise FileNotFoundError(2, os.strerror(2), str(path))
    with tempfile.TemporaryDirectory() as made:
        options = {"saveViewerDest": made, "viewerBasenameSuffix": ""}
        asked = {"plugins": "iXBRLViewerPlugin", "pluginOptions": options}
        entries = run_arelle(source, taxonomy_packages(source, packages), asked)
        pages = [page for page in Path(made).iterdir() if page.suffix.lower() in {".htm", ".html", ".xhtml"}]
        first = _first(pages, source, entries)
        files = _harmless(Path(made), pages, source, target)
    write_files(files)
    return target / first.name


def _harmless(made: Path, pages: Sequence[Path], source: Path, target: Path) -> dict[Path, bytes]:
    """Return the script that the viewer *made* has, its *pages* and their pictures, as they are to stand in *target*."""
    files = {target / _SCRIPT: (made / _SCRIPT).read_bytes()}
    for page in pages:
        text = harmless_page(page.read_bytes(), _SCRIPTS).decode()
        files |= _pictures(text, (made, source.parent), target)
        files[target / page.name] = _PICTURE.sub(partial(_placed, files, target), text).encode()
    return files


def _first(pages: Sequence[Path], source: Path, entries: Iterable[Mapping[str, Any]]) -> Path:
    """Return the page of *source* among *pages*; where there is none, what Arelle says of it in *entries* is raised."""
    first = next((page for page in pages if page.stem == source.stem), pages[0] if len(pages) == 1 else None)
    if first is None:
        errors = [str(entry["message"]["text"]) for entry in entries if entry["level"] in {"error", "critical"}]
        raise ValueError(f"{source.name}: no viewer could be made of it{': ' + errors[0] if errors else ''}")
    return first


def _pictures(text: str, folders: Iterable[Path], target: Path) -> dict[Path, bytes]:
    """Return the pictures of a page that stand in one of *folders*, by where they go."""
    names = {unescape(found[2]) for found in _PICTURE.finditer(text)}
    found = {name: next((folder / name for folder in folders if (folder / name).is_file()), None) for name in names}
    return {target / name: path.read_bytes() for name, path in found.items() if path is not None}


def _placed(files: Mapping[Path, bytes], target: Path, found: re.Match[str]) -> str:
    """Return a picture as it is, or, where it is lost, as a dot that nobody sees."""
    return found[0] if target / unescape(found[2]) in files else f'{found[1]}src="{_DOT}"'
