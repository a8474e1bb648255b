"""XML as it comes from anywhere: parsed without reaching outside of it."""

from __future__ import annotations

from lxml import etree

from tagger.loading.errors import LoadError

_FATAL = "FATAL"
_HARMLESS = "ERR_UNDECLARED_ENTITY"  # &nbsp; and its like, where no DTD is named


def parse_xml(data: bytes, name: str, problems: list[str] | None = None) -> etree._Element:
    """Parse *data*, mending small faults of markup, of which *problems* tell.

    Nothing outside is read, no entity of a document's own is filled in; what ends in its middle is refused.
    """
    if b"<!ENTITY" in (data.replace(b"\0", b"") if b"\0" in data[:200] else data):
        # However little they hold: filled in one into another they can hold anything.
        raise LoadError(f"{name}: it declares entities of its own, which no report needs")
    parser = etree.XMLParser(
        huge_tree=True, recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LoadError(f"{name}: no XML that can be read: {error}") from error
    if root is None:
        raise LoadError(f"{name}: no XML that can be read")
    faults = [entry for entry in parser.error_log if entry.level_name == _FATAL and entry.type_name != _HARMLESS]
    if faults and not _is_closed(data, root):
        raise LoadError(f"{name}: it is cut off in its middle, in line {faults[-1].line:,}; get the whole file")
    if faults and problems is not None:
        more = f" ({len(faults):,} such faults)" if len(faults) > 1 else ""
        problems.append(f"line {faults[0].line:,}: the markup is broken: {faults[0].message}{more}")
    return root


def _is_closed(data: bytes, root: etree._Element) -> bool:
    """Whether the end of *root* is in *data*."""
    local = str(root.tag).rpartition("}")[2]
    name = f"{root.prefix}:{local}" if root.prefix else local
    return f"</{name}".encode("utf-8", "replace") in (data[-100_000:].replace(b"\0", b""))
