"""A new pack: a manifest, a first rule to change, and the schemas that editors check by."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from tagger.files import write_files
from tagger.ruleset.schema import manifest_schema, rule_schema
from tagger.ruleset.text import write_manifest

_FIRST = """\
# yaml-language-server: $schema=schema.json
# The manual of this language: tagger/rules/README.md. Change this rule, or write others below it.

- id: {name}-example
  concept: us-gaap:Revenues
  statement: operations
  rows: turnover from example sales
  matches: "operations: Turnover from example sales"
  skips: "operations: Cost of example sales"
"""


def start_pack(
    folder: Path, *, cik: str = "", company: str = "", prefix: str = "", extends: Sequence[str] = ()
) -> tuple[Path, ...]:
    """Write the files of a new pack into *folder*, which must hold none yet."""
    if (folder / "pack.yaml").exists():
        raise ValueError(f"{folder}: a pack is there already")
    if cik and not re.fullmatch(r"\d{1,10}", cik):
        raise ValueError(f"{cik!r} is no CIK: up to ten digits")
    name = "-".join(re.findall(r"[a-z0-9]+", folder.resolve().name.lower())) or "pack"
    manifest = write_manifest(
        name=name,
        version="0.1",
        ciks=[cik.zfill(10)] if cik else [],
        names=[company] if company else [],
        extends=extends,
        prefix=prefix,
    )
    files = {
        "pack.yaml": f"# yaml-language-server: $schema=pack-schema.json\n{manifest}",
        "rules.yaml": _FIRST.format(name=name),
        **schemas(),
    }
    write_files({folder / file: text.encode() for file, text in files.items()})
    return tuple(folder / file for file in files)


def schemas() -> dict[str, str]:
    """Return the schemas that stand beside rules, by file name."""
    return {
        "schema.json": json.dumps(rule_schema(), indent=1) + "\n",
        "pack-schema.json": json.dumps(manifest_schema(), indent=1) + "\n",
    }
