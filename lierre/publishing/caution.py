"""What is said to whoever plans, before anybody approves: it will be refused, or somebody should think of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caution:
    """`tone`: bad when it will be refused, warn when somebody should think of it."""

    tone: str
    text: str
