"""What all tests share: the corpus, which not every checkout has, and the switch that renews golden files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine breaks no property
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is found now into the golden files")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "corpus: runs over real documents, where they are there")


def corpus_documents(*folders: str) -> list[Path]:
    """Return the releases of *folders* of the corpus; none where there is no corpus."""
    return sorted(
        path
        for folder in folders
        for path in (CORPUS / folder).glob("*")
        if path.suffix in {".txt", ".md", ".htm", ".html"}
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
