"""Compare reports: two of them fact by fact, a release with the filing that followed it, or releases with each other."""

from __future__ import annotations

from tagger.comparing.differences import Difference, Status, diff
from tagger.comparing.grading import Grade, GradedFact, Verdict, grade
from tagger.comparing.numbers import Comparable
from tagger.comparing.together import prove_together

__all__ = ["Comparable", "Difference", "Grade", "GradedFact", "Status", "Verdict", "diff", "grade", "prove_together"]
