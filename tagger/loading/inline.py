"""Inline XBRL, 1.0 and 1.1: the facts of an XHTML document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from lxml import etree
from msgspec import Struct

from tagger.loading.content import Content
from tagger.loading.contexts import Context, read_contexts, read_units
from tagger.loading.errors import HostileError, LoadError
from tagger.loading.instance import NIL, POWER, TRUE, XLINK_HREF, parse_accuracy, parse_decimal
from tagger.loading.loaded import LoadedFact, LoadedReport
from tagger.loading.names import Names
from tagger.loading.transforming import TransformError, transform
from tagger.selection import Facts
from tagger.taxonomies.documents import LINK, XBRLI
from tagger.values import Unit

_NAMESPACES = ("http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL")


class _Reading(Struct, frozen=True, kw_only=True):
    """What reading one element needs to know of the whole document."""

    contexts: Mapping[str, Context]
    units: Mapping[str, Unit]
    content: Content
    names: Names
    spaces: Mapping[str | None, str] | None  # None: elements bind prefixes of their own
    hidden: frozenset[etree._Element]
    tables: Mapping[etree._Element, int]
    problems: list[str]

    def namespaces(self, element: etree._Element) -> Mapping[str | None, str]:
        return element.nsmap if self.spaces is None else self.spaces


def inline_namespace(root: etree._Element) -> str | None:
    """Return the namespace of Inline XBRL that the document *root* uses; `None` if it uses none."""
    for uri in _NAMESPACES:
        if next(root.iter(f"{{{uri}}}header", f"{{{uri}}}nonFraction", f"{{{uri}}}nonNumeric"), None) is not None:
            return uri
    return None


def read_inline(root: etree._Element, name: str, problems: list[str], *, bound: bool = False) -> LoadedReport:
    """Return the facts of the inline document *root* that belong to its default target.

    *problems* are told with them. *bound* says that all namespaces are bound at the root, which saves asking every element.
    """
    uri = inline_namespace(root)
    if uri is None:
        raise LoadError(f"{name}: no Inline XBRL in it")
    ix = f"{{{uri}}}"
    names = Names()
    reading = _Reading(
        contexts=read_contexts(root.iter(f"{XBRLI}context"), names, problems),
        units=read_units(root.iter(f"{XBRLI}unit"), names),
        content=Content(root, ix),
        names=names,
        spaces=root.nsmap if bound else None,
        hidden=frozenset(element for held in root.iter(f"{ix}hidden") for element in held.iter(f"{ix}*")),
        tables=_tables(root, f"{ix}nonFraction"),
        problems=problems,
    )
    facts = tuple(_facts(root, ix, reading))
    return LoadedReport(
        facts=Facts(facts),
        namespaces=dict(sorted(names.used.items())),
        taxonomy=tuple(reference.get(XLINK_HREF, "") for reference in root.iter(f"{LINK}schemaRef")),
        name=name,
        problems=tuple(problems),
        visible=reading.content.visible(),
    )


def _facts(root: etree._Element, ix: str, reading: _Reading) -> Iterator[LoadedFact]:
    for element in root.iter(f"{ix}nonFraction", f"{ix}nonNumeric", f"{ix}fraction"):
        if element.get("target"):
            continue
        concept = reading.names.name(element.get("name", ""), reading.namespaces(element))
        context = reading.contexts.get(element.get("contextRef", ""))
        try:
            if context is None:
                raise LoadError(f"no context {element.get('contextRef')}")
            if element.tag == f"{ix}nonFraction":
                yield _number(element, concept, context, reading)
            elif element.tag == f"{ix}nonNumeric":
                yield _text(element, concept, context, reading)
            else:
                raise LoadError("fractions are not read")
        except HostileError:
            raise
        except LoadError as error:
            reading.problems.append(f"{concept} {element.get('id', '')}: {error}")


def _tables(root: etree._Element, tag: str) -> dict[etree._Element, int]:
    """Return the number of the table each figure stands in, the innermost one."""
    tables = enumerate(root.iter("{http://www.w3.org/1999/xhtml}table"))
    return {element: number for number, table in tables for element in table.iter(tag)}


def _number(element: etree._Element, concept: str, context: Context, reading: _Reading) -> LoadedFact:
    unit = reading.units.get(element.get("unitRef", ""))
    if unit is None:
        raise LoadError(f"no unit {element.get('unitRef')}")
    text = reading.content.text(element) if len(element) else (element.text or "")
    value = None if element.get(NIL) in TRUE else _value(element, text, reading)
    return LoadedFact(
        id=element.get("id", ""),
        concept=concept,
        entity=context.entity,
        period=context.period,
        members=context.members,
        unit=unit,
        value=value,
        decimals=None if value is None else parse_accuracy(element.get("decimals"), element.get("precision"), value),
        text=text.strip(),
        hidden=element in reading.hidden,
        table=reading.tables.get(element),
    )


def _value(element: etree._Element, text: str, reading: _Reading) -> Decimal:
    name = element.get("format")
    try:
        written = transform(name, reading.namespaces(element), text) if name else text
    except TransformError as error:
        raise LoadError(str(error)) from error
    number = parse_decimal(written)
    if number is None:
        raise LoadError(f"{text.strip()!r} is no number" + (f" by {name}" if name else ""))
    number = _scaled(number, element.get("scale") or "0")
    return number.copy_negate() if element.get("sign") == "-" and number else number


def _scaled(number: Decimal, scale: str) -> Decimal:
    """Return *number* times ten to the power of *scale*, to its last digit, however many there are.

    >>> _scaled(Decimal("1.5"), "6")
    Decimal('1500000')
    """
    if (power := POWER.fullmatch(scale.strip())) is None:
        raise LoadError(f"{scale!r} is no scale")
    sign, digits, exponent = number.as_tuple()
    moved = Decimal((sign, digits, int(exponent) + int(power[0])))
    # An exponent above nought would be written with an E.
    return Decimal(f"{moved:f}") if number else number


def _text(element: etree._Element, concept: str, context: Context, reading: _Reading) -> LoadedFact:
    text = reading.content.text(element)
    value: str | None = reading.content.markup(element) if element.get("escape") in TRUE else text
    if name := element.get("format"):
        try:
            value = transform(name, reading.namespaces(element), text)
        except TransformError as error:
            reading.problems.append(f"{concept} {element.get('id', '')}: {error}; its text stands as it is")
    if element.get(NIL) in TRUE:
        value = None
    return LoadedFact(
        id=element.get("id", ""),
        concept=concept,
        entity=context.entity,
        period=context.period,
        members=context.members,
        value=value,
        language=reading.content.language(element),
        text=text.strip(),
        hidden=element in reading.hidden,
    )
