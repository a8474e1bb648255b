"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
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
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(_mode(path))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(path: Path) -> int:
    """Return the mode a file at *path* should have: the one it has, or what new files get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


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
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
    os.close(handle)
    copy = Path(name)
    copy.unlink()
    with contextlib.suppress(OSError):
        copy.hardlink_to(path)
        return copy
    shutil.copy2(path, copy)
    return copy
