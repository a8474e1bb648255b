"""Imports follow the way of a document: a stage knows the stages before it, and nothing after."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "tagger"

# Each line may import from itself and from the lines above it.
ORDER = (
    ("_version", "folders"),
    ("patterns",),
    ("values", "data", "extras", "characters", "journal", "files", "limits"),
    ("findings",),
    ("document",),
    ("lexicon",),
    ("fiscal",),
    ("grid",),
    ("reading",),
    ("catalog",),
    ("taxonomies",),
    ("ruleset",),
    ("statement",),
    ("measures",),
    ("facts", "tagged"),
    ("statements",),
    ("arithmetic",),
    ("matching",),
    ("evidence",),
    ("naming",),
    ("prose",),
    ("tagging",),
    ("writing",),
    ("selection",),
    ("sheets", "notebook"),
    ("report",),
    ("loading",),
    ("comparing",),
    ("checking",),
    ("viewing",),
    ("pipeline",),
    ("batches",),
    ("fetching",),
    ("arrow",),
    ("suggesting",),
    ("explaining", "check"),
    ("learning", "surveying"),
    ("gaps",),
    ("cli", "__main__"),
)
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
NAMES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES
}
# Who may touch files in which format (DESIGN.md, the way of a document).
ONLY = {
    "lxml": {"loading", "reading", "taxonomies", "writing"},
    "yaml": {"ruleset"},
    "ruamel": {"ruleset"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def _stage(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Return the modules imported by *path*, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found.update(name if name in NAMES else node.module for name in names)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_stage_imports_only_what_stands_before_it(path: Path) -> None:
    level = LEVEL[_stage(path)]
    stages = {name.split(".")[1] for name in _imports(path) if name.startswith("tagger.")}
    late = {stage for stage in stages if LEVEL.get(stage, level) > level}
    assert not late, f"{path.relative_to(PACKAGE)} imports from later stages: {sorted(late)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_formats_are_touched_only_where_files_are_read_or_written(path: Path) -> None:
    stage = _stage(path)
    astray = {
        name
        for name in _imports(path)
        for library, stages in ONLY.items()
        if name.split(".")[0] == library and stage not in stages
    }
    assert not astray


def test_no_modules_import_each_other_in_a_circle() -> None:
    imports = {name: _imports(path) & NAMES.keys() for name, path in NAMES.items()}
    assert set(TopologicalSorter(imports).static_order()) == NAMES.keys()  # or a CycleError, which names them


def test_every_module_has_its_place_in_the_order() -> None:
    assert {_stage(path) for path in MODULES} == set(LEVEL)
