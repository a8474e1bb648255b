"""Inline XBRL of HTML: whatever a release's markup is, the page is valid XHTML with the same text and the same look."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import arelle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

import tagger
from arelle_loading import load, rows
from tagger.reading.html.text import parse_html, text_nodes
from tagger.tagged import Tagged
from tagger.writing import render, write
from tagger.writing.stream import read_stream
from tagger.writing.xhtml import serialise, to_xhtml
from writing_cases import CASH, HTML, Facts, html_release, tagged, visible_text

IX = "{http://www.xbrl.org/2013/inlineXBRL}"
CASES = Path(__file__).parent / "cases"
CACHE = Path(arelle.__file__).parent / "resources" / "cache"


class _Resolver(etree.Resolver):
    """Finds the schemas that Arelle brings along."""

    def resolve(self, system_url, public_id, context):  # type: ignore[no-untyped-def]
        scheme, _, rest = system_url.partition("://")
        return self.resolve_filename(str(CACHE / scheme / rest), context) if rest else None


@cache
def schema() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Resolver())
    path = CACHE / "http" / "www.xbrl.org" / "2013" / "inlineXBRL" / "xhtml-inlinexbrl-1_1.xsd"
    return etree.XMLSchema(etree.parse(str(path), parser))


def faults(data: bytes) -> list[str]:
    """Say what the schema of Inline XBRL in XHTML has against *data*."""
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    schema().validate(root)
    assert not root.xpath("//@class[.='']"), "lxml does not see this one"
    return [f"{entry.line}: {entry.message}" for entry in schema().error_log]


def converted(markup: str) -> str:
    body = parse_html(markup).find("body")
    assert body is not None
    to_xhtml(body)
    return serialise(body)


def text_without_tags(data: bytes) -> str:
    """Take the ix elements out, and read the rest as the reader reads a release."""
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    for header in list(root.iter(f"{IX}header")):
        holder = header.getparent()
        assert holder is not None
        holder.remove(header)
    etree.strip_tags(root, f"{IX}nonFraction")
    for element in root.iter():
        element.tag = etree.QName(element).localname
    return "".join(string for element, _, string in text_nodes(root.find("body")))


def plain(markup: str) -> Tagged:
    """Return a page without figures, as read."""
    return tagged((), text=visible_text(markup), markup=markup, statements=(), own=())


def page(markup: str) -> bytes:
    return render(plain(markup), "htm")


def test_taking_the_tags_out_gives_the_text_of_the_page_back() -> None:
    assert text_without_tags(render(html_release(), "htm")) == visible_text(HTML)


def test_arelle_loads_every_fact_of_a_page_and_complains_of_nothing(tmp_path: Path) -> None:
    release = html_release()
    paths = write(release, tmp_path / "q2.htm")
    loaded = load(paths[0], [tmp_path / "q2-taxonomy.zip"])
    assert loaded.complaints == ()
    assert loaded.facts == rows(release.facts)


def test_a_figure_is_tagged_inside_its_own_markup() -> None:
    data = render(html_release(), "htm").decode()
    assert '<td align="right" class="r"><ix:nonFraction id="f3"' in data
    assert "link" not in data[data.index("</ix:header>") :]


def test_a_figure_broken_over_two_pieces_of_markup_is_hidden() -> None:
    markup = "<p>Cash 1,<b>234</b> today</p>"
    found = Facts(visible_text(markup))
    found.add(CASH, "1,234", "1234000")
    data = render(tagged(found.facts, text=found.text, markup=markup, statements=()), "htm")
    assert b">1234000</ix:nonFraction>\n</ix:hidden>" in data
    assert b'<span style="-sec-ix-hidden:f1">1,</span><b>234</b>' in data
    assert faults(data) == []
    assert text_without_tags(data) == found.text


def test_figures_that_begin_together_and_end_in_different_markup_are_told_apart() -> None:
    markup = "<p>1,<b>234</b><i>5</i></p>"
    found = Facts(visible_text(markup))
    found.add(CASH, "1,2345", "12345000")
    found.place = 0
    found.add("us-gaap:Assets", "1,234", "1234000")
    data = render(tagged(found.facts, text=found.text, markup=markup, statements=()), "htm")
    assert data.count(b"-sec-ix-hidden") == 1
    assert faults(data) == []
    assert text_without_tags(data) == found.text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<font color=red size=2 face=Arial>x</font>", '<span style="color:red;font-size:small;font-family:Arial">x</span>'),
        ("<font color=00ff00 size=+9>x</font>", '<span style="color:#00ff00;font-size:xxx-large">x</span>'),
        ("<center>x</center>", '<div style="text-align:center;text-align:-webkit-center;text-align:-moz-center">x</div>'),
        ("<u>x</u><s>y</s>", '<span style="text-decoration:underline">x</span><span style="text-decoration:line-through">y</span>'),
        ("<p align=Center style='margin:0'>x</p>", '<p style="text-align:center;margin:0">x</p>'),
        ("<td>x", "<div>x</div>"),
        ("<nobr>x</nobr>", '<span style="white-space:nowrap">x</span>'),
        ("<p>a<b><div>x</div></b>", '<div style="margin:1em 0">a<div style="display:inline;font-weight:bold"><div>x</div></div></div>'),
        ("<h2>x<div>y</div></h2>", '<div style="font-size:1.5em;font-weight:bold;margin:0.83em 0">x<div>y</div></div>'),
        ("<ul>x<li>y</ul>", '<div style="margin:1em 0;padding-left:40px">x<div style="display:list-item">y</div></div>'),
        ("<ol type=a start=3><li>y</ol>", '<ol style="list-style-type:lower-alpha;counter-reset:list-item 2"><li>y</li></ol>'),
        ("<pre>a  b</pre>", '<div style="font-family:monospace;margin:1em 0;white-space:pre">a  b</div>'),
        ("<table><tr></table>", "<table><tr><td></td></tr></table>"),
        ("<table></table>", "<div></div>"),
        ("<table><td>x<td>y</table>", "<table><tr><td>x</td><td>y</td></tr></table>"),
        ("<table><tr><td>x</td></tr><tbody><tr><td>y</td></tr></tbody></table>", "<table><tbody><tr><td>x</td></tr></tbody><tbody><tr><td>y</td></tr></tbody></table>"),
        ("<table width=80% bgcolor=#fff height=9><tr valign=TOP><td nowrap width=10>x</table>", '<table style="width:80%;background-color:#fff;height:9px"><tr valign="top"><td style="white-space:nowrap;width:10px">x</td></tr></table>'),
        ("<table align=center border><tr><td>x</table>", '<table border="1" style="margin-left:auto;margin-right:auto"><tr><td>x</td></tr></table>'),
        ("<hr size=2 width=50% noshade>", '<hr style="height:0px;width:50%;background-color:gray;border-color:gray;border-style:solid" />'),
        ("a<br clear=all>b", "a<br />b"),
        ("<img src=a.gif width=5 border=0>", '<img src="a.gif" style="width:5px;border:0px solid" alt="" />'),
        ("<img alt=x>", "<span></span>"),
        ("<a name=top>x</a><a name=top href='javascript:y()'>z</a>", '<a id="top">x</a><a>z</a>'),
        ("<a href='x~y:z/a'>x</a><img src=a/b:c><img src=x~y://a>", '<a>x</a><img src="a/b:c" alt="" /><span></span>'),
        ("<a href='http://a.example/x?y=1&amp;z#q' target=_blank>x</a>", '<a href="http://a.example/x?y=1&amp;z#q">x</a>'),
        ("<section><time datetime=x>y</time></section>", "<div><span>y</span></div>"),
        ("<o:p>x</o:p>", "<span>x</span>"),
        ("x<script>y</script>z", "xz"),
        ("<svg width=9><title>t</title><text>9</text></svg>", "<span>9</span>"),
        ("<p onclick='x()' data-a=b role=c lang=en class=d>y</p>", '<p class="d">y</p>'),
        ("<dl><dt>a<div>b</div><dd>c</dl>", '<div style="margin:1em 0"><div>a<div>b</div></div><div style="margin-left:40px">c</div></div>'),
        ("<img src=a.gif align=left hspace=3 vspace=x><img src=b.gif align=middle>", '<img src="a.gif" style="float:left;margin-left:3px;margin-right:3px" alt=""/><img src="b.gif" style="vertical-align:middle" alt=""/>'),
        ("<table cellpadding=2px cellspacing='3%' summary=s border=wide frame=BOX rules=odd><tr><td colspan=x dir=rtl>a</table>", '<table cellpadding="2" cellspacing="3%" summary="s" border="1" frame="box"><tr><td style="direction:rtl">a</td></tr></table>'),
        ("<table align=right><tr><td align=char valign=bad hidden>a</table>", '<table style="float:right"><tr><td style="position:absolute;visibility:hidden">a</td></tr></table>'),
        ("<hr color=red align=left size=x><p align=top>a", '<hr style="background-color:red;border-color:red;border-style:solid;margin-left:0"/><p>a</p>'),
        ("<ol><li value=4 type=square>a</ol>", '<ol><li style="counter-set:list-item 4;list-style-type:square">a</li></ol>'),
        ("<font face='<>' size=big color='url(x)' id=y>a</font>", '<span id="y">a</span>'),
        ("<span valign=top>a</span>", '<span style="vertical-align:top">a</span>'),
        ("<table><caption align=bottom>a<tr><td>b</table>", '<table><caption style="caption-side:bottom">a</caption><tr><td>b</td></tr></table>'),
        ("<table><tr><td>a</td></tr><caption align=right>b</caption></table>", '<table><tr><td>a</td></tr><tr><td style="text-align:right">b</td></tr></table>'),
        ("<table><caption>a<div>b</div></caption><col><tr><td>c</table>", "<table><tr><td>a<div>b</div></td></tr><tr><td>c</td></tr></table>"),
        ("<table><caption>a<i><caption>b</caption></i></caption><tr><td>c</table>", '<table><tr><td>a<div style="display:inline;font-style:italic"><div>b</div></div></td></tr><tr><td>c</td></tr></table>'),
        ("<table><colgroup><col></colgroup><col><tr><td>a</td></tr><col></table>", "<table><colgroup><col/></colgroup><tr><td>a</td></tr></table>"),
        ("<table><colgroup span=2>a</colgroup></table>", "<table><tr><td>a</td></tr></table>"),
        ("<table><tbody></tbody></table>", "<table><tbody><tr><td></td></tr></tbody></table>"),
        ("<table><tbody><tr><td>a</tbody><thead><tr><td>b</thead></table>", "<table><tbody><tr><td>a</td></tr></tbody><tbody><tr><td>b</td></tr></tbody></table>"),
        ("<table><thead><tr><td>a</thead></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<table><thead><tr><td>a</thead><tfoot><tr><td>b</tfoot></table>", "<table><thead><tr><td>a</td></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"),
        ("<table>a<tr><td>b</td></tr>c</table>", "<table><tr><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr></table>"),
        ("<col>a", "a"),
        ("<p><b>x</b><script>y</script>z<wbr>", "<p><b>x</b>z</p>"),
        ("<a href=x>a<object><a href=y>b</a></object></a>", '<a href="x">a<span><span>b</span></span></a>'),
        ("<p class='a/b c' name=n>x", '<p class="c">x</p>'),
        ("<a id=p name=q>x</a>", '<a id="p">x</a>'),
        ("<input value=x><blockquote>a</blockquote>", '<div style="margin:1em 40px">a</div>'),
    ],
)  # fmt: skip
def test_old_markup_becomes_xhtml_that_looks_the_same(markup: str, expected: str) -> None:
    assert converted(markup) == expected.replace(" />", "/>")
    assert faults(page(markup)) == []


def page_by_tree(release: Tagged) -> bytes:
    """Write a page by way of its tree, as where elements have to find their place."""
    return render(replace(release, document=dataclasses.replace(release.document, written=None)), "htm")


IN_ORDER = [
    "<head><title>A &amp; B</title></head><body bgcolor=white id=a><p id=a>x<p id='b c'>y<a name=b>z</a>",
    '<font size=2>a</font><center>b</center><hr size=1><img src=a.gif><img><br clear=all><p>1 &lt; 2 &amp; "3"</p>',
    "<table border><tr><td align=right nowrap>1<tr></tr><tr> </table><ul><li>a<li><p>b</ul><div style='display:none'>98,765<p>c</p></div>d",
    "<table><thead><tr><th>a</thead><tbody><tr><td>b</tbody><tbody><tr><td>c</table>",
    "<table></table>x<div><table cellpadding=0 align=center title=a style='width: 9%'></table></div>",
    "<DOCUMENT><TYPE>EX-99<TEXT><p title='a&#10;&quot;b'>x</p></TEXT></DOCUMENT><type>y</type><u>v</u><blockquote>w</blockquote>",
    "<font>a<div>b</div></font><span>a<p>b</p></span>",
    "<big id=a class=b>a<i><h1 id=a title=t>b<sub style='color:red'><div>c</div></sub></h1></i></big><b id=a>d<hr></b><u>e</u>",
]
OUT_OF_ORDER = [
    "<a href=b>c<i><a href=d>e</a></i></a>",
    "<table>a<tr><td>b</table>",
    "<table><tr><b></b><td>a</table>",
    "<table> </table>",
    "<table><tr>a<td>b</table>",
    "<table><tbody><tr><td>a</tbody><thead><tr><td>b</thead><tbody><tr><td>c</tbody></table>",
    "<table><tr><td>a</tr><tbody><tr><td>b</tbody></table>",
    "<ul>a<li>b</ul>",
    "<ul></ul><li>a",
    "<td>a",
    "<style>p {color: red}</style><p>a",
    "<dl><dt>a<dd>b</dl>",
]


@pytest.mark.parametrize("markup", IN_ORDER)
def test_a_page_in_order_is_turned_tag_by_tag_as_its_tree_would_be(markup: str) -> None:
    release = plain(markup)
    assert read_stream(release.document.written, frozenset()) is not None
    assert render(release, "htm") == page_by_tree(release)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.htm"))[::3], ids=lambda path: path.stem)
def test_figures_are_tagged_tag_by_tag_as_they_would_be_in_a_tree(path: Path) -> None:
    release = tagger.tag(path).tagged
    assert render(release, "htm") == page_by_tree(release)


@pytest.mark.parametrize("markup", OUT_OF_ORDER)
def test_what_stands_out_of_order_is_left_to_the_tree(markup: str) -> None:
    release = plain(markup)
    assert read_stream(release.document.written, frozenset()) is None
    assert faults(render(release, "htm")) == []


def test_the_page_keeps_the_colours_of_its_body_and_its_title() -> None:
    data = page("<head><title> A \n page </title></head><body bgcolor=#eee text=red class=c onload='x()'>a").decode()
    assert "<title>A page</title>" in data
    assert '<body class="c" style="background-color:#eee;color:red">' in data
    assert "<div>a</div></body>" in data


def test_a_page_of_frames_still_shows_its_words() -> None:
    markup = "<html><frameset><noframes>No frames here</noframes></frameset></html>"
    release = plain(markup)
    data = render(release, "htm")
    assert faults(data) == []
    assert text_without_tags(data) == visible_text(markup)
    assert data == page_by_tree(release)


def test_style_sheets_are_kept_for_html_and_xml_alike() -> None:
    data = page("<head><style>td > p { content: '\u2014' }</style></head><p>x</p>").decode()
    assert "/*<![CDATA[*/td > p { content: '\\2014 ' }/*]]>*/" in data


def test_ids_of_the_page_do_not_collide_with_those_of_facts() -> None:
    markup = "<p id=f1>Cash <b id='9 x'>1,234</b></p>"
    found = Facts(visible_text(markup))
    found.add(CASH, "1,234", "1234000")
    data = render(tagged(found.facts, text=found.text, markup=markup, statements=()), "htm")
    assert faults(data) == []


def test_characters_that_xml_cannot_hold_become_blanks() -> None:
    assert faults(page("<p title='a&#12;b'>a&#1;b\x0c</p>")) == []


NAMES = ["a", "b", "big", "blockquote", "br", "caption", "center", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em", "fieldset", "font", "form", "h1", "hr", "i", "img", "label", "li", "nobr", "ol", "o:p", "p", "pre", "s", "section", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul"]  # fmt: skip
ATTRIBUTES = ["", "", "", " align=center", " width='50%'", " border", " name=x", " id=a", " class=''", " class='a;b c'", " clear", " colspan=x", " style='color:red'", " nowrap", " href='a b'", " src=x", " start=2"]  # fmt: skip


@st.composite
def soups(draw: st.DrawFn) -> str:
    """Write tags as they come: opened, closed, or not, in any order, with bits of text between."""
    pieces: list[str] = []
    for _ in range(draw(st.integers(0, 25))):
        name = draw(st.sampled_from(NAMES))
        kind = draw(st.sampled_from(["open", "open", "close", "text"]))
        if kind == "open":
            pieces.append(f"<{name}{draw(st.sampled_from(ATTRIBUTES))}>")
        elif kind == "close":
            pieces.append(f"</{name}>")
        else:
            pieces.append(draw(st.sampled_from(["x", " ", "\n", "&nbsp;", "1,234", "&amp;", "&lt;p>"])))
    return "".join(pieces)


@settings(max_examples=300, deadline=None)
@given(soups())
def test_any_soup_of_tags_becomes_a_valid_page_with_the_same_text(markup: str) -> None:
    release = plain(markup)
    data = render(release, "htm")
    assert faults(data) == []
    assert text_without_tags(data) == visible_text(markup)
    assert data == page_by_tree(release)


ADDRESSES = ["http://", "https://", "mailto:", "//", "a", "b.gif", "~", ":", "/", "?", "#", "@", "[", "%20", "%", "+", ".", "-", "1", "99", "(", "\u00e9", "data:image/gif;base64,", "AA", "=="]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=6).map("".join))
def test_an_address_is_written_only_where_the_schema_takes_it(address: str) -> None:
    assert faults(page(f'<a href="{address}">x</a><img src="{address}">')) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(soups(), min_size=1, max_size=3))
def test_figures_in_any_soup_are_all_tagged_or_hidden(parts: Sequence[str]) -> None:
    markup = "98,765".join(["", *parts, ""])
    text = visible_text(markup)
    found = Facts(text)
    while text.find("98,765", found.place) >= 0:
        found.add(CASH, "98,765", "98765000")
    release = tagged(found.facts, text=text, markup=markup, statements=())
    data = render(release, "htm")
    assert faults(data) == []
    assert data == page_by_tree(release)
    assert data.count(b"<ix:nonFraction ") == len(found.facts)
    assert text_without_tags(data) == text


@pytest.mark.parametrize("tag", ["div", "b", "span", "font", "table><tr><td", "ul><li", "center", "x"])
def test_what_stands_too_deep_for_parsers_of_xml_keeps_its_words(tag: str) -> None:
    closed = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    markup = f"<{tag}>" * 400 + "Net sales<p style='display:none'>hidden</p> 1,234" + closed * 400 + "<p>after</p>"
    root = etree.fromstring(render(plain(markup), "htm"))
    shown = " ".join("".join(root.find("{*}body").itertext()).split())
    assert shown.endswith("Net sales 1,234after")
    assert "hidden" not in shown


def test_what_a_sheet_says_of_a_tag_stays_where_the_element_gets_another() -> None:
    page = "<style>u { color: red } center.x { display: none } u.y { display: none } .y { display: inline }</style>"
    source = f"<html><head>{page}</head><body><p><u>Sales</u> were $5<u class=y>9</u>.</p><center class=x>a</center></body></html>"
    report = tagger.tag(source.encode())
    assert report.document.text.split() == ["Sales", "were", "$5."]
    root = etree.fromstring(report.render("htm"))
    looks = {element.text: element.get("style") for element in root.iter("{*}span", "{*}div") if element.text}
    assert looks["Sales"] == "color: red;text-decoration:underline"
    assert looks["9"] == "color: red;display: inline;display: none;text-decoration:underline"
    assert str(looks["a"]).startswith("display: none")
