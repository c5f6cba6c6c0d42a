"""Every network that can be spoken to: ours, and those that other packages bring by the entry point `lierre.networks`."""

import logging
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from lierre.connectors.network.protocol import Network

GROUP: Final = "lierre.networks"
# code → where its class is. Loaded when asked for: a command that speaks to nobody loads none of them.
OURS: Final[dict[str, str]] = {
    "mastodon": "lierre.connectors.mastodon:Mastodon",
    "bluesky": "lierre.connectors.bluesky.network:Bluesky",
    "linkedin": "lierre.connectors.linkedin.network:LinkedIn",
    "facebook": "lierre.connectors.facebook:Facebook",
    "website": "lierre.connectors.website:Website",
    "manual": "lierre.connectors.manual:Manual",
}

log = logging.getLogger("lierre.connectors")


class UnknownNetwork(LookupError):  # noqa: N818
    """No network has this code: the package that brings it may have been removed."""


@cache
def networks() -> dict[str, Network]:
    """All of them by their code, ours first."""
    found = {code: loaded(where) for code, where in OURS.items()}
    return found | {code: each for code, each in brought(entry_points(group=GROUP)) if code not in found}


def network(code: str) -> Network:
    try:
        return networks()[code]
    except KeyError:
        raise UnknownNetwork(code) from None


def brought(entries: Iterable[EntryPoint]) -> Iterable[tuple[str, Network]]:
    """A package that is broken takes nothing else down with it, and cannot take the place of a network of ours."""
    for entry in entries:
        try:
            each = entry.load()()
        except Exception:
            log.exception("the network %s of %s cannot be loaded", entry.name, entry.value)
            continue
        if not isinstance(each, Network) or each.code != entry.name:
            log.error("%s is not a network named %s: see docs/connectors", entry.value, entry.name)
        elif each.code in OURS:
            log.error("%s bears the name of a network of ours: left out", entry.value)
        else:
            yield each.code, each


def loaded(where: str) -> Network:
    module, _colon, name = where.partition(":")
    made: Network = getattr(import_module(module), name)()
    return made
