"""A trial of a break: the tests that enter the broken function, the cheapest first, until one fails.

pytest collects the tests once. A break inside a function is put into a fork of that process; one that importing runs is
tried in a process that imports everything anew.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from types import CodeType, FrameType

import pytest
from _pytest.runner import runtestprotocol

from benchmarks.mutants.breaks import Break, give
from benchmarks.mutants.trace import Traces, Tracing, load, record, save, watch_caches

# pytest is not to rewrite assertions: it would load modules with doctests itself, and unbroken
ARGUMENTS = ("-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not corpus")
SLACK = 10  # a test that takes ten times its usual time, and as many seconds, does not come back


class Fate(IntEnum):
    """What becomes of a break; UNTRIED where no test of those affordable fails and some are left."""

    CAUGHT = 0
    SURVIVED = 1
    UNTRIED = 2
    IMPORTED = 3


class Untimed:
    """The plugin that makes properties the same from run to run."""

    def pytest_configure(self) -> None:
        import hypothesis  # pytest is to load it first

        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
        hypothesis.settings.register_profile("mutants", deadline=None, database=None, derandomize=True, phases=phases)
        hypothesis.settings.load_profile("mutants")


class Trials(Untimed):
    """The plugin that tries *breaks* in place of running the tests; what becomes of each goes to *tell*."""

    def __init__(self, breaks: Sequence[Break], kept: Path, budget: float, tell: Callable[[int, Fate], None]) -> None:
        self.breaks, self.kept, self.budget, self.tell = breaks, kept, budget, tell

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        traces = load(self.kept)
        items = {item.nodeid: item for item in session.items}
        for number, broken in enumerate(self.breaks):
            self.tell(number, forked(lambda broken=broken: self._fate(broken, traces, items)))  # type: ignore[misc]
        return True

    def _fate(self, broken: Break, traces: Traces, items: dict[str, pytest.Item]) -> Fate:
        name = ".".join(broken.owner)
        if not name or traces.at_import(broken.module, name) or not give(broken, sys.modules[broken.module]):
            return Fate.IMPORTED
        tests = [items[test] for test in traces.tests(broken.module, name) if test in items]
        return tried(tests, traces, self.budget)


class Trial(Untimed):
    """The plugin that runs *tests* on a break that is imported, until one fails."""

    def __init__(self, tests: Sequence[str], traces: Traces, budget: float) -> None:
        self.tests, self.traces, self.budget = tests, traces, budget
        self.fate = Fate.CAUGHT  # which it stays where the tests cannot be imported

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        if not session.testsfailed:
            self.fate = tried([items[name] for name in self.tests if name in items], self.traces, self.budget)
        return True


class Recorder(Untimed):
    """The plugin that runs every test once, to know what each enters and costs."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.kept, self.tracing = kept, Tracing(folder)
        watch_caches(self.tracing)
        self.tracing.begin()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        sys.settrace(None)
        save(record(session.items, self.tracing, _passes), self.kept)
        return True


class Broken(importlib.machinery.SourceFileLoader):
    """The finder and loader of one broken module."""

    def __init__(self, broken: Break) -> None:
        super().__init__(broken.module, str(broken.path))
        self.source = broken.source

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        package = Path(self.path).name == "__init__.py"
        return importlib.util.spec_from_file_location(
            name, self.path, loader=self, submodule_search_locations=[str(Path(self.path).parent)] if package else None
        )

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, str(self.path), "exec")


def imported(broken: Break, traces: Traces, budget: float) -> Fate:
    """Try *broken* in this process, in which nothing of the code was imported yet."""
    tests = traces.tests(broken.module)
    sys.meta_path.insert(0, Broken(broken))
    plugin = Trial(tests, traces, budget)
    pytest.main([*ARGUMENTS, *dict.fromkeys(test.partition("::")[0] for test in tests)], plugins=[plugin])
    return plugin.fate


def tried(items: Sequence[pytest.Item], traces: Traces, budget: float) -> Fate:
    """Return what becomes of a break that is in place, with *budget* seconds of CPU for the tests."""
    signal.signal(signal.SIGPROF, _stuck)
    until = time.process_time() + budget
    for item in items:
        if time.process_time() > until:
            return Fate.UNTRIED
        signal.setitimer(signal.ITIMER_PROF, SLACK + SLACK * traces.seconds.get(item.nodeid, 0))
        if not _passes(item):
            return Fate.CAUGHT
    return Fate.SURVIVED


def _stuck(signum: int, frame: FrameType | None) -> None:
    os._exit(Fate.CAUGHT)


def _passes(item: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def forked(work: Callable[[], Fate]) -> Fate:
    """Return what *work* finds in a process of its own; one that dies has noticed the break."""
    pid = os.fork()
    if not pid:
        try:
            fate = work()
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc()
            fate = Fate.UNTRIED  # the trial itself broke
        os._exit(fate)
    status = os.waitpid(pid, 0)[1]
    return Fate(os.waitstatus_to_exitcode(status)) if os.WIFEXITED(status) else Fate.CAUGHT
