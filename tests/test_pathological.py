"""Every regular expression of the library ends, whatever text it is given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("pathological.py")
SECONDS = 300  # of the processor, a hundred times what it takes: what runs without end takes more


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the time of a processor is not limited here")
def test_no_pattern_runs_without_end() -> None:
    limited = f"import resource, runpy; resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS})); runpy.run_path({str(PROGRAM)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", limited], capture_output=True, text=True, check=False)
    names = done.stdout.split()
    assert names[-1:] == ["whole"], f"{names[-1:]} has no end: {done.stderr[-500:]}"
    assert len(names) > 200
