"""xBRL-XML: the facts of an XBRL instance."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from tagger.loading.contexts import Context, read_contexts, read_units
from tagger.loading.errors import HostileError
from tagger.loading.loaded import LoadedFact, LoadedReport
from tagger.loading.names import Names
from tagger.patterns import pattern
from tagger.selection import Facts
from tagger.taxonomies.documents import LINK, XBRLI
from tagger.values import Unit

XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
POWER = pattern(r"[+-]?[0-9]{1,3}")  # of ten: more digits than this are a mistake
_DEEPEST = 50  # tuples in tuples: reports that have any nest two or three
_DIGITS = 1000  # digits of a number, with the noughts that an exponent stands for
TRUE = frozenset({"true", "1"})


def read_instance(root: etree._Element, name: str, problems: list[str]) -> LoadedReport:
    """Return the facts of the instance *root*, tuples' facts among them; *problems* are told with them."""
    names = Names()
    contexts = read_contexts(root.iterchildren(f"{XBRLI}context"), names, problems)
    units = read_units(root.iterchildren(f"{XBRLI}unit"), names)
    facts = tuple(_facts(root, name, contexts, units, names, problems))
    taxonomy = tuple(reference.get(XLINK_HREF, "") for reference in root.iterchildren(f"{LINK}schemaRef"))
    return LoadedReport(
        facts=Facts(facts),
        namespaces=dict(sorted(names.used.items())),
        taxonomy=taxonomy,
        name=name,
        problems=tuple(problems),
    )


def _facts(
    root: etree._Element,
    name: str,
    contexts: dict[str, Context],
    units: dict[str, Unit],
    names: Names,
    problems: list[str],
) -> Iterator[LoadedFact]:
    for element in _items(root, name):
        where = element.get("contextRef", "")
        if where not in contexts:
            problems.append(f"{str(element.tag).rpartition('}')[2]}: no context {where}")
        elif (fact := _fact(element, contexts[where], units, names, problems)) is not None:
            yield fact


def _items(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the items of *root*, those of its tuples, which have no context of their own, where they stand."""
    opened = [iter(root)]
    while opened:
        element = next(opened[-1], None)
        if element is None:
            opened.pop()
        elif not isinstance(element.tag, str) or element.tag.startswith((XBRLI, LINK)):
            continue
        elif element.get("contextRef") is not None:
            yield element
        elif len(opened) > _DEEPEST:
            raise HostileError(f"{name}: tuples stand more than {_DEEPEST} deep in one another")
        else:
            opened.append(iter(element))


def _fact(
    element: etree._Element, context: Context, units: dict[str, Unit], names: Names, problems: list[str]
) -> LoadedFact | None:
    uri, _, local = str(element.tag)[1:].rpartition("}")
    concept = names.named(uri, local, element.prefix or "")
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    value: Decimal | str | None = text
    unit, decimals = None, None
    if (unit_name := element.get("unitRef")) is not None:
        unit = units.get(unit_name)
        number = parse_decimal(text)
        if unit is None or (number is None and element.get(NIL) not in TRUE):
            problems.append(f"{concept}: no unit {unit_name}" if unit is None else f"{concept}: {text!r} is no number")
            return None
        value = number
        decimals = parse_accuracy(element.get("decimals"), element.get("precision"), number)
    if element.get(NIL) in TRUE:
        value, decimals = None, None
    return LoadedFact(
        id=element.get("id", ""),
        concept=concept,
        entity=context.entity,
        period=context.period,
        members=context.members,
        unit=unit,
        value=value,
        decimals=decimals,
        language=_language(element) if unit is None else None,
        text=text.strip(),
    )


def _language(element: etree._Element) -> str | None:
    """Return the language of *element*, as OIM writes it."""
    found = element.xpath("ancestor-or-self::*[@xml:lang][1]/@xml:lang")
    return str(found[0]).lower() if isinstance(found, list) and found and found[0] else None


def parse_decimal(text: str) -> Decimal | None:
    """Return the number that *text* is, as XML Schema writes numbers; `None` if it is none.

    Raises `HostileError` for one so long that to write it down would fill a page, or all memory.

    >>> parse_decimal(" 1.50 "), parse_decimal("1,5"), parse_decimal("NaN")
    (Decimal('1.50'), None, None)
    """
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or "_" in text:
        return None
    if abs(number.adjusted()) > _DIGITS or len(number.as_tuple().digits) > _DIGITS:
        raise HostileError(f"{text.strip()[:40]!r}: a number has at most {_DIGITS:,} digits")
    return number


def parse_accuracy(decimals: str | None, precision: str | None, value: Decimal | None) -> int | None:
    """Return the decimals of a number, or `None` for an exact one; precision says the same (XBRL 2.1, 4.6.6).

    >>> parse_accuracy("-3", None, Decimal(1)), parse_accuracy(None, "3", Decimal("12345"))
    (-3, -2)
    """
    if decimals is not None:
        return int(found[0]) if (found := POWER.fullmatch(decimals.strip())) else None
    if precision is None or not value or (found := POWER.fullmatch(precision.strip())) is None:
        return None
    return int(found[0]) - value.adjusted() - 1
