"""How the simulator of LinkedIn reads a text: by its own reading of the rules, not by that of the product it judges."""

from typing import Any

RESERVED = set("\\|{}@[]()<>#*_~")


def cut(commentary: str) -> str:
    r"""
    Up to the first sign that means something, is not escaped, and begins neither a tag nor a mention.

    >>> cut("Bravo (à toutes) !"), cut(r"Bravo \(à toutes\) ! #JPO @[Armor](urn:li:organization:7) fin")
    ('Bravo ', 'Bravo \\(à toutes\\) ! #JPO @[Armor](urn:li:organization:7) fin')
    """
    place = 0
    while place < len(commentary):
        sign = commentary[place]
        if sign == "\\" and place + 1 < len(commentary) and commentary[place + 1] in RESERVED:
            place += 2
        elif sign in RESERVED:
            end = end_of_element(commentary, place)
            if end == place:
                return commentary[:place]
            place = end
        else:
            place += 1
    return commentary


def end_of_element(text: str, place: int) -> int:
    """Where a tag or a mention that begins here ends; here when it is neither."""
    if text[place] == "#":
        end = place + 1
        while end < len(text) and text[end].isalnum():
            end += 1
        return end if end > place + 1 else place
    if text.startswith("@[", place):
        named = text.find("](urn:li:", place)
        shut = text.find(")", named)
        return shut + 1 if named > 0 and shut > 0 else place
    if text.startswith("{hashtag|", place):
        shut = text.find("}", place)
        return shut + 1 if shut > 0 else place
    return place


def as_read(commentary: str) -> str:
    r"""
    >>> as_read(r"Avec @[Armor \(Énergies\)](urn:li:organization:7), a\_b")
    'Avec Armor (Énergies), a_b'
    """
    found, place = [], 0
    while place < len(commentary):
        sign = commentary[place]
        if sign == "\\" and place + 1 < len(commentary) and commentary[place + 1] in RESERVED:
            found.append(commentary[place + 1])
            place += 2
        elif commentary.startswith("@[", place) and end_of_element(commentary, place) > place:
            end = end_of_element(commentary, place)
            found.append(as_read(commentary[place + 2 : commentary.find("](urn:li:", place)]))
            place = end
        elif commentary.startswith("{hashtag|", place) and end_of_element(commentary, place) > place:
            end = end_of_element(commentary, place)
            found.append("#" + commentary[place:end].rstrip("}").rsplit("|", 1)[1])
            place = end
        else:
            found.append(sign)
            place += 1
    return "".join(found)


def urns_in(content: Any) -> list[str]:
    held = content or {}
    images = [each["id"] for each in held.get("multiImage", {}).get("images", [])]
    return [*images, *filter(None, [held.get("media", {}).get("id"), held.get("article", {}).get("thumbnail")])]
