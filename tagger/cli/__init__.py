"""The command line: `tagger tag`, `tagger explain`, `tagger rules check`.

Results go to standard output, findings and what is wrong with the input to standard error. Exit status: 0 done, 1
findings under ``--strict`` or what `diff` and `check` find, 2 arguments, input or rules that cannot be used.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.disable()  # nothing of what is imported can go: looking for it would take a tenth of the time
    from tagger.cli.commands import app
    from tagger.cli.plain import plain_call
    from tagger.cli.terminal import guard_terminal

    gc.freeze()
    gc.enable()
    if os.environ.get("NO_COLOR"):
        from typer import rich_utils

        rich_utils.COLOR_SYSTEM = None  # which leaves out bold and dim too
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a character that the terminal does not know ends no run
            stream.reconfigure(errors="backslashreplace")
    guard_terminal()
    try:
        _run(plain_call(app, sys.argv[1:]) or app)
    except BrokenPipeError:  # the reader of the output has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)


def _run(call: Callable[[], object]) -> None:
    from typer import Exit

    try:
        call()
    except Exit as leaving:
        sys.exit(leaving.exit_code)
