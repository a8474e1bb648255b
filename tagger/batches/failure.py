"""What became of a document that gave no report."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class FailureKind(StrEnum):
    """Why there is no report.

    A *refused* document cannot be read as a release, a *missing* one cannot be read at all, a *stopped* one took more
    time or memory than it was allowed; *failed* is a defect of this library, and *died* its process's end.
    """

    REFUSED = "refused"
    MISSING = "missing"
    STOPPED = "stopped"
    FAILED = "failed"
    DIED = "died"


class Failure(Struct, frozen=True):
    """A document that gave no report: its name, and the reason in a line; *trace* says where a defect is."""

    source: str
    kind: FailureKind
    reason: str
    trace: str = ""

    def __str__(self) -> str:
        return self.reason if self.reason.startswith(f"{self.source}: ") else f"{self.source}: {self.reason}"
