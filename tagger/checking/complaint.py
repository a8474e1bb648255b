"""One thing that is wrong with a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How bad it is, the worst first."""

    ERROR = 0
    WARNING = 1
    NOTE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong: *source* says who found it ("tagger", "arelle"), *where* the facts or files it is about."""

    level: Level
    code: str
    message: str
    source: str
    where: str = ""
