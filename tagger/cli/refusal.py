"""Saying what cannot be used, in a line or several, without a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tagger.extras import MissingExtra

CANNOT_BE_USED = 2


def refuse(*messages: object) -> NoReturn:
    """Print *messages* to standard error, and leave with status 2."""
    for message in messages:
        print(f"tagger: {message}", file=sys.stderr)
    raise SystemExit(CANNOT_BE_USED)


@contextmanager
def refusing() -> Iterator[None]:
    """Refuse what the library refuses: files, arguments, and all the errors of rules at once."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        refuse(_said_by_system(error))
    except (ValueError, MissingExtra) as error:
        refuse(error)
    except ExceptionGroup as group:
        known, others = group.split((ValueError, OSError))
        if others is not None:
            raise
        refuse(*_leaves(known))


def _said_by_system(error: OSError) -> str:
    """Return what the operating system refused, the file first: ``release.txt: No such file or directory``."""
    if error.strerror is None:
        return str(error)
    if isinstance(error, FileExistsError):  # a folder was wanted there
        return f"{error.filename}: Not a directory"
    return f"{error.filename}: {error.strerror}" if error.filename is not None else error.strerror


def _leaves(error: BaseException | None) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error] if error is not None else []
