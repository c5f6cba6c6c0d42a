"""One thing that waits for somebody: its verb, its evidence and the page where it is done."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Task:
    """
    `verb` is set large before `what`; `since` stands in the margin, in the colour of `urgency`.

    `evidence` is what is needed to act without opening anything. `sends` is what the button says at once, if it does
    more than lead to the page.
    """

    verb: str
    what: str
    why: str
    act: str
    address: str
    since: datetime | None = None
    urgency: str = ""  # "", "soon" or "late"
    evidence: tuple[str, ...] = ()
    sends: dict[str, str] = field(default_factory=dict)
