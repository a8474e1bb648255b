"""A crew of processes: each works on one document at a time, and is stopped alone where that takes too long.

Processes are started afresh, not forked, and import nothing of the caller's: notebooks and scripts need no guard.
"""

from __future__ import annotations

import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tagger.batches.failure import Failure, FailureKind
from tagger.batches.sources import Source
from tagger.batches.work import Outcome

Work: TypeAlias = Callable[[Source], Outcome]

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from tagger.batches.worker import serve; serve()"
_TICK = 0.1
_AHEAD = 4
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0
_PATIENCE = 10  # how many times as long a document may take by the clock as it may by the processor


def workers(jobs: int | None) -> int:
    """Return how many processes *jobs* asks for: `None` as many as this process may use cores."""
    if jobs is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if jobs < 1:
        raise ValueError(f"jobs={jobs}: at least one process has to do the work")
    return jobs


def each_done(
    work: Work,
    sources: Iterable[Source],
    *,
    jobs: int | None = None,
    timeout: float | None = None,
    memory: int | None = None,
) -> Iterator[tuple[int, Outcome]]:
    """Yield what *work* gives for each of *sources* with its number, as they are done.

    A document that takes more than *timeout* seconds of the processor's time (where the system does not tell, by the
    clock), waits ten times as long, or takes more than *memory* megabytes is stopped alone. Only a few documents are
    taken from *sources* ahead of what has been yielded, and no process outlives the iteration.
    """
    crew = _Crew(work, sources, workers(jobs), timeout, memory)
    try:
        yield from crew.outcomes()
    finally:
        crew.stop()


def in_order(outcomes: Iterable[tuple[int, Outcome]]) -> Iterator[Outcome]:
    """Yield *outcomes* in the order of their numbers."""
    waiting: dict[int, Outcome] = {}
    wanted = 0
    for number, outcome in outcomes:
        waiting[number] = outcome
        while wanted in waiting:
            yield waiting.pop(wanted)
            wanted += 1


class _Crew:
    """The threads that each mind a process, and the one that watches time and memory."""

    def __init__(
        self, work: Work, sources: Iterable[Source], jobs: int, timeout: float | None, memory: int | None
    ) -> None:
        self.sources = enumerate(sources)
        self.lock = threading.Lock()
        self.room = threading.Semaphore(jobs * _AHEAD)
        self.done: queue.Queue[tuple[int, Outcome] | BaseException | None] = queue.Queue()
        self.stopping = threading.Event()
        self.minders = [_Minder(self, work, timeout, memory) for _ in range(jobs)]
        self.threads = [threading.Thread(target=minder.run, daemon=True) for minder in self.minders]
        self.watch = threading.Thread(target=self._watch, daemon=True)

    def outcomes(self) -> Iterator[tuple[int, Outcome]]:
        for thread in (*self.threads, self.watch):
            thread.start()
        running = len(self.threads)
        while running:
            found = self.done.get()
            if found is None:
                running -= 1
            elif isinstance(found, BaseException):
                raise found
            else:
                self.room.release()
                yield found

    def take(self) -> tuple[int, Source] | None:
        """Return the next document, when there is room for one more."""
        self.room.acquire()
        with self.lock:
            return None if self.stopping.is_set() else next(self.sources, None)

    def stop(self) -> None:
        self.stopping.set()
        for _ in self.threads:
            self.room.release()
        for minder in self.minders:
            minder.end()
        for thread in self.threads:
            if thread.ident is not None:
                thread.join()

    def _watch(self) -> None:
        while not self.stopping.wait(_TICK):
            for minder in self.minders:
                minder.look()


class _Begun(NamedTuple):
    """When a document was begun: by the clock, and by the time that the processor had worked for its process."""

    clock: float
    worked: float | None


class _Minder:
    """One process, and the thread that hands it documents."""

    def __init__(self, crew: _Crew, work: Work, timeout: float | None, memory: int | None) -> None:
        self.crew, self.work, self.timeout, self.memory = crew, work, timeout, memory
        self.process: subprocess.Popen[bytes] | None = None
        self.since: _Begun | None = None
        self.stopped = ""

    def run(self) -> None:
        try:
            while (task := self.crew.take()) is not None:
                number, source = task
                self.crew.done.put((number, self._outcome(source)))
        except BaseException as error:  # raised again where the results are awaited
            self.crew.done.put(error)
        finally:
            self.end()
            self.crew.done.put(None)

    def _outcome(self, source: Source) -> Outcome:
        process = self.process if self.process is not None else self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        self.stopped = ""
        try:
            pickle.dump(source, process.stdin, 5)
            process.stdin.flush()
            self.since = _Begun(time.monotonic(), _worked(process.pid))
            outcome: Outcome = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            outcome = self._ended(source, process)
        finally:
            self.since = None
        return outcome

    def _ended(self, source: Source, process: subprocess.Popen[bytes]) -> Failure:
        self.end()
        if self.stopped:
            return Failure(source.name, FailureKind.STOPPED, self.stopped)
        return Failure(source.name, FailureKind.DIED, f"its process ended: {_ending(process.returncode)}")

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", _START, json.dumps([*map(str, sys.path)])]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.process = process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(self.work, process.stdin, 5)
            process.stdin.flush()
            ready = pickle.load(process.stdout)
        except (EOFError, OSError) as error:
            if self.crew.stopping.is_set():
                raise SystemExit from error
            raise RuntimeError("a process of the batch could not be started; its own message stands above") from error
        if isinstance(ready, BaseException):
            raise ready
        return process

    def look(self) -> None:
        """Stop the process where its document has taken too much."""
        since, process = self.since, self.process
        if since is None or process is None:
            return
        if self.timeout is not None and (reason := _late(since, process.pid, self.timeout)):
            self._kill(process, since, reason)
        elif self.memory is not None and _resident(process.pid) > self.memory * 1_000_000:
            self._kill(process, since, f"stopped: it took more than {self.memory:,} MB of memory")

    def _kill(self, process: subprocess.Popen[bytes], since: _Begun, reason: str) -> None:
        if self.since is since:  # it has not finished meanwhile
            self.stopped = reason
            process.kill()

    def end(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _late(since: _Begun, pid: int, timeout: float) -> str:
    """Return why a document has had its time, or nothing."""
    worked, clock = _worked(pid), time.monotonic() - since.clock
    if worked is None or since.worked is None:
        return f"stopped after {timeout:g} seconds" if clock > timeout else ""
    if worked - since.worked > timeout:
        return f"stopped after {timeout:g} seconds of work"
    return f"stopped after {timeout * _PATIENCE:g} seconds of waiting" if clock > timeout * _PATIENCE else ""


def _worked(pid: int) -> float | None:
    """Return how many seconds the processor has worked for *pid*; `None` where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    except (OSError, ValueError, IndexError, ZeroDivisionError):
        return None


def _resident(pid: int) -> int:
    """Return how many bytes of memory the process *pid* has; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0


def _ending(status: int | None) -> str:
    if status is None or status >= 0:
        return f"status {status}"
    with suppress(ValueError):
        return f"{signal.Signals(-status).name}, perhaps for want of memory"
    return f"signal {-status}"
