"""Who may ask graduates for news."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.abilities import declare

ASK_FOR_NEWS = declare(
    "ask_for_news",
    label=_("choose whom to ask for news, and send the questions"),
    roles=frozenset({"alumni_office"}),
    everywhere=True,
)
