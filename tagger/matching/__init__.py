"""Candidates: which rules want a row, a figure inside a label, or a phrase of a sentence."""

from tagger.matching.notes import NoteQuery, match_note
from tagger.matching.phrases import find_subjects
from tagger.matching.rows import Candidate, RowQuery, explain_row, match_row, settle

__all__ = [
    "Candidate",
    "NoteQuery",
    "RowQuery",
    "explain_row",
    "find_subjects",
    "match_note",
    "match_row",
    "settle",
]
