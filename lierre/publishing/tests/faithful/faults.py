"""What goes wrong between a network and us, drawn at random or asked for."""

import threading
from random import Random

# Before anything is kept: not sent.
BEFORE = ("drop-before", "429", "429-retry-after", "401-once")
# After it is kept: it is online, and we are not told so.
AFTER = ("commit-drop", "commit-500", "commit-502", "commit-slow")
# Not kept, and not said clearly.
UNCLEAR = ("500-before",)
ALL = (*BEFORE, *AFTER, *UNCLEAR)


class Faults:
    """`share`: how often a call that writes goes wrong. `next`: faults asked for, one after another, first."""

    def __init__(self, seed: int = 0, share: float = 0.0, kinds: tuple[str, ...] = ALL, slow: float = 40.0) -> None:
        self.random, self.share, self.kinds, self.slow = Random(seed), share, kinds, slow
        self.next: list[str] = []
        self.refused_once: set[str] = set()
        self.drawn: dict[str, int] = {}
        self.lock = threading.Lock()

    def draw(self) -> str:
        with self.lock:
            kind = self.next.pop(0) if self.next else ""
            if not kind and self.share and self.random.random() < self.share:
                kind = self.random.choice(self.kinds)
            if kind:
                self.drawn[kind] = self.drawn.get(kind, 0) + 1
            return kind
