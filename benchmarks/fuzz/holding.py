"""What holds for every input, whatever it is: refused by a documented error, or tagged and written whole."""

from __future__ import annotations

import csv
import functools
import importlib.util
import io
import json
import re
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree

import tagger
from tagger.characters import clean_characters
from tagger.checking import check
from tagger.loading import LoadError
from tagger.loading import read as read_report
from tagger.reading import ReadError
from tagger.reading.html.text import text_nodes
from tagger.ruleset import RuleError, load_rules
from tagger.taxonomies import PackageError

_XHTML = "{http://www.w3.org/1999/xhtml}"
_INSTANCE = "http://www.xbrl.org/2003/instance"
_STANDARD = frozenset({_INSTANCE, "http://www.xbrl.org/2003/linkbase"})
_ACTIVE = re.compile(r"(?<![\w-])(?:url|image-set|src|expression)\(|@import|javascript:|vbscript:", re.I)
_FORBIDDEN = frozenset({"script", "iframe", "frame", "object", "embed", "form", "input", "link", "meta", "base", "svg", "video", "audio"})  # fmt: skip


def check_release(data: bytes) -> str:
    """Tag *data* and look at all that is written of it; return what became of it. `AssertionError` where something does not hold."""
    try:
        report = tagger.tag(data, name="release")
    except ReadError:
        return "refused"
    _check_facts(report)
    _check_page(report)
    _check_read_back(report)
    _check_instance(etree.fromstring(report.render("xml")))
    json.loads(report.render("json"))
    list(csv.reader(io.StringIO(report.render("csv").decode())))
    with zipfile.ZipFile(io.BytesIO(report.render("xbri"))) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".xsd", ".htm")):
                etree.fromstring(package.read(name))
    etree.fromstring(f"<x>{report._repr_html_().replace('<br>', '<br/>').replace('details open', 'details')}</x>")
    return "tagged" if report.facts else "no facts"


def _check_facts(report: tagger.Report) -> None:
    text = report.document.text
    seen: set[str] = set()
    for fact in report.facts:
        span = fact.printed.span
        assert 0 <= span.start <= span.end <= len(text), f"{fact.id} stands outside of the text"
        assert fact.id not in seen, f"{fact.id} is there twice"
        assert fact.value.is_finite()
        seen.add(fact.id)
    for finding in report.findings:
        assert finding.message
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= len(text)


def _check_instance(root: etree._Element) -> None:
    """What is not a fact is valid; whether a fact is, its concept's schema says, which `_check_read_back` stands for."""
    assert root.tag == f"{{{_INSTANCE}}}xbrl"
    for child in root:
        if etree.QName(child).namespace not in _STANDARD:
            root.remove(child)
    _check_schema(root, "2003/xbrl-instance-2003-12-31.xsd")


def _check_schema(root: etree._Element, path: str) -> None:
    schema = _schema(path)
    assert schema is None or schema.validate(root), f"not valid: {schema.error_log}"[:300]


@functools.cache
def _schema(path: str) -> etree.XMLSchema | None:
    """The schema of XBRL at *path*, from Arelle's files where it is installed."""
    found = importlib.util.find_spec("arelle")
    if found is None or found.origin is None:
        return None
    files = Path(found.origin).parent / "resources" / "cache"

    class Files(etree.Resolver):
        def resolve(self, *asked: Any) -> Any:
            url, _, context = asked
            mine: Any = self
            return mine.resolve_filename(str(files / url.replace("://", "/")), context) if "://" in url else None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Files())
    return etree.XMLSchema(etree.parse(files / "http" / "www.xbrl.org" / path, parser))


def _check_page(report: tagger.Report) -> None:
    """The page is valid, nothing in it is active, and without its tags it is the release again."""
    root = etree.fromstring(report.render("htm"), etree.XMLParser(huge_tree=True))
    _check_schema(root, "2013/inlineXBRL/xhtml-inlinexbrl-1_1.xsd")
    for element in root.iter():
        name = str(element.tag).removeprefix(_XHTML)
        assert name not in _FORBIDDEN, f"<{name}>"
        for key, value in element.items():
            assert not str(key).startswith("on"), f"{key!s} of <{name}>"
            assert key in {"alt", "title", "summary"} or not _ACTIVE.search(str(value)), f"{value!s} of <{name}>"
    body = root.find(f"{_XHTML}body")
    assert body is not None
    body.remove(body[0])
    for element in root.iter():
        element.tag = etree.QName(element).localname
    shown = "".join(string for _, _, string in text_nodes(root))
    meant = clean_characters(report.document.text)
    assert "".join(shown.split()) == "".join(meant.split()), "the page says something else"


def _check_read_back(report: tagger.Report) -> None:
    meant = Counter((fact.concept, str(fact.period), fact.value) for fact in report.facts)
    with tempfile.TemporaryDirectory() as folder:
        for format in ("htm", "xml", "json", "csv"):
            path = Path(folder) / f"q.{format}"
            path.write_bytes(report.render(format))
            loaded = read_report(path)
            assert not loaded.problems, f"{format}: {loaded.problems[0]}"
            found = Counter((fact.concept, str(fact.period), fact.value) for fact in loaded.facts)
            assert found == meant, f"{format}: other facts"


def check_report(data: bytes) -> str:
    """Read *data* back as a report; return what became of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report"
        path.write_bytes(data)
        try:
            loaded = read_report(path)
        except (LoadError, PackageError):
            return "refused"
    repr(loaded)
    for fact in loaded.facts:
        str(fact.value)
    return "read" if loaded.facts else "no facts"


def check_pack(data: bytes) -> str:
    """Load *data* as a file of rules; return what became of it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pack.yaml" if b"name:" in data[:200] else "rules.yaml").write_bytes(data)
        try:
            load_rules(folder)
        except ExceptionGroup as group:
            if group.split(RuleError)[1] is not None:
                raise
            return "refused"
    return "loaded"


def check_loads(data: bytes) -> str:
    """Tag *data*, and let Arelle load and check the page written of it; return what became of it."""
    try:
        report = tagger.tag(data, name="release")
    except ReadError:
        return "refused"
    if not report.facts:
        return "no facts"
    with tempfile.TemporaryDirectory() as folder:
        written = report.write(Path(folder) / "release.htm")
        complaints = [found for found in check(written[0], arelle=True) if found.source == "arelle"]
    assert not complaints, complaints[0]
    return "loaded"


CHECKS = {"releases": check_release, "reports": check_report, "packs": check_pack, "loads": check_loads}
USUAL = ("releases", "reports", "packs")  # Arelle takes its time
