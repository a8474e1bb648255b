"""A period phrase: words that name a time, with what they say and nothing more."""

from __future__ import annotations

from dataclasses import dataclass

RELATIONS = ("", "prior", "prior-year", "current", "next")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPhrase:
    """Words that name a time. What they do not say is `None`; nothing is worked out here.

    *year*, *month* and *day* are the end date as far as said; a year under no date ("2024") is
    *year* alone. *months* and *weeks* are the length ("quarter" is 3 months, "13 weeks" is 13 weeks).
    *relation* points from the period spoken about: "prior" is the one before it of the same length,
    "prior-year" the same one a year earlier. *instant* says the words mean the end of a day
    ("as of", "at quarter-end"); a "prior" instant of a length is the end of the one before ("beginning of year").
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    fiscal_year: int | None = None
    quarter: int | None = None
    months: int | None = None
    weeks: int | None = None
    relation: str = ""
    to_date: bool = False
    trailing: bool = False
    instant: bool = False
    half: int | None = None

    def __post_init__(self) -> None:
        if self.relation not in RELATIONS:
            raise ValueError(f"no such relation of periods: {self.relation}")
        if self.end < self.start:
            raise ValueError(f"a phrase cannot run from {self.start} to {self.end}")

    @property
    def dated(self) -> bool:
        """Whether day, month and year of the end are all said."""
        return self.year is not None and self.month is not None and self.day is not None

    @property
    def length(self) -> bool:
        """Whether anything is said of how long the period is."""
        return self.months is not None or self.weeks is not None or self.to_date
