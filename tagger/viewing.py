"""The interactive viewer: a report as a page in which every tagged figure can be clicked (``gaap-tagger[view]``)."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from tagger.checking import taxonomy_packages
from tagger.checking.arelle import run_arelle
from tagger.extras import missing, there

_DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
# A picture by the name of a file: no address of elsewhere, no other folder.
_PICTURE = re.compile(r'(<img\b[^>]*?\s)src="([^":/\\]+)"')


def write_viewer(
    path: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    packages: Iterable[str | os.PathLike[str]] = (),
) -> Path:
    """Write the viewer of the inline report at *path* into *folder*, with its script, and return its page.

    *packages* are taxonomy packages that let the report load without a network; ``NAME-taxonomy.zip`` beside it is
    found. Raises `MissingExtra` where the viewer is not installed, and `ValueError` for what cannot be viewed.
    """
    source, target = Path(path).resolve(), Path(folder).resolve()
    if not there("iXBRLViewerPlugin"):
        raise missing("iXBRLViewerPlugin")
    if not source.is_file():
        raise FileNotFoundError(2, os.strerror(2), str(path))
    target.mkdir(parents=True, exist_ok=True)
    entries = run_arelle(
        source,
        taxonomy_packages(source, packages),
        {"plugins": "iXBRLViewerPlugin", "pluginOptions": {"saveViewerDest": str(target), "viewerBasenameSuffix": ""}},
    )
    pages = [page for page in target.iterdir() if page.suffix.lower() in {".htm", ".html", ".xhtml"}]
    page = next((page for page in pages if page.stem == source.stem), pages[0] if len(pages) == 1 else None)
    if page is None:
        errors = [str(entry["message"]["text"]) for entry in entries if entry["level"] in {"error", "critical"}]
        raise ValueError(f"{source.name}: no viewer could be made of it{': ' + errors[0] if errors else ''}")
    _bring_pictures(page, source.parent)
    return page


def _bring_pictures(page: Path, folder: Path) -> None:
    """Copy the pictures of *page* that stand in *folder*; in place of those that are lost stands a dot nobody sees."""

    def place(found: re.Match[str]) -> str:
        name = unescape(found[2])
        if (folder / name).is_file():
            shutil.copyfile(folder / name, page.parent / name)
            return found[0]
        return f'{found[1]}src="{_DOT}"'

    text = page.read_text("utf-8")
    page.write_text(_PICTURE.sub(place, text), "utf-8")
