"""Compare reports: two of them fact by fact, or a release with the filing that followed it."""

from __future__ import annotations

from tagger.comparing.differences import Difference, Status, diff
from tagger.comparing.grading import Grade, GradedFact, Verdict, grade
from tagger.comparing.numbers import Comparable

__all__ = ["Comparable", "Difference", "Grade", "GradedFact", "Status", "Verdict", "diff", "grade"]
