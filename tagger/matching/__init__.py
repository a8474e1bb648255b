"""Candidates: which rules want a row, a figure inside a label, or a phrase of a sentence."""

from tagger.matching.notes import NoteQuery, match_note
from tagger.matching.phrases import SubjectHit, find_subjects
from tagger.matching.rows import Candidate, NearMiss, RowQuery, explain_row, match_row, settle

__all__ = [
    "Candidate",
    "NearMiss",
    "NoteQuery",
    "RowQuery",
    "SubjectHit",
    "explain_row",
    "find_subjects",
    "match_note",
    "match_row",
    "settle",
]
