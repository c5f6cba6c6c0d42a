"""What each kind of rule is for, and what it must be told."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A label for each thing that the rule is told; "" when it does not use it. `needs`: those it cannot do without."""

    what: Any
    words: Any = ""
    replacement: Any = ""
    most: Any = ""
    choice: Any = ""
    needs: tuple[str, ...] = ()
    called: Any = ""  # how it is offered, when it says more than its name

    @property
    def uses(self) -> list[str]:
        return [name for name in ("words", "replacement", "most", "choice") if getattr(self, name)]


ONE_A_LINE: Final = _("One a line. A star at the end of a word takes any ending: synerg*.")
KINDS: Final[dict[str, Kind]] = {
    "avoid": Kind(
        _("Words and expressions to avoid, and what to say instead."), words=_("Words to avoid"),
        replacement=_("Say instead"), needs=("words",),
    ),
    "spelling": Kind(
        _("The name of a unit, of a partner: with its capitals, accents and hyphens."),
        words=_("Wrong ways in which it is written"), replacement=_("The name, written right"), needs=("replacement",),
    ),
    "claim": Kind(
        _("“First university of …”: said with its source, or not said."), words=_("Claims that need a source"),
        needs=("words",),
    ),
    "hashtags": Kind(_("How many hashtags a text may have."), most=_("At most")),
    "hashtag_case": Kind(
        _("A capital at each word of a hashtag, for those who hear it."), words=_("Hashtags, with their capitals")
    ),
    "hashtag_known": Kind(
        _("Only hashtags that the institution has chosen."), words=_("Hashtags of the charter"), needs=("words",)
    ),
    "capitals": Kind(
        _("No shouting: words in capitals are said in small letters."), words=_("Names that are written in capitals")
    ),
    "exclamations": Kind(_("How many exclamation marks a text may have."), most=_("At most")),
    "inclusive": Kind(
        _("How women and men are both named: the institution chooses."), choice=_("What we write"), needs=("choice",)
    ),
    "link_refused": Kind(
        _("Sites whose addresses we do not give: outside shorteners, for example."), words=_("Sites"), needs=("words",)
    ),
    "link_template": Kind(
        _("Parameters that links to our sites carry, so that visits are counted."), words=_("Our sites"),
        replacement=_("Parameters, such as utm_source={network}&utm_campaign={campaign}"), needs=("words", "replacement"),
    ),
    "signature": Kind(
        _("Words that stand in each post, or in those that speak of something: a signature, a partner or a funder to mention."),
        words=_("Only in texts that speak of this"), replacement=_("Signature, or who is mentioned"), needs=("replacement",),
        called=_("signature and mentions"),
    ),
    "alternative": Kind(_("What an image shows is written, for those who do not see it.")),
    "agreement": Kind(
        _("Another post of the same week gives another day or another figure for the same thing."),
        words=_("Expressions that are not the name of one event"),
    ),
}  # fmt: skip
