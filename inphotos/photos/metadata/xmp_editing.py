"""Changes what an XMP packet says of a photo, and leaves everything else in it as it is.

Read with ``minidom``, not ``ElementTree``, because that keeps prefixes, comments and the packet's
own frame, which some programs look for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.dom import XMLNS_NAMESPACE, DOMException, minidom
from xml.parsers.expat import ExpatError

import defusedxml.minidom
from defusedxml.common import DefusedXmlException

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XMP = "http://ns.adobe.com/xap/1.0/"
_DC = "http://purl.org/dc/elements/1.1/"

#: There is no standard property for a favourite. This one comes from the gallery F-Stop, where it
#: is a heart too, and PhotoPrism reads it. The flags of Lightroom and digiKam, and colour labels,
#: are steps of a photographer's work, which people use for other things.
_FSTOP = "http://www.fstopapp.com/xmp/"

#: Where the rating is kept that another program had written, until the user's is taken back.
_OWN = "urn:inphotos:xmp/1.0/"

#: Every element becomes an object of more than a kilobyte. The largest real packets, those of
#: editors with many brush strokes, have some ten thousand.
_MOST_ELEMENTS = 100_000

_PREFIXES = {_XMP: "xmp", _DC: "dc", _FSTOP: "fstop", _OWN: "inphotos"}
_ARRAYS = ("Bag", "Seq", "Alt")

_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f' <rdf:RDF xmlns:rdf="{_RDF}">\n  <rdf:Description rdf:about=""/>\n </rdf:RDF>\n'
    '</x:xmpmeta>\n<?xpacket end="w"?>\n'
).encode()


@dataclass(frozen=True, slots=True)
class Rated:
    """Another rating: from what to what, in stars; None for none of the user's."""

    before: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class XmpChanges:
    """What is to be another in a packet.

    Attributes:
        rated: the rating; None leaves it alone. Once the user's is taken away, the one that another
            program had written before it holds again.
        favorite: whether it is one; None leaves that alone.
        added, removed: tags.
        keywords: what a list of tags begins with where the packet has none, because the list in a
            sidecar stands in the place of the one in the photo.
    """

    rated: Rated | None = None
    favorite: bool | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def edit_xmp(packet: bytes | None, changes: XmpChanges) -> bytes:
    """Return a packet with changes made; without a packet, a new one.

    Raises:
        ValueError: it is no XMP.
    """
    if packet is not None and packet.count(b"<") > 2 * _MOST_ELEMENTS:
        raise ValueError("it has too many elements")
    try:
        document: minidom.Document = defusedxml.minidom.parseString(
            _EMPTY if packet is None else packet.lstrip(),  # type: ignore[arg-type]  # as expat
            forbid_dtd=True,
        )
        return _edited(document, changes)
    except (ExpatError, DefusedXmlException, DOMException, LookupError, RecursionError) as error:
        # Of elements nested by the thousand, also what is written ends in a RecursionError.
        raise ValueError(str(error)) from error


def _edited(document: minidom.Document, changes: XmpChanges) -> bytes:
    nodes = _descriptions(document)
    if changes.rated is not None:
        _rate(nodes, changes.rated)
    if changes.favorite is not None:
        _set(nodes, _FSTOP, "favorite", "1" if changes.favorite else None)
    if changes.added or changes.removed:
        _tag(nodes, changes)
    return _written(document)


def _descriptions(document: minidom.Document) -> list[minidom.Element]:
    """Return the nodes that describe the photo; there is one at least."""
    roots = [e for e in document.getElementsByTagName("*") if _is(e, _RDF, "RDF")]
    if not roots:
        raise ValueError("it holds no XMP")
    nodes = [e for e in _children(roots[0]) if _is(e, _RDF, "Description")]
    if not nodes:
        nodes = [document.createElementNS(_RDF, _qualified(roots[0], _RDF, "Description"))]
        nodes[0].setAttributeNS(_RDF, _qualified(roots[0], _RDF, "about"), "")
        roots[0].appendChild(nodes[0])
    return nodes


def _rate(nodes: Sequence[minidom.Element], rated: Rated) -> None:
    written = _value(nodes, _XMP, "Rating")
    is_users = rated.before is not None and written == str(rated.before)
    if rated.now is not None:
        if written is not None and not is_users:
            _set(nodes, _OWN, "FormerRating", written)
        _set(nodes, _XMP, "Rating", str(rated.now))
    else:
        if is_users:
            _set(nodes, _XMP, "Rating", _value(nodes, _OWN, "FormerRating"))
        _set(nodes, _OWN, "FormerRating", None)


