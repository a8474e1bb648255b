"""Measuring: how much of the processor's time a call takes, and how much memory a process needs."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple


class Times(NamedTuple):
    """Seconds of the processor that repeated calls took."""

    median: float
    worst: float


def timed(call: Callable[[], object], *, runs: int) -> Times:
    """Time *call* *runs* times after one call that warms it up, the collector held off."""
    (times,) = compared(call, runs=runs)
    return times


def compared(*calls: Callable[[], object], runs: int) -> tuple[Times, ...]:
    """Time *calls* by turns, so that what else the machine does falls on all of them alike."""
    for call in calls:
        call()
    gc.collect()
    gc.disable()
    try:
        rounds = [[_seconds(call) for call in calls] for _ in range(runs)]
    finally:
        gc.enable()
    return tuple(Times(statistics.median(taken), max(taken)) for taken in zip(*rounds, strict=True))


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def process(code: str, *arguments: str, runs: int = 1) -> tuple[Times, float]:
    """Run *code* in fresh processes; return the time each took in all, and the largest peak of memory in MB.

    The code runs between two marks, so the start of the interpreter itself is not counted. Linux only.
    """
    wrapped = (
        "import sys, time; from pathlib import Path; start = time.process_time()\n"
        f"{code}\n"
        "taken = time.process_time() - start\n"
        # not getrusage, which counts what the parent held when it started this process
        "print(taken, Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    taken, peaks = [], []
    for _ in range(runs):
        done = subprocess.run([sys.executable, "-c", wrapped, *arguments], capture_output=True, text=True, check=True)
        seconds, peak = done.stdout.split()[-2:]
        taken.append(float(seconds))
        peaks.append(int(peak) / 1024)
    return Times(statistics.median(taken), max(taken)), max(peaks)
