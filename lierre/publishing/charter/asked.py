"""What a rule asks, without the base: so that a text can be read anywhere, and a new rule tried before it is kept."""

from dataclasses import dataclass, field
from typing import Final

ADVICE: Final = "advice"
WARNING: Final = "warning"
BLOCKS: Final = "blocks"
SILENT: Final = "silent"  # the rule is not asked in this unit
WEIGHT: Final = {SILENT: 0, ADVICE: 1, WARNING: 2, BLOCKS: 3}


@dataclass(frozen=True, slots=True)
class Asked:
    """`words`: one expression each, read by its kind. `language`: "" for every language."""

    kind: str
    name: str = ""
    words: tuple[str, ...] = ()
    replacement: str = ""
    most: int = 0
    choice: str = ""
    why: str = ""
    example: str = ""
    language: str = ""
    severity: str = ADVICE
    pk: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Attached:
    """An image, a video or a document that leaves with the text, and what is said of it to who does not see it."""

    name: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Another post of the same week."""

    title: str
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What is read: the messages of a thread, what leaves with them, what others say that week."""

    texts: tuple[str, ...]
    attached: tuple[Attached, ...] = ()
    others: tuple[Other, ...] = ()
    fillings: dict[str, str] = field(default_factory=dict)  # for templates of links: network, campaign
