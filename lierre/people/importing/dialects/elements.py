"""XML looked at without namespaces, which change from one version of a format to the next."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element  # only the type: what is parsed goes through defusedxml


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def inside(element: Element, name: str) -> Iterator[Element]:
    """Children of this name."""
    return (child for child in element if local(child) == name)


def within(element: Element, name: str) -> Iterator[Element]:
    """Descendants of this name, at any depth."""
    return (each for each in element.iter() if local(each) == name)


def text_at(element: Element, name: str) -> str:
    """All the text of the first descendant of this name, on one line; "" without any."""
    for found in within(element, name):
        return " ".join(" ".join(found.itertext()).split())[:4000]
    return ""


def raw_of(element: Element) -> Any:
    """The document as JSON: names, attributes and texts, in their order."""
    children = [raw_of(child) for child in element]
    text = (element.text or "").strip()
    raw: dict[str, Any] = {"name": local(element)}
    if element.attrib:
        raw["attributes"] = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    if text:
        raw["text"] = text
    return raw | ({"children": children} if children else {})
