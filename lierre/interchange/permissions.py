"""Who may let machines in."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from lierre.foundation.abilities import declare, may
from lierre.interchange.models import Token

if TYPE_CHECKING:
    from lierre.interchange.models.token import TokenQuerySet

HOLD_TOKENS = declare(
    "hold_tokens",
    label=_("let a machine in, with no more than one’s own rights"),
    roles=frozenset({"it", "alumni_office", "data_protection"}),
)
OVERSEE_MACHINES = declare(
    "oversee_machines",
    label=_("see every machine that was let in, and take back its token"),
    roles=frozenset({"it", "data_protection"}),
    everywhere=True,
)
MANAGE_WEBHOOKS = declare(
    "manage_webhooks",
    label=_("decide which machines are told what happens here"),
    roles=frozenset({"it"}),
    everywhere=True,
)


def tokens_visible_to(user: Any) -> "TokenQuerySet":
    """One's own; all of them for whoever oversees the machines."""
    return Token.objects.all() if may(user, OVERSEE_MACHINES) else Token.objects.owned_by(user)
