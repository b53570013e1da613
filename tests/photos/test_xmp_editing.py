"""Changing what an XMP packet says of a photo."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
import pytest
from hostile_names import TEXTS
from metadata_files import array, xmp

from inphotos.photos.metadata.xmp import read_xmp
from inphotos.photos.metadata.xmp_editing import Rated, XmpChanges, edit_xmp
from inphotos.store.marks import clean_tags

RATED = XmpChanges(rated=Rated(None, 4))
#: As programs write them: a colour label, a title, develop settings, another picture's rating.
FOREIGN = xmp(
    array("dc:subject", "Sea", "a &amp; b")
    + '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Über</rdf:li></rdf:Alt></dc:title>'
    + '<!-- by hand --><xmpMM:DerivedFrom><rdf:Description xmp:Rating="1"/></xmpMM:DerivedFrom>'
    + '<crs:ToneCurve xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:V="1">'
    + "<rdf:Seq><rdf:li>0, 0</rdf:li></rdf:Seq></crs:ToneCurve>",
    xmp_Rating=3,
    xmp_Label="Red",
)


def found(packet: bytes) -> dict[str, object]:
    return read_xmp(packet).values


def tree(packet: bytes) -> list[tuple[str, object, str]]:
    """Return everything in a packet but the properties of marks."""

    def walk(element: Element) -> list[tuple[str, object, str]]:
        if element.tag.endswith("}subject"):
            return []
        ours = ("}Rating", "}FormerRating", "}favorite")
        kept = {k: v for k, v in element.attrib.items() if not k.endswith(ours)}
        inside = [node for child in element for node in walk(child)]
        return [(element.tag, kept, (element.text or "").strip()), *inside]

    return walk(defusedxml.ElementTree.fromstring(packet))


def test_a_new_packet_is_read_as_it_was_written() -> None:
    changes = XmpChanges(Rated(None, 4), True, ("Strand", "a <b> & c"), keywords=("own",))
    packet = edit_xmp(None, changes)
    assert found(packet) == {"rating": 4, "keywords": ("own", "Strand", "a <b> & c")}
    assert b'fstop:favorite="1"' in packet
    assert packet.startswith(b"<?xpacket begin=")
    again = edit_xmp(packet, XmpChanges(Rated(4, None), False, (), ("STRAND",)))
    assert found(again) == {"keywords": ("own", "a <b> & c")}
    assert b"favorite" not in again


def test_what_others_wrote_stays() -> None:
    edited = edit_xmp(FOREIGN, XmpChanges(Rated(None, 5), True, ("sea", "sun")))
    assert found(edited) == {**found(FOREIGN), "rating": 5, "keywords": ("Sea", "a & b", "sun")}
    assert tree(edited) == tree(FOREIGN)
    for kept in (b"<!-- by hand -->", b"xmlns:crs=", b'<?xpacket end="w"?>', b'xmp:Rating="1"'):
        assert kept in edited


def test_a_former_rating_of_another_program_holds_again_once_the_users_is_taken_back() -> None:
    packet = edit_xmp(FOREIGN, XmpChanges(Rated(None, 5)))
    packet = edit_xmp(packet, XmpChanges(Rated(5, 1)))
    assert found(packet)["rating"] == 1
    assert tree(packet) == tree(FOREIGN)
    back = edit_xmp(packet, XmpChanges(Rated(1, None)))
    assert found(back)["rating"] == 3
    assert b"FormerRating" not in back
    # Another program has rated it meanwhile: that is not the user's rating to take away.
    other = packet.replace(b'xmp:Rating="1"/>', b"/>").replace(b'xmp:Rating="1"', b'xmp:Rating="2"')
    assert found(edit_xmp(other, XmpChanges(Rated(1, None))))["rating"] == 2


def test_an_emptied_list_is_not_begun_with_old_keywords_again() -> None:
    packet = edit_xmp(None, XmpChanges(added=("x",)))
    packet = edit_xmp(packet, XmpChanges(removed=("x",)))
    assert "keywords" not in found(packet)
    assert found(edit_xmp(packet, XmpChanges(added=("y",), keywords=("x",))))["keywords"] == ("y",)


@pytest.mark.parametrize(
    "packet",
    [
        FOREIGN.decode().replace("xmlns:xmp=", "xmlns:xap=").replace("xmp:", "xap:").encode(),
        FOREIGN.replace(b' xmp:Rating="3"', b"").replace(
            b"<dc:subject>", b"<xmp:Rating>3</xmp:Rating><dc:subject>"
        ),
        FOREIGN.replace(b'xap/1.0/"', b'xap/1.0"'),
        ('<?xml version="1.0" encoding="UTF-16"?>' + FOREIGN.decode()).encode("utf-16"),
        b"  \n" + FOREIGN,
    ],
    ids=["other prefix", "element", "namespace without its end", "UTF-16", "spaces before"],
)
def test_a_rating_is_replaced_however_it_was_written(packet: bytes) -> None:
    edited = edit_xmp(packet, RATED)
    assert found(edited)["rating"] == 4
    assert found(edited)["keywords"] == ("Sea", "a & b")


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"hello",
        b"<a/>",
        FOREIGN[:-60],
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + FOREIGN,
        b"\xff\xd8\xff\xe0 a photo",
    ],
)
def test_what_is_no_xmp_is_refused(packet: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        edit_xmp(packet, RATED)


def test_sidecars_of_real_programs_keep_what_they_say(shared_data: Path) -> None:
    sidecars = sorted((shared_data / "photos" / "album").rglob("*.[xX][mM][pP]"))
    assert sidecars
    for path in sidecars:
        packet = path.read_bytes()
        edited = edit_xmp(packet, XmpChanges(Rated(None, 2), True, ("tag",)))
        before, after = read_xmp(packet), read_xmp(edited)
        assert after.taken == before.taken
        keywords = (*before.values.get("keywords", ()), "tag")
        assert after.values == {**before.values, "rating": 2, "keywords": keywords}
        assert tree(edited) == tree(packet)


def test_tags_of_any_characters_leave_a_packet_that_can_be_read() -> None:
    for text in (*TEXTS, "a\uffffb", "\ufffe.", "]]><!--", "&lt;", "\x85\x9b1m", "a\u2028b"):
        tags = clean_tags([text])
        assert found(edit_xmp(None, XmpChanges(added=tags))).get("keywords", ()) == tags


@pytest.mark.parametrize(
    "body", ["<dc:x>" * 5000 + "</dc:x>" * 5000, "<dc:x/>" * 250_000], ids=["deep", "many"]
)
def test_packets_that_would_take_all_memory_make_no_sense(body: str) -> None:
    with pytest.raises(ValueError, match=r"recursion|too many"):
        edit_xmp(xmp(body), RATED)
