"""What groups do by themselves: those of a class follow what is known of studies."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.community.groups.ruling import follow_rules
from lierre.foundation.duties import duty


@duty(every="daily at 03:40", label=gettext_lazy("Bring the groups of classes up to date"))
def follow_classes() -> str:
    told = follow_rules()
    return _("%(came)d came in, %(went)d went.") % {"came": told["came"], "went": told["went"]}
