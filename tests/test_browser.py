"""The inline output as a browser shows it: the text of the release, where it stood, and nothing else."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

import tagger
from conftest import ROOT, corpus_documents
from tagger.reading.html.text import text_nodes

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
EXAMPLE = ROOT / "examples" / "brightwater-2008q2" / "release.txt"
HEADER = re.compile(r'<div style="display:none"><ix:header>.*?</ix:header></div>', re.DOTALL)
TAG = re.compile(r'</?ix:[^>]*>|<span style="-sec-ix-hidden:[^>]*>(.*?)</span>', re.DOTALL)
# Looks at the page as laid out, and leaves in its place what it says and where each word begins.
SCRIPT = """<script>window.onload = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange(), said = [document.body.innerText, ""];
  for (let node; (node = walker.nextNode());)
    for (let i = 0; i < node.data.length && node.parentElement.tagName !== "SCRIPT"; i++) {
      if (!node.data[i].trim()) continue;
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect(), style = getComputedStyle(node.parentElement);
      if (box.width) said[1] += [node.data[i], Math.round(box.x), Math.round(box.y), Math.round(box.height),
        style.fontWeight, style.fontStyle, style.color].join(" ") + "\\n";
    }
  document.body.innerHTML = "";
  for (const part of said) document.body.appendChild(document.createElement("pre")).textContent = part;
};</script>"""
OLD = """<html><body bgcolor="#f4f4ee" text="navy"><center><b><p>Larkspur Fittings</p></b></center>
<font size=2 face=arial>Results<br clear=all>for the quarter</font><hr size=3 noshade width="60%" align=left>
<div align=right><table border=1 cellpadding=4 width="70%"><caption>Statements of Operations (in thousands)</caption>
<tr bgcolor=silver><th><th colspan=2>Three months ended June 30,<tr><th><td align=right>2004<td align=right>2003
<tr><td nowrap>Net sales<td align=right>$12,345<td align=right><u>$11,004</u>
<tr><td><i>Cost of sales<td align=right>(8,001)<td align=right>(7,554)</table></div>
<ul><li>one<li type=square>two</ul><ol start=4><li>four</ol><blockquote>quoted<p>twice</blockquote>
<h3><font color=red>Outlook</font></h3><dl><dt>term<dd>meaning</dl><pre>a   b
c   d</pre></body></html>"""


def shown(path: Path) -> tuple[str, str]:
    """Return what a browser 1200 wide shows of *path*: the text, and each character with its place and look."""
    assert CHROMIUM is not None
    copy = path.with_name(f"{path.stem}-looked-at.htm")
    copy.write_text(re.sub("(?i)</body>", f"{SCRIPT}</body>".replace("\\", r"\\"), path.read_text("utf-8")), "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,900"]
    profile = f"--user-data-dir={path.parent / 'profile'}"
    found = subprocess.run(
        [CHROMIUM, *options, profile, "--dump-dom", copy.as_uri()],
        capture_output=True,
        timeout=120,
        check=True,
        env={**os.environ, "HOME": str(path.parent)},
    ).stdout.decode("utf-8")
    text, places = re.findall(r"<pre>\n?(.*?)</pre>", found, re.DOTALL)
    return html.unescape(text), html.unescape(places)


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is here")
def test_a_browser_shows_the_text_of_the_example_line_by_line(tmp_path: Path) -> None:
    report = tagger.tag(EXAMPLE)
    page = report.write(tmp_path / "brightwater.htm")[0]
    lines = [line.rstrip() for line in shown(page)[0].strip("\n").splitlines()]
    assert lines == [line.rstrip() for line in EXAMPLE.read_text("utf-8").strip("\n").splitlines()]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is here")
def test_a_browser_shows_old_markup_as_it_looked(tmp_path: Path) -> None:
    before = tmp_path / "before.htm"
    before.write_text(OLD, "utf-8")
    report = tagger.tag(before)
    assert report.facts
    after = report.write(tmp_path / "after.htm")[0]
    (old_text, old_places), (new_text, new_places) = shown(before), shown(after)
    assert words(new_text) == words(old_text)
    assert new_places.splitlines() == old_places.splitlines()


def without_tags(page: bytes) -> str:
    """Take the ix: elements out of *page* as text, and read what is left as a browser reads it."""
    markup, headers = HEADER.subn("", page.decode("ascii"))
    assert headers == 1
    root = etree.fromstring(TAG.sub(r"\1", markup).encode("ascii"), etree.XMLParser(huge_tree=True))
    for element in root.iter():
        element.tag = etree.QName(element).localname
    return "".join(string for _, _, string in text_nodes(root.find("body")))


@pytest.mark.corpus
@pytest.mark.parametrize(
    "path",
    [EXAMPLE, *corpus_documents("capstone-2006q2", "releases", "text", "ocr")],
    ids=lambda path: path.stem,
)
def test_taking_the_tags_out_gives_the_visible_text_back_byte_for_byte(path: Path) -> None:
    report = tagger.tag(path)
    page = report.render("htm")
    assert report.document.text.replace("\f", " ") == without_tags(page)
    assert page.count(b"<ix:nonFraction") == len(report.facts)
