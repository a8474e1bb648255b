"""Patterns are kept in the cache, and one that is broken, or not there, changes nothing but the time taken."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex

from tagger import patterns

UNITS = ("tons", "barrels")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path / "kept"))
    forget()
    yield tmp_path / "kept"
    forget()


def forget() -> None:
    """Begin anew, as another process would."""
    patterns._file.cache_clear()
    patterns._kept.cache_clear()


def sold() -> regex.Pattern[str]:
    return patterns.compiled(r"(?P<many>\d++)\s\L<units>", regex.IGNORECASE, units=UNITS)


def test_a_pattern_is_read_back_as_it_was_compiled(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sold()
    forget()
    monkeypatch.setattr(patterns, "_keep", lambda *_: pytest.fail("it is there already"))
    found = sold().search("some 12 Barrels")
    assert found is not None
    assert found.groupdict() == {"many": "12"}


def test_patterns_with_other_words_or_flags_are_others(cache: Path) -> None:
    assert sold().search("12 Barrels")
    forget()
    other = patterns.compiled(r"(?P<many>\d++)\s\L<units>", units=("pounds",))
    assert other.search("12 Barrels") is None
    assert other.search("12 pounds")


@pytest.mark.parametrize("cut", [0, 1, 20, 36, 60, -1])
def test_a_broken_file_is_as_if_it_were_not_there(cache: Path, cut: int) -> None:
    sold()
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:cut])
    forget()
    assert sold().search("12 tons")
    file.write_bytes(b"no pattern" * 20)
    forget()
    assert sold().search("12 tons")
    forget()
    assert len(patterns._kept()) == 1


def test_a_pattern_that_is_broken_is_compiled_again_and_kept_again(cache: Path) -> None:
    sold()
    (file,) = cache.iterdir()
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    forget()
    assert sold().search("12 tons")
    assert len(file.read_bytes()) == 2 * len(content), "beside the broken one"
    forget()
    assert file.read_bytes().endswith(patterns._kept().popitem()[1].content)


@pytest.mark.parametrize("others", [0o020, 0o002], ids=["group", "all"])
@pytest.mark.parametrize("place", ["file", "folder"])
def test_what_others_could_have_written_is_not_used(cache: Path, place: str, others: int) -> None:
    sold()
    (file,) = cache.iterdir()
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    chosen = file if place == "file" else cache
    chosen.chmod(chosen.stat().st_mode | others)
    forget()
    assert patterns._kept() == {}
    assert sold().search("12 tons")
    assert file.read_bytes() == content


def test_what_another_user_has_written_is_not_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sold()
    forget()
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    (file,) = cache.iterdir()
    expected = 1 if file.stat().st_uid == 0 else 0  # the system's own is as good as the user's
    assert len(patterns._kept()) == expected


def test_patterns_of_other_versions_are_not_taken_for_these(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sold()
    (file,) = cache.iterdir()
    patterns._versions.cache_clear()
    monkeypatch.setattr(regex, "__version__", "2.0")
    forget()
    sold()
    other = next(path for path in cache.iterdir() if path != file)
    file.replace(other)
    forget()
    sold()
    assert len(patterns._kept()) == 1, "the pattern was compiled anew, beside the one that was there"
    forget()
    assert len(patterns._kept()) == 2
    patterns._versions.cache_clear()


def test_a_cache_that_is_off_or_cannot_be_written_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("off", str(tmp_path / "file" / "folder")):
        (tmp_path / "file").write_text("in the way")
        monkeypatch.setenv("TAGGER_CACHE", place)
        forget()
        assert sold().search("12 tons")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    forget()


def test_a_pattern_is_compiled_when_it_is_first_asked_and_takes_its_place() -> None:
    home: dict[str, Any] = {"other": "kept"}
    home["_DIGITS"] = later = patterns.Later(lambda: re.compile(r"\d+"), home)
    assert home["_DIGITS"] is later
    assert later.search("a 12")[0] == "12"
    assert home == {"other": "kept", "_DIGITS": re.compile(r"\d+")}
    assert (later.pattern, later.sub("n", "1 2")) == (r"\d+", "n n")


def test_no_module_compiles_a_pattern_when_it_is_imported() -> None:
    compiling = re.compile(r"^\S.*\b(?:re|regex)\.compile\(", re.MULTILINE)  # in no function, nor class
    package = Path(patterns.__file__).parent
    assert [str(path) for path in package.rglob("*.py") if compiling.search(path.read_text("utf-8"))] == []
