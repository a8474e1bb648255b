"""The command line: `tagger tag`, `tagger explain`, `tagger rules check`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    from tagger.cli.commands import app

    sys.exit(app())
