"""What claims do by themselves: they are looked up a little after they were made, links leave, old ones are forgotten."""

from datetime import timedelta

from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.duties import duty
from lierre.people.claiming.recognising import see_to_claims
from lierre.people.models import Claim


@duty(every=timedelta(minutes=1), label=gettext_lazy("Send the links that lead to one’s record"))
def claims() -> str:
    """Away from the page where it was asked, so that the time it takes tells nothing either."""
    told = see_to_claims()
    return ngettext("%(count)d claim seen to.", "%(count)d claims seen to.", told.total()) % {"count": told.total()}


@duty(every="daily at 03:25", label=gettext_lazy("Forget old claims of records"))
def forget_claims() -> str:
    gone, _by_model = Claim.objects.to_forget().delete()
    return ngettext("%(count)d claim forgotten.", "%(count)d claims forgotten.", gone) % {"count": gone}
