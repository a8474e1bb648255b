"""A command line whose every word is plainly an option or an argument of a command, read in no time.

What typer needs to read one line takes longer than a release. It reads all that is not plain: help, completion,
subcommands, options with bounds or of the environment, and what is wrong, which it tells.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

_PLAIN = (str, Path, bool, int)
# What an option may ask for that is not plain; versions of typer differ in what they know of it.
_MORE = (
    "callback",
    "click_type",
    "count",
    "envvar",
    "exists",
    "is_eager",
    "max",
    "min",
    "parser",
    "prompt",
    "resolve_path",
)


class _Wanted(NamedTuple):
    """A parameter of a command: how it is called on the line (an argument has no name), its type, whether it may repeat."""

    parameter: str
    names: tuple[str, ...]
    kind: type
    many: bool
    plain: bool


def plain_call(app: typer.Typer, words: Sequence[str]) -> Callable[[], object] | None:
    """Return the call that *words* ask *app* for; `None` where it takes more to read them."""
    command = next((info.callback for info in app.registered_commands if words and _name(info) == words[0]), None)
    if command is None or any(name.endswith("_COMPLETE") for name in os.environ):
        return None
    wanted = tuple(_wanted(command))
    given = _given(wanted, words[1:])
    required = [name for name, one in inspect.signature(command).parameters.items() if one.default is one.empty]
    if given is None or not given.keys() >= set(required):
        return None
    return partial(command, **given)


def _name(info: Any) -> str:
    return str(info.name or info.callback.__name__.replace("_", "-"))


def _wanted(command: Callable[..., object]) -> Iterator[_Wanted]:
    for parameter, hint in get_type_hints(command, include_extras=True).items():
        for info in get_args(hint)[1:]:
            if isinstance(info, (ArgumentInfo, OptionInfo)):
                kind, many = _kind(get_args(hint)[0])
                said = [name for name in (info.default, *(info.param_decls or ())) if isinstance(name, str)]
                names = () if isinstance(info, ArgumentInfo) else tuple(said) or (f"--{parameter.replace('_', '-')}",)
                yield _Wanted(parameter, names, kind, many, _is_plain(info, kind, said))


def _kind(hint: Any) -> tuple[type, bool]:
    """Return the type of one value, and whether there may be several; `object` for what is not plain."""
    if isinstance(hint, UnionType):
        hint = next((one for one in get_args(hint) if one is not NoneType), object)
    many = get_origin(hint) is list
    kind = get_args(hint)[0] if many else hint
    return (kind if kind in _PLAIN else object), many


def _is_plain(info: ArgumentInfo | OptionInfo, kind: type, said: Sequence[str]) -> bool:
    asked = [getattr(info, name, None) for name in _MORE]
    return (
        kind is not object and not any(one not in (None, False) for one in asked) and (kind is not bool or bool(said))
    )


def _given(wanted: Sequence[_Wanted], words: Sequence[str]) -> dict[str, Any] | None:
    """Return the values of parameters that *words* give."""
    options = {name: one for one in wanted for name in one.names}
    arguments = [one for one in wanted if not one.names]
    given: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=") if word[:2] == "--" else (word, "", "")
        one = options.get(name) if word[:1] == "-" and word != "-" else arguments[0] if len(arguments) == 1 else None
        if one is None or not one.plain or (equals and one.kind is bool):
            return None
        if one.kind is bool:
            given[one.parameter] = True
            continue
        value = word if not one.names else value if equals else next(rest, "")
        if not value or (value[0] == "-" and value != "-") or (one.kind is int and not value.isdecimal()):
            return None
        if not one.many and one.parameter in given:
            return None
        given[one.parameter] = [*given.get(one.parameter, ()), one.kind(value)] if one.many else one.kind(value)
    return given
