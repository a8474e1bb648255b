"""What a release brings that runs, loads or calls out: none of it is in anything that this library writes."""

from __future__ import annotations

import csv
import io
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from lxml import etree, html

import tagger
from active_content import KINDS
from chromium import PROGRAM, browser
from tagger.reading.html.text import text_nodes
from tagger.writing.css import clean_css
from test_hostile import TABLE

AWAY = "http://evil.example/call"
XHTML = "{http://www.w3.org/1999/xhtml}"
# What an inline page may hold, and nothing else: the lists are written out here, apart from those that the writer uses.
ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "address",
        "b",
        "big",
        "body",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "hr",
        "html",
        "i",
        "img",
        "kbd",
        "li",
        "ol",
        "p",
        "q",
        "samp",
        "small",
        "span",
        "strong",
        "style",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "tt",
        "ul",
        "var",
    ]
)
ATTRIBUTES = frozenset(
    [
        "align",
        "alt",
        "border",
        "cellpadding",
        "cellspacing",
        "class",
        "colspan",
        "frame",
        "href",
        "id",
        "rowspan",
        "rules",
        "span",
        "src",
        "style",
        "summary",
        "title",
        "type",
        "valign",
        "{http://www.w3.org/XML/1998/namespace}lang",
    ]
)
LOADS = re.compile(r"(?<![\w-])(?:url|image|image-set|-webkit-image-set|src|expression|element|paint)\s*\(|@(?:import|font-face|namespace)|\\", re.I)  # fmt: skip


def page(kind: str, away: str = AWAY) -> str:
    return f"<html><body>{KINDS[kind].replace('%s', away)}{TABLE}</body></html>"


def assert_safe(data: bytes) -> None:
    root = etree.fromstring(data)
    for element in root.iter():
        assert isinstance(element.tag, str)
        if not element.tag.startswith(XHTML):
            continue
        assert element.tag.removeprefix(XHTML) in ELEMENTS
        assert ATTRIBUTES.issuperset(map(str, element.keys()))
        assert not LOADS.search(element.get("style", ""))
        assert re.fullmatch(r"[\w./-]*|data:image/(?:png|gif|jpe?g|webp);base64,[\w+/=]*", element.get("src", ""))
        assert not element.get("src", "").startswith("/")
        assert re.match(r"https?://|mailto:|#|[\w./-]*$", element.get("href", ""))
        if element.tag == f"{XHTML}style":
            text = (element.text or "").removeprefix("/*").removesuffix("/*")
            assert not LOADS.search(text.replace("\\3c ", ""))
            assert "<" not in text
        links = re.findall(r"-ix-hidden", element.get("style", ""), re.I)
        assert not links or re.fullmatch(r"-sec-ix-hidden:f\d+", element.get("style", ""))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("profile", ["", "sec"])
def test_nothing_active_is_in_an_inline_page(kind: str, profile: str) -> None:
    report = tagger.tag(page(kind).encode())
    report = report.for_sec() if profile else report
    assert len(report.facts) >= 6
    written = report.render("htm")
    assert_safe(written)
    # A browser takes the page for HTML where its name ends so: it holds no more then.
    for element in html.fromstring(written).iter():
        assert not isinstance(element.tag, str) or element.tag.partition(":")[0] in ELEMENTS | {
            "ix",
            "xbrli",
            "xbrldi",
            "link",
        }


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_of_such_a_page_is_whole(kind: str) -> None:
    report = tagger.tag(page(kind).encode())
    body = etree.fromstring(report.render("htm")).find(f"{XHTML}body")
    for element in body.iter():
        element.tag = etree.QName(element).localname
    body.remove(body[0])
    assert "".join(string for _, _, string in text_nodes(body)).strip() == report.document.text.strip()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_active_is_in_a_package_or_a_notebook(kind: str) -> None:
    report = tagger.tag(page(kind).encode(), name=f"<img src={AWAY}>")
    with zipfile.ZipFile(io.BytesIO(report.render("xbri"))) as package:
        for name in package.namelist():
            if name.endswith(".htm"):
                assert_safe(package.read(name))
    shown = html.fromstring(report._repr_html_())
    assert {element.tag for element in shown.iter()} <= ELEMENTS | {"details", "summary"}
    assert {str(name) for element in shown.iter() for name in element.keys()} <= {"class", "title", "open"}  # noqa: SIM118


