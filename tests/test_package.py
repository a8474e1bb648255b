"""What ships is what is written: every package and data file is named, and the public face is whole."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

import tagger
from conftest import ROOT
from tagger.data import resource
from tagger.findings import Code

SETUP = configparser.ConfigParser()
SETUP.read(ROOT / "setup.cfg", "utf-8")
CODE = sorted(path.parent.relative_to(ROOT) for path in (ROOT / "tagger").rglob("__init__.py"))
PACKAGES = {".".join(path.parts) for path in CODE} | {"tagger.rules", "tagger.taxonomy"}
DATA = {"tagger.data": ROOT / "tagger" / "data", "tagger.rules": ROOT / "rules", "tagger.taxonomy": ROOT / "taxonomy"}


def _lines(section: str, option: str) -> list[str]:
    return [line for line in SETUP[section][option].split("\n") if line]


def _shipped(package: str) -> list[str]:
    return [pattern.strip() for pattern in SETUP["options.package_data"][package].split(",")]


def test_every_package_is_named_in_setup_cfg() -> None:
    assert set(_lines("options", "packages")) == PACKAGES
    assert _lines("options", "packages") == sorted(_lines("options", "packages"))


@pytest.mark.parametrize("package", DATA)
def test_every_data_file_is_shipped(package: str) -> None:
    patterns = [pattern.removeprefix("**/") for pattern in _shipped(package)]
    files = [path for path in DATA[package].rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}]
    assert files
    assert not [path.name for path in files if not any(fnmatch(path.name, pattern) for pattern in patterns)]


@pytest.mark.parametrize("package", ["rules", "taxonomy", "data"])
def test_data_is_found(package: str) -> None:
    assert [entry.name for entry in resource(package).iterdir() if entry.name != "__pycache__"]


def test_the_package_is_typed() -> None:
    assert (resource("data") / ".." / "py.typed").is_file()


def test_public_names_are_sorted_and_there() -> None:
    assert sorted(tagger.__all__) == tagger.__all__
    for name in tagger.__all__:
        assert getattr(tagger, name) is not None
    assert set(tagger.__all__) <= set(dir(tagger))


def test_names_for_type_checkers_are_the_public_ones() -> None:
    tree = ast.parse((ROOT / "tagger" / "__init__.py").read_text("utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    typed = {alias.name for node in ast.walk(guarded) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert typed | {"__version__"} == set(tagger.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        tagger.nothing  # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, tagger; print(*sorted(set(sys.modules) & {'lxml', 'rich', 'typer', 'yaml', 'rapidfuzz', 'regex', 'msgspec'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""


def test_every_finding_is_explained() -> None:
    text = (ROOT / "docs" / "findings.md").read_text("utf-8")
    told = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
    assert told == sorted(code.value for code in Code)


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md", "docs/outputs.md", "rules/README.md"])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = [part.split(")")[0].split("#")[0] for part in text.split("](")[1:]]
    assert not [link for link in links if link and "://" not in link and not ((ROOT / page).parent / link).exists()]


def test_a_wheel_works_alone(tmp_path: Path) -> None:
    """Built from the sources, the wheel holds all packages and data, and tags as the checkout does, even as a zip."""
    pytest.importorskip("setuptools")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(tmp_path),
        str(_copied(tmp_path)),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"{package.replace('.', '/')}/__init__.py" for package in PACKAGES} <= names
    for package, folder in DATA.items():
        written = {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.suffix in {".yaml", ".csv", ".json", ".txt", ".md"}
        }
        assert {f"{package.replace('.', '/')}/{name}" for name in written} <= names
    code = "import tagger; report = tagger.tag('release.txt'); print(tagger.__file__, len(report.facts))"
    example = ROOT / "examples" / "brightwater-2008q2"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=example,
        env={"PYTHONPATH": str(wheel), "TAGGER_CACHE": "off"},
        capture_output=True,
        text=True,
        check=True,
    )
    place, count = done.stdout.split()
    assert place.startswith(str(wheel))
    assert int(count) == len(tagger.tag(example / "release.txt").facts)


def _copied(tmp_path: Path) -> Path:
    """Copy what is packed, so that building leaves nothing behind in the checkout."""
    import shutil

    target = tmp_path / "source"
    target.mkdir()
    for name in ("tagger", "rules", "taxonomy"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "MANIFEST.in"):
        shutil.copy(ROOT / name, target / name)
    return target
