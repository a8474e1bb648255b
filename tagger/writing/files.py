"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write all *files*, or, if one cannot be written, leave every path as it was.

    Each is written beside its place under another name and then moved there, so that no
    reader ever sees half a file. Missing folders are made.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            if path.is_dir():
                raise IsADirectoryError(f"{path} is a folder, not a file that can be written")
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = _stage(path, data)
        _move(staged)
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _stage(path: Path, data: bytes) -> Path:
    temporary = _beside(path)
    try:
        with temporary.open("xb") as file:  # a new file gets the mode that new files get here
            file.write(data)
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _beside(path: Path) -> Path:
    """Return a name beside *path* that no other file has."""
    return path.with_name(f".{path.name[:50]}.{secrets.token_hex(6)}")


def _move(staged: Mapping[Path, Path]) -> None:
    """Move all files to their places; undo it if one of them cannot be."""
    kept: dict[Path, Path | None] = {}
    try:
        for path, temporary in staged.items():
            kept[path] = _copy(path) if path.exists() else None
            os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        for path, copy in kept.items():
            if copy is not None:
                os.replace(copy, path)  # noqa: PTH105
            elif staged[path].exists():
                continue
            else:
                path.unlink(missing_ok=True)
        raise
    finally:
        for copy in kept.values():
            if copy is not None:
                copy.unlink(missing_ok=True)


def _copy(path: Path) -> Path:
    """Keep what stands at *path* under another name: as a link where there are links."""
    copy = _beside(path)
    with contextlib.suppress(OSError):
        copy.hardlink_to(path)
        return copy
    shutil.copy2(path, copy)
    return copy
