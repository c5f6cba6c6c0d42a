"""What is added to an address so that the statistics of its site say where a reader came from (UTM)."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.text import slugify

PARTS: Final = ("source", "medium", "campaign")
PLACEHOLDERS: Final = ("network", "account", "campaign", "unit", "post")
PLACE: Final = re.compile(r"\{([^{}]*)\}")
MOST: Final = 2000


def unknown_places(pattern: str) -> list[str]:
    """
    What stands between braces and means nothing.

    >>> unknown_places("{network}-{town}")
    ['town']
    """
    return [name for name in PLACE.findall(pattern) if name not in PLACEHOLDERS]


def filled(pattern: str, values: Mapping[str, object]) -> str:
    """
    In small letters and hyphens, as statistics group them. A part where nothing is known is left out.

    >>> filled("{network}-{campaign}", {"network": "linkedin", "campaign": "Portes ouvertes"}), filled("{campaign}", {})
    ('linkedin-portes-ouvertes', '')
    """
    said = PLACE.sub(lambda found: str(values.get(found[1]) or ""), pattern)
    return slugify(said.replace("/", "-").replace(".", "-"))


def tagged(target: str, said: Mapping[str, str]) -> str:
    """
    The address with what is said of it, in ASCII. What it already says of itself is kept; the fragment stays last.

    >>> tagged("https://ubn.example/jpo?lang=fr#plan", {"source": "linkedin", "medium": "social", "campaign": ""})
    'https://ubn.example/jpo?lang=fr&utm_source=linkedin&utm_medium=social#plan'
    >>> tagged("https://ubn.example/?utm_source=lettre", {"source": "linkedin"})
    'https://ubn.example/?utm_source=lettre'
    """
    parts = urlsplit(target.strip())
    known = {name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}
    added = urlencode({f"utm_{name}": said[name] for name in PARTS if said.get(name) and f"utm_{name}" not in known})
    query = "&".join(each for each in (parts.query, added) if each)
    whole = in_ascii(parts._replace(query=query, netloc=host_in_ascii(parts.netloc)).geturl())
    return whole if len(whole) <= MOST else in_ascii(target)


def in_ascii(url: str) -> str:
    return quote(iri_to_uri(url) or "", safe="/#%[]=:;$&()+,!?*@'~")


def host_in_ascii(netloc: str) -> str:
    """
    >>> host_in_ascii("université.example:8443")
    'xn--universit-j4a.example:8443'
    """
    host, bar, port = netloc.partition(":")
    try:
        return host.encode("idna").decode() + bar + port if not host.isascii() else netloc
    except UnicodeError:
        return netloc