def _tag(nodes: Sequence[minidom.Element], changes: XmpChanges) -> None:
    arrays = [
        array
        for node in nodes
        for subject in _children(node)
        if _is(subject, _DC, "subject")
        for array in _children(subject)
        if any(_is(array, _RDF, kind) for kind in _ARRAYS)
    ]
    begun = not arrays
    if begun:
        arrays = [_new_array(nodes[0])]
    removed = {tag.casefold() for tag in changes.removed}
    present: set[str] = set()
    for array in arrays:
        for item in list(_children(array)):
            word = _text(item).strip().casefold()
            if word in removed:
                # The list stays also when it is empty: it is known then that it was begun.
                array.removeChild(item)
            else:
                present.add(word)
    for word in (*(changes.keywords if begun else ()), *changes.added):
        if word.casefold() not in present and word.casefold() not in removed:
            present.add(word.casefold())
            _append(arrays[0], _RDF, "li", word)


def _new_array(node: minidom.Element) -> minidom.Element:
    subject = _append(node, _DC, "subject")
    return _append(subject, _RDF, "Bag")


def _append(parent: minidom.Element, space: str, name: str, text: str = "") -> minidom.Element:
    document = parent.ownerDocument
    assert document is not None
    child = document.createElementNS(space, _qualified(parent, space, name))
    if text:
        child.appendChild(document.createTextNode(text))
    parent.appendChild(child)
    return child


def _value(nodes: Sequence[minidom.Element], space: str, name: str) -> str | None:
    """Return the value of a simple property, which may be an attribute or an element."""
    for node in nodes:
        for attribute in _attributes(node):
            if _is(attribute, space, name):
                return attribute.value.strip()
        for child in _children(node):
            if _is(child, space, name):
                return _text(child).strip()
    return None


def _set(nodes: Sequence[minidom.Element], space: str, name: str, value: str | None) -> None:
    """Give a simple property another value, or take it out."""
    for node in nodes:
        for attribute in _attributes(node):
            if _is(attribute, space, name):
                node.removeAttributeNode(attribute)
        for child in list(_children(node)):
            if _is(child, space, name):
                node.removeChild(child)
    if value is not None:
        nodes[0].setAttributeNS(space, _qualified(nodes[0], space, name), value)


def _qualified(node: minidom.Element, space: str, name: str) -> str:
    """Return a name with a prefix that stands for its namespace there; declare one if need be."""
    taken: dict[str, str] = {}
    place: minidom.Node | None = node
    while isinstance(place, minidom.Element):
        for attribute in _attributes(place):
            if attribute.namespaceURI == XMLNS_NAMESPACE and attribute.prefix == "xmlns":
                taken.setdefault(attribute.localName, attribute.value)
        place = place.parentNode
    for prefix, uri in taken.items():
        if uri == space:
            return f"{prefix}:{name}"
    prefix = _PREFIXES.get(space, "rdf")
    while prefix in taken:
        prefix += "_"
    node.setAttributeNS(XMLNS_NAMESPACE, f"xmlns:{prefix}", space)
    return f"{prefix}:{name}"


def _is(node: minidom.Element | minidom.Attr, space: str, name: str) -> bool:
    # Some programs leave the last sign of a namespace out.
    return node.localName == name and (node.namespaceURI or "").rstrip("/#") == space.rstrip("/#")


def _children(node: minidom.Element) -> Iterator[minidom.Element]:
    return (child for child in node.childNodes if isinstance(child, minidom.Element))


def _attributes(node: minidom.Element) -> list[minidom.Attr]:
    return list(node.attributes.values())


def _text(node: minidom.Element) -> str:
    return "".join(child.data for child in node.childNodes if isinstance(child, minidom.Text))


def _written(document: minidom.Document) -> bytes:
    # One that had no declaration gets none: it is UTF-8 in any case.
    declaration = '<?xml version="1.0" encoding="UTF-8"?>' if document.version else ""
    nodes = [declaration, *(node.toxml() for node in document.childNodes)]
    return ("\n".join(node for node in nodes if node) + "\n").encode()
