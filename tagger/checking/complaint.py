"""One thing that is wrong with a report."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct


class Level(IntEnum):
    """How bad it is, the worst first."""

    ERROR = 0
    WARNING = 1
    NOTE = 2


class Complaint(Struct, frozen=True, kw_only=True):
    """What is wrong: *source* says who found it ("tagger", "arelle"), *where* the facts or files it is about."""

    level: Level
    code: str
    message: str
    source: str
    where: str = ""
