"""Where the commands print, and the form of their tables."""

from __future__ import annotations

import os
import sys
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tagger.cli.terminal import behind, shown

_WIDE = 10_000


class _Console(Console):
    """A console whose styles alone steer the terminal, never the text."""

    def render_str(self, text: str, *rest: Any, **more: Any) -> Text:
        return super().render_str(shown(text), *rest, **more)


def open_console(*, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal, or wide enough for whole rows where there is none.

    With ``NO_COLOR`` set there are no styles at all, bold and dim ones included.
    """
    stream = sys.stderr if stderr else sys.stdout
    terminal = stream.isatty()
    plain = bool(os.environ.get("NO_COLOR"))
    return _Console(
        file=behind(stream),
        width=None if terminal else _WIDE,
        highlight=False,
        emoji=False,
        color_system=None if plain else "auto",
    )


def empty_table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
