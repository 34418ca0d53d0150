"""Opens XML safely: no DTD, no entities, no network, bounded depth. Also names the place of an element."""

from typing import Any

from lxml import etree

from sgd_resources.errors import RejectedEvidence


def parse_xml(data: bytes, what: str) -> etree._Element:
    """Root of an XML document; comments and instructions are dropped.

    Raises:
        RejectedEvidence: malformed, or declares entities.
    """
    if b"<!ENTITY" in data[:100_000]:
        raise RejectedEvidence("reject", f"{what} declares XML entities")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RejectedEvidence("reject", f"{what} is not well-formed XML") from error
    return root


def local_name(element: etree._Element) -> str:
    """Tag without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def source_line(element: etree._Element) -> int:
    """1-based line on which the element's start tag ends; 1 where the tree was not parsed from text.

    A start tag over several lines has its attributes on this line or the few before it. The cleaner writes each start
    tag on one line, this one, so that the line is the same in the file as uploaded and in its clean copy.
    """
    line: Any = element.sourceline
    return int(line) if line else 1


def words_of(element: etree._Element) -> str:
    """All text inside the element, whitespace folded."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def xml_path(element: etree._Element) -> str:
    """XPath of the element with its prefixes and positions, e.g. `/w:document/w:body/w:p[3]`."""
    return str(element.getroottree().getpath(element))
