"""Who may ask graduates for news, make groups, hold ceremonies, look for lost classmates."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.abilities import declare

ASK_FOR_NEWS = declare(
    "ask_for_news",
    label=_("choose whom to ask for news, and send the questions"),
    roles=frozenset({"alumni_office"}),
    everywhere=True,
)
SEE_GROUPS = declare(
    "see_groups",
    label=_("see the groups, be in some"),
    roles=frozenset({"graduate", "student", "ambassador", "alumni_office"}),
)
HOLD_CEREMONIES = declare(
    "hold_ceremonies",
    label=_("prepare the posters of a ceremony, and see who of the class is missing"),
    roles=frozenset({"alumni_office"}),
    everywhere=True,
)
PROPOSE_WAYS = declare(
    "propose_ways",
    label=_("see whom of one’s class the school cannot reach, and propose a way"),
    roles=frozenset({"graduate"}),
)
HANDLE_REPORTS = declare(
    "handle_reports",
    label=_("look into invitations that were reported as abuse"),
    roles=frozenset({"alumni_office", "data_protection"}),
    everywhere=True,
)
MANAGE_GROUPS = declare(
    "manage_groups",
    label=_("make groups, say who hosts them, close them"),
    roles=frozenset({"alumni_office"}),
    everywhere=True,
)
