"""The page of the documentation about the command line, as the commands themselves tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from tagger.cli.commands import app

HEAD = """# Command line

Results go to standard output, findings and what is wrong with the input to standard error. Exit status: 0 done, 1 findings
under `--strict`, or what `diff` and `check` find, 2 arguments, input or rules that cannot be used. `NO_COLOR` is obeyed;
`tagger --install-completion` sets up completion in your shell.
"""


def command_page() -> str:
    """Return the page."""
    return "\n".join([HEAD, *_told(typer.main.get_command(app), "tagger")])


def _told(command: Any, name: str) -> Iterator[str]:
    for sub in sorted(getattr(command, "commands", {}).values(), key=lambda sub: str(sub.name) != "tag"):
        if hasattr(sub, "commands"):
            yield from _told(sub, f"{name} {sub.name}")
        elif not sub.hidden:
            yield from _command(sub, f"{name} {sub.name}")


def _command(command: Any, name: str) -> Iterator[str]:
    yield f"## {name}\n"
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    usage = " ".join([name, *(_shown(argument) for argument in arguments), "[OPTIONS]"])
    yield f"```text\n{usage}\n```\n"
    yield f"{_text(command.help or '')}\n"
    yield "| | |\n| --- | --- |"
    for param in command.params:
        if not getattr(param, "hidden", False):
            yield f"| {_names(param)} | {_text(getattr(param, 'help', '') or '')} |"
    yield ""


def _shown(argument: Any) -> str:
    return argument.metavar or str(argument.name).upper()


def _names(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"`{_shown(param)}`"
    value = "" if param.is_flag or not param.metavar else f" {param.metavar}"
    return ", ".join(f"`{name}{value}`" for name in (*param.opts, *param.secondary_opts))


def _text(told: str) -> str:
    """Return *told* with its paragraphs, each in one line."""
    parts = re.split(r"\n\s*\n", told.strip())
    return "\n\n".join(" ".join(part.split()) for part in parts).replace("|", "\\|").replace("<", "&lt;")
