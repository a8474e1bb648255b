"""Real releases, where they are there: nothing crashes, and every fact is sane."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import tagger
from conftest import CORPUS, corpus_documents
from tagger.values import Instant

DOCUMENTS = corpus_documents("capstone-2006q2", "text", "ocr")


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_real_release_gives_sane_facts(path: Path) -> None:
    report = tagger.tag(path)
    text = report.document.text
    for fact in report.facts:
        assert text[fact.printed.span.start : fact.printed.span.end] == fact.printed.text
        assert abs(fact.value) == fact.printed.number.scaleb(fact.printed.scale)
        assert abs(fact.value) < Decimal(10) ** 14
        assert 1990 < fact.period.end.year < 2040
        assert isinstance(fact.period, Instant) or fact.period.days < 800
        assert fact.why
    ids = [fact.id for fact in report.facts]
    assert len(set(ids)) == len(ids)