def test_markup_of_labels_and_names_is_text_wherever_it_is_shown() -> None:
    evil = f"<img src={AWAY} onerror=alert(1)>"
    markup = TABLE.replace("Net sales", tagger.notebook.escape(evil)).replace(
        "Cost of sales", tagger.notebook.escape(f'"{evil}')
    )
    report = tagger.tag(markup.encode(), name=evil)
    assert any(evil in fact.label for fact in report)
    shown = report._repr_html_()
    assert evil not in shown
    assert not [element for element in html.fromstring(shown).iter() if element.tag == "img"]


@pytest.mark.parametrize(
    ("css", "cleaned"),
    [
        ("color: rgb(1, 2, 3); margin: calc(1px + 2px)", "color: rgb(1, 2, 3); margin: calc(1px + 2px)"),
        ("background:URL(a.gif)", "background:no-URL(a.gif)"),
        ("background:url\\(a.gif)", "background:urla.gif)"),
        ("background:u\\72 l(a.gif)", "background:no-ul(a.gif)"),
        ("background:u\\\\rl(a.gif)", "background:no-url(a.gif)"),
        ("content:'\\201C'", "content:'\u201c'"),
        ("content:'\\", "content:'"),
        ("@media print{a{b:c}}", "@media print{a{b:c}}"),
        ("@IMPORT 'a'", "@no-IMPORT 'a'"),
        ("@media-x 'a'", "@no-media-x 'a'"),
        ("<!-- a{b:c} -->", "  a{b:c}  "),
        ("-sec-ix-hidden:f1;-ix-hidden:f1", "no:f1;no:f1"),
        ("\u00e9url(a)", "no-\u00e9url(a)"),
    ],
)
def test_styles_keep_what_only_looks(css: str, cleaned: str) -> None:
    assert clean_css(css) == cleaned


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.skipif(PROGRAM is None, reason="no Chromium is here")
def test_a_browser_that_opens_such_pages_asks_for_nothing(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    before, after = [], []
    for number, kind in enumerate(KINDS):
        markup = page(kind, f"{address}/{number}")
        before.append(tmp_path / f"{number}.before.htm")
        before[-1].write_text(markup, "utf-8")
        report = tagger.tag(markup.encode())
        for suffix in ("htm", "xhtml"):
            after.append(tmp_path / f"{number}.{suffix}")
            after[-1].write_bytes(report.render(suffix))
        after.append(tmp_path / f"{number}.notebook.htm")
        after[-1].write_text(report._repr_html_(), "utf-8")
    with browser() as shown:
        for path in after:
            shown.open(path)
            shown.wait("document.readyState == 'complete'")
        time.sleep(0.5)
        assert not asked
        for path in before:  # the listener does hear what the releases themselves ask for
            shown.open(path)
            time.sleep(0.1)
    assert len({path.split("/")[1].split("#")[0] for path in asked}) > 12


def test_cells_of_a_table_of_facts_are_no_formulas() -> None:
    markup = TABLE.replace("Net sales", "=Net sales").replace("Cost", "@Cost").replace("Gross", "+Gross")
    rows = list(csv.reader(io.StringIO(tagger.tag(markup.encode(), name="=cmd|' /C calc'!A0").render("csv").decode())))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not [cell for cell in cells if re.match(r"[=+@\t\r]|-(?![\d.,]*$)", cell)]


@pytest.mark.parametrize("label", ["=1+1", "+a", "-a", "@a", "'=a", "'a", "-", "=", "\t=a"])
def test_what_was_quoted_in_a_table_is_read_back_as_it_was(label: str, tmp_path: Path) -> None:
    report = tagger.tag(TABLE.encode(), name=label)
    loaded = tagger.read(report.write(tmp_path / "q2.csv")[0])
    assert {fact.detail("source") for fact in loaded.facts} == {label}
    assert sorted(fact.value for fact in loaded.facts) == sorted(fact.value for fact in report)
