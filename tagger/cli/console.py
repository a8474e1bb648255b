"""Where the commands print, and the form of their tables."""

from __future__ import annotations

import os
import sys

from rich import box
from rich.console import Console
from rich.table import Table

_WIDE = 10_000


def open_console(*, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal, or wide enough for whole rows where there is none.

    With ``NO_COLOR`` set there are no styles at all, bold and dim ones included.
    """
    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    plain = bool(os.environ.get("NO_COLOR"))
    return Console(
        stderr=stderr,
        width=None if terminal else _WIDE,
        highlight=False,
        emoji=False,
        color_system=None if plain else "auto",
    )


def empty_table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
