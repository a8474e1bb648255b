"""Work for a crew in tests: what a document of a name does to the process that works on it."""

from __future__ import annotations

import gc
import os
import signal
import time
from dataclasses import dataclass

from tagger.batches.failure import Failure, FailureKind
from tagger.batches.sources import Source


@dataclass(frozen=True, slots=True)
class Odd:
    """Do what the name of the document says, and say so."""

    def __call__(self, source: Source) -> Failure:
        match source.name.partition("-")[0]:
            case "sleep":
                time.sleep(60)
            case "spin":
                while True:
                    pass
            case "eat":
                eaten = []
                while True:
                    eaten.append(bytearray(b"x" * 20_000_000))
                    time.sleep(0.01)
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "leave":
                os._exit(3)
            case "freeze":
                return Failure(source.name, FailureKind.REFUSED, "settled" if gc.get_freeze_count() else "loading")
            case "print":
                print("a library that talks")
        return Failure(source.name, FailureKind.REFUSED, f"by {os.getpid()}")


@dataclass(frozen=True, slots=True)
class Unusable:
    """Work that cannot even be unpacked."""

    def __reduce__(self) -> tuple[object, ...]:
        return _refuse, ()

    def __call__(self, source: Source) -> Failure:
        raise NotImplementedError


def _refuse() -> None:
    raise ValueError("this work cannot be done here")
