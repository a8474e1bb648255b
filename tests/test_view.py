"""The viewer, in a browser: it loads without a complaint, and a click on a figure shows what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import chromium
from tagger.extras import MissingExtra
from tagger.viewing import write_viewer
from tagger.writing import write
from writing_cases import html_release, text_release

_FRAME = "const f = document.querySelector('iframe'); const d = f && f.contentDocument;"
_FIGURE = f"""(() => {{ {_FRAME}
  const e = [...d.querySelectorAll('.ixbrl-element')].find(e => e.textContent.includes('38,214'));
  e.scrollIntoView({{block: 'center'}});
  const o = f.getBoundingClientRect(), b = e.getBoundingClientRect();
  return [o.x + b.x + b.width / 2, o.y + b.y + b.height / 2]; }})()"""
_SHOWN = "document.querySelector('.inspector, #inspector')?.innerText || ''"


@pytest.mark.skipif(chromium.PROGRAM is None, reason="Chromium is not here")
@pytest.mark.parametrize("release", [text_release, html_release], ids=["text", "html"])
def test_a_figure_can_be_clicked_and_says_what_it_is(tmp_path: Path, release: object) -> None:
    pytest.importorskip("iXBRLViewerPlugin")
    pytest.importorskip("websocket")
    assert callable(release)
    page_file = write_viewer(write(release(), tmp_path / "q2.htm")[0], tmp_path / "view")
    with chromium.browser() as page:
        page.open(page_file)
        tagged = page.wait(f"(() => {{ {_FRAME} return d ? d.querySelectorAll('.ixbrl-element').length : 0; }})()")
        assert tagged >= 12
        page.wait(f"({_SHOWN}).includes('BALANCE SHEETS')")
        page.click(*page.run(_FIGURE))
        page.wait(f"({_SHOWN}).includes('Fact Value')")
        shown = page.run(_SHOWN)
        assert "CashAndCashEquivalentsAtCarryingValue" in shown
        assert "30 Sep 2006" in shown
        assert "US $ 38,214,000" in shown
        assert page.complaints == []


def test_the_viewer_stands_alone_in_its_folder(tmp_path: Path) -> None:
    pytest.importorskip("iXBRLViewerPlugin")
    page = write_viewer(write(text_release(), tmp_path / "q2.xbri")[0], tmp_path / "new" / "view")
    assert {"ixbrlviewer.js", page.name} <= {path.name for path in page.parent.iterdir()}


def test_pictures_come_along_and_lost_ones_do_no_harm(tmp_path: Path) -> None:
    pytest.importorskip("iXBRLViewerPlugin")
    source = write(html_release(), tmp_path / "q2.htm")[0]
    assert "data:image/gif" in write_viewer(source, tmp_path / "lost").read_text("utf-8")
    (tmp_path / "logo.gif").write_bytes(b"GIF89a")
    page = write_viewer(source, tmp_path / "view")
    assert 'src="logo.gif"' in page.read_text("utf-8")
    assert (page.parent / "logo.gif").read_bytes() == b"GIF89a"


def test_without_the_viewer_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tagger.viewing.there", lambda name: False)
    with pytest.raises(MissingExtra, match=r"pip install 'gaap-tagger\[view\]'"):
        write_viewer(tmp_path / "q2.htm", tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("iXBRLViewerPlugin")
    with pytest.raises(FileNotFoundError):
        write_viewer(tmp_path / "q2.htm", tmp_path / "view")


def test_what_is_no_inline_report_cannot_be_viewed(tmp_path: Path) -> None:
    pytest.importorskip("iXBRLViewerPlugin")
    (tmp_path / "a.htm").write_text("<html><body>x</body></html>")
    with pytest.raises(ValueError, match="no viewer could be made of it"):
        write_viewer(tmp_path / "a.htm", tmp_path / "view")
