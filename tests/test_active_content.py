"""What a release brings that runs, loads or calls out: none of it is in anything that this library writes."""

from __future__ import annotations

import csv
import io
import re
import sys
import threading
import time
import zipfile
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from lxml import etree, html
from typer.testing import CliRunner

import tagger
from active_content import KINDS
from chromium import PROGRAM, browser
from tagger.cli.commands import app
from tagger.cli.terminal import behind, guard_terminal
from tagger.reading.html.text import text_nodes
from tagger.viewing import write_viewer
from tagger.writing.css import clean_css
from tagger.writing.harmless import harmless_page
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


def strangers_report(kinds: Iterable[str], away: str = AWAY) -> bytes:
    """An inline report as others write them: what it brings is still in it, as XML."""
    found = html.fragments_fromstring("".join(KINDS[kind].replace("%s", away) for kind in kinds))
    brought = [element for element in found if not isinstance(element, str)]
    for element in [one for root in brought for one in root.iter()]:
        if isinstance(element.tag, str):
            element.tag = XHTML + element.tag.replace("x:", "")
            for name in [str(name) for name in element.keys() if not re.fullmatch(r"[\w-]+", str(name))]:  # noqa: SIM118
                del element.attrib[name]
    shown = b"".join(etree.tostring(element) for element in brought)
    other = f"<script xmlns='urn:x'>fetch('{away}/urn')</script><SCRIPT>fetch('{away}/upper')</SCRIPT><?xml-stylesheet href='{away}'?>"
    return tagger.tag(TABLE.encode()).render("htm").replace(b"</body>", shown + f"{other}</body>".encode())


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_active_is_left_of_a_report_that_others_wrote(kind: str) -> None:
    drawn = f"<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:script>fetch('{AWAY}')</s:script></s:svg></body>"
    page = strangers_report([kind]).replace(b"</body>", drawn.encode())
    page = page.replace(b"<ix:nonFraction ", b"<ix:nonFraction onclick='a()' style='b:c' ")
    left = harmless_page(page)
    for element in etree.fromstring(left).iter():
        if str(element.tag).startswith(XHTML) and element.tag != f"{XHTML}title":
            assert str(element.tag).removeprefix(XHTML) in ELEMENTS - {"script"}
            assert ATTRIBUTES.issuperset(map(str, element.keys()))
            assert not LOADS.search(element.get("style", ""))
            assert re.fullmatch(r"[\w.-]*|data:image/gif;base64,[\w+/=]*", element.get("src", ""))
        assert not element.get("onclick")
        assert "b:c" not in element.get("style", "")
    for element in html.fromstring(left).iter():
        assert element.tag not in ("script", "svg", "math", "iframe", "link", "base", "meta", "form", "template")
    assert left.count(b"<ix:nonFraction") == page.count(b"<ix:nonFraction") >= 6


def test_what_a_report_shows_and_where_its_hidden_facts_are_shown_stays() -> None:
    page = tagger.tag(TABLE.encode()).render("htm")
    assert [*etree.fromstring(harmless_page(page)).itertext()] == [*etree.fromstring(page).itertext()]
    pointing = page.replace(b"</body>", b'<p style="-sec-ix-hidden:f1;color:red" xml:lang="en">a</p><p/></body>')
    assert b'<p style="-sec-ix-hidden:f1;color:red" xml:lang="en">a</p><p></p>' in harmless_page(pointing)


@pytest.mark.skipif(PROGRAM is None, reason="no Chromium is here")
def test_the_viewer_of_such_a_report_asks_for_nothing(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    pytest.importorskip("iXBRLViewerPlugin")
    address, asked = listener
    tagger.tag(TABLE.encode()).write(tmp_path / "q2.htm")
    brought = (  # what is valid in the schema of inline pages, which Arelle would not read otherwise
        f"<script type='text/javascript'>fetch('{address}/1')</script><p><img src='{address}/2' alt=''"
        f" onerror=\"fetch('{address}/3')\"/></p><p style=\"background:url('{address}/4')\">a</p>"
        f"<object data='{address}/5'></object><form action='{address}/6'><p><input type='image' src='{address}/7'/></p></form></body>"
    )
    markup = (tmp_path / "q2.htm").read_text("utf-8").replace("</body>", brought)
    sheet = f"<style type='text/css'>body {{ background: url({address}/8) }}</style></head>"
    (tmp_path / "q2.htm").write_text(
        markup.replace("</head>", sheet).replace("<body>", f"<body onload=\"fetch('{address}/9')\">"), "utf-8"
    )
    page = write_viewer(tmp_path / "q2.htm", tmp_path / "view")
    with browser() as shown:
        shown.open(page)
        shown.wait("document.querySelector('iframe')?.contentDocument?.querySelectorAll('.ixbrl-element').length >= 6")
        time.sleep(0.5)
    assert not asked


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


STEERING = (
    TABLE.replace("Net sales", "Net \x1b[31msales\x1b]0;evil\x07").replace("\x1b", "&#27;").replace("\x07", "&#155;")
)


@pytest.mark.parametrize("suffix", ["htm", "txt"])
def test_the_words_of_a_release_do_not_steer_the_terminal(suffix: str, tmp_path: Path) -> None:
    pages = {
        "htm": STEERING,
        "txt": "OPERATIONS\n\n                March 31,\n            2024   2023\nNet \x1b[31msales\x9b1m  5,100  4,200\n",
    }
    (tmp_path / f"q.{suffix}").write_text(pages[suffix], "utf-8")
    (tmp_path / "\x1b[2J.htm").write_text(TABLE, "utf-8")
    for path in tmp_path.iterdir():
        ran = CliRunner().invoke(app, ["tag", str(path)])
        assert ran.exit_code == 0
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", ran.stdout + ran.stderr)


def test_what_is_printed_to_a_terminal_does_not_steer_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen, pipe = Screen(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", pipe)
    guard_terminal()
    print("Net \x1b[31msales\u202e")
    print("a\x1bb", file=sys.stderr)
    assert screen.getvalue() == "Net \ufffd[31msales\ufffd\n"
    assert pipe.getvalue() == "a\x1bb\n"
    assert behind(sys.stdout) is screen
    assert behind(sys.stderr) is pipe
    assert sys.stdout.isatty()
