"""The four networks of the demonstration, side by side, on ports that follow one another. What is online is kept."""

import pickle
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from simulators.bluesky import Bluesky
from simulators.facebook import Facebook
from simulators.linkedin import LinkedIn
from simulators.mastodon import Mastodon
from simulators.serving import living

NETWORKS: Final = {"linkedin": LinkedIn, "facebook": Facebook, "mastodon": Mastodon, "bluesky": Bluesky}
# What belongs to a process, and begins anew with it.
NOT_KEPT: Final = frozenset({"lock", "faults", "address", "lag"})


@contextmanager
def together(ports: Mapping[str, int], kept: Path) -> Iterator[dict[str, Any]]:
    """By their code, served until the end of the block; `kept`: the file where they remember."""
    simulators: dict[str, Any] = {code: NETWORKS[code]() for code in ports}
    remember(simulators, kept)
    with ExitStack() as open_ones:
        for code, simulator in simulators.items():
            open_ones.enter_context(living(simulator, ports[code]))
        try:
            yield simulators
        finally:
            keep(simulators, kept)


def remember(simulators: Mapping[str, Any], kept: Path) -> None:
    if not kept.exists():
        return
    with kept.open("rb") as file:
        found = pickle.load(file)  # noqa: S301 - written by us, in the folder of the demonstration
    for code, simulator in simulators.items():
        vars(simulator).update(found.get(code, {}))


def keep(simulators: Mapping[str, Any], kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(".new")
    with fresh.open("wb") as file:
        pickle.dump({code: memory(each) for code, each in simulators.items()}, file)
    fresh.rename(kept)


def memory(simulator: Any) -> dict[str, Any]:
    with simulator.lock:
        return {each.name: getattr(simulator, each.name) for each in fields(simulator) if each.name not in NOT_KEPT}
