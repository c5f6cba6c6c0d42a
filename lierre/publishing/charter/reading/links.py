"""Links: addresses that we do not give, and parameters that ours carry so that visits can be counted."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from lierre.publishing.charter.asked import Asked, Said
from lierre.publishing.charter.finding import Passage
from lierre.publishing.charter.flat import ADDRESS


def addresses(asked: Asked, said: Said) -> Iterator[tuple[int, int, int, str]]:
    """Those of the texts that are on one of the sites that the rule names."""
    for part, text in enumerate(said.texts):
        for found in ADDRESS.finditer(text):
            address = found[0].rstrip(".,;:!?…'’)")
            host = (urlsplit(address).hostname or "").lower()
            if any(host == site.lower() or host.endswith("." + site.lower()) for site in asked.words):
                yield part, found.start(), found.start() + len(address), address


def refused_links(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> rule = Asked("link_refused", words=("court.example",))
    >>> [found.start for found in refused_links(rule, Said(("Voir https://court.example/x.",)))]
    [5]
    """
    for part, start, end, _address in addresses(asked, said):
        yield Passage(part, start, end, _("We do not give links of this site."), None)


def links_to_count(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    `replacement`: "utm_source={network}&utm_medium=social"; what is not known is left out.

    >>> rule = Asked("link_template", words=("ubn.example",), replacement="utm_source={network}&utm_campaign={campaign}")
    >>> one = Said(("https://ubn.example/jpo?a=1#plan",), fillings={"network": "mastodon"})
    >>> [found.replacement for found in links_to_count(rule, one)]
    ['https://ubn.example/jpo?a=1&utm_source=mastodon#plan']
    """
    for part, start, end, address in addresses(asked, said):
        at = urlsplit(address)
        present = dict(parse_qsl(at.query, keep_blank_values=True))
        missing = [
            f"{name}={said.fillings.get(value[1:-1], '') if value.startswith('{') else value}"
            for name, value in parse_qsl(asked.replacement, keep_blank_values=True)
            if name not in present and (not value.startswith("{") or said.fillings.get(value[1:-1]))
        ]
        if missing:
            full = urlunsplit(at._replace(query="&".join(filter(None, [at.query, *missing]))))
            yield Passage(part, start, end, _("Without its parameters, nobody can count who comes from here."), full)
