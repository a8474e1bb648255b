"""Which tests enter which functions, and what each test costs: found once by running them all, and kept in a file."""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

IMPORTING = "importing"


@dataclass(frozen=True, slots=True)
class Traces:
    """The tests that enter a function, by module and name, and the seconds of CPU each test takes."""

    entered: dict[str, list[str]]
    seconds: dict[str, float]

    def at_import(self, module: str, owner: str) -> bool:
        """Whether the function *owner* of *module* runs while the modules are imported."""
        return IMPORTING in self.entered.get(f"{module}:{owner}", ())

    def tests(self, module: str, owner: str = "") -> list[str]:
        """Return the tests that enter the function *owner* of *module*, or any of it, the cheapest first."""
        keys = [f"{module}:{owner}"] if owner else [key for key in self.entered if key.startswith(f"{module}:")]
        found = {test for key in keys for test in self.entered.get(key, ())} - {IMPORTING}
        return sorted(found, key=lambda test: (self.seconds.get(test, 0), test))


class Tracing:
    """A tracer of calls into *folder*: which functions were entered since it began."""

    def __init__(self, folder: Path) -> None:
        self.prefix = str(folder)
        self.seen: set[CodeType] = set()

    def begin(self) -> None:
        self.seen = set()
        sys.settrace(self._call)  # type: ignore[arg-type]  # no line of a function is traced

    def names(self) -> set[str]:
        """Return module and name of each function, the outermost that it stands in."""
        return {f"{module_of(Path(code.co_filename))}:{code.co_qualname.split('.<locals>')[0]}" for code in self.seen}

    def _call(self, frame: FrameType, event: str, arg: object) -> Callable[..., object] | None:
        code = frame.f_code
        if code.co_filename.startswith(self.prefix):
            self.seen.add(code)
        return None


class Cache:
    """A cache that remembers with each result what was entered to find it: a test that is given it depends on that too."""

    def __init__(self, function: Callable[..., Any], tracing: Tracing, most: int | None) -> None:
        functools.update_wrapper(self, function)
        self.function, self.tracing, self.most = function, tracing, most
        self.results: dict[object, tuple[Any, set[CodeType]]] = {}

    def __call__(self, *args: Any, **named: Any) -> Any:
        key, outer = (args, *named.items()), self.tracing.seen
        if key not in self.results:
            self.tracing.seen = set()
            try:
                result = self.function(*args, **named)
            finally:
                mine, self.tracing.seen = self.tracing.seen, outer
                outer |= mine
            if self.most is not None and len(self.results) >= self.most:
                self.results.clear()
            self.results[key] = result, mine
        result, mine = self.results[key]
        outer |= mine
        return result

    def __get__(self, instance: object, owner: type | None = None) -> Callable[..., Any]:
        return self if instance is None else functools.partial(self, instance)

    def cache_clear(self) -> None:
        self.results.clear()


def watch_caches(tracing: Tracing) -> None:
    """Have every cache made from now on tell *tracing* what its results were found by."""

    def lru_cache(maxsize: object = 128, typed: bool = False) -> object:
        if callable(maxsize):
            return Cache(maxsize, tracing, 128)
        return lambda function: Cache(function, tracing, maxsize if isinstance(maxsize, int) else None)

    functools.lru_cache = lru_cache  # type: ignore[assignment]
    functools.cache = lru_cache(None)  # type: ignore[assignment]


def module_of(path: Path) -> str:
    """Return the dotted name the file at *path* is imported by."""
    parts = path.with_suffix("").parts
    start = len(parts) - 1 - parts[::-1].index("tagger")  # the checkout may be named so too
    return ".".join(part for part in parts[start:] if part != "__init__")


def record(items: Iterable[pytest.Item], tracing: Tracing, run: Callable[[pytest.Item], object]) -> Traces:
    """Run *items* under *tracing*, which has seen what importing them entered."""
    entered: dict[str, list[str]] = {name: [IMPORTING] for name in sorted(tracing.names())}
    seconds = {}
    for item in items:
        tracing.begin()
        began = time.process_time()
        run(item)
        seconds[item.nodeid] = round(time.process_time() - began, 3)
        sys.settrace(None)
        for name in sorted(tracing.names()):
            entered.setdefault(name, []).append(item.nodeid)
    return Traces(entered, seconds)


def save(traces: Traces, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([traces.entered, traces.seconds]), "utf-8")


def load(path: Path) -> Traces:
    return Traces(*json.loads(path.read_text("utf-8")))
