"""Changes chosen by coverage: an input that reaches lines which none before reached is changed further (atheris)."""

from __future__ import annotations

import gc
import inspect
import random
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.fuzz.holding import CHECKS
from benchmarks.fuzz.mutating import mutated

_LONGEST = 20_000


def guided_hunt(documents: Mapping[str, Sequence[bytes]], seconds: int, seed: int, keep: Path | None) -> int:
    """Hunt for *seconds* from *documents*, each kind by its check; the first input that fails ends it and is kept."""
    import atheris

    kinds = sorted(documents)
    for kind in kinds:
        CHECKS[kind](documents[kind][0])  # what is imported late is there now
    for function in gc.get_objects():
        if inspect.isfunction(function) and (function.__module__ or "").startswith("tagger."):
            atheris.instrument_func(function)
    everything = [document for kind in kinds for document in documents[kind]]
    end = time.monotonic() + seconds

    def one_input(data: bytes) -> None:
        if time.monotonic() > end or not data:
            return
        CHECKS[kinds[data[0] % len(kinds)]](data[1:])

    def changed(data: bytes, most: int, chosen: int) -> bytes:
        chance = random.Random(chosen)
        if chance.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return data[:1] + mutated(data[1:], chance.choice(everything), chance)[: most - 1]

    with tempfile.TemporaryDirectory() as folder:
        for number, kind in enumerate(kinds):
            for place, document in enumerate(documents[kind]):
                if len(document) < _LONGEST:
                    Path(folder, f"{number}-{place}").write_bytes(bytes([number]) + document)
        kept = f"-artifact_prefix={keep}/" if keep is not None else "-artifact_prefix=/tmp/"
        options = [sys.argv[0], folder, f"-max_len={_LONGEST}", f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=60", "-rss_limit_mb=3000", kept]  # fmt: skip
        _run(atheris, options, one_input, changed)
    return 0


def _run(atheris: Any, options: Sequence[str], one_input: Any, changed: Any) -> None:
    atheris.Setup(list(options), one_input, custom_mutator=changed, internal_libfuzzer=True)
    atheris.Fuzz()
