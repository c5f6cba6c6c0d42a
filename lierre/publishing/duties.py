"""What this domain does by itself: due posts leave, connected accounts are looked at, those that fell silent are asked."""

from datetime import timedelta

from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.duties import duty
from lierre.foundation.lanes import add_lane
from lierre.publishing.alerting import tell_of_keys
from lierre.publishing.ambassadors import sending as ambassador_sending
from lierre.publishing.approving import expire_late
from lierre.publishing.confirming import ask_owners
from lierre.publishing.desk_told import tell_of_desk
from lierre.publishing.figures.fetching import fetch_due
from lierre.publishing.filming.lane import Films
from lierre.publishing.hearing.fetching import forget_old, listen
from lierre.publishing.library.tidying import tidy
from lierre.publishing.mailing.forgetting import forget_recipients
from lierre.publishing.mailing.lane import Mailings
from lierre.publishing.models import Ambassador, Digest, Notice, Opening, OwnOpening, OwnText
from lierre.publishing.notices import send_due
from lierre.publishing.outbox.health import check_held, check_open
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.outbox.visiting import visit_accounts
from lierre.publishing.own.closing import close_left
from lierre.publishing.own.ending import tell_of_ends
from lierre.publishing.reminding import remind
from lierre.publishing.reminding_of_letters import remind as remind_of_mailings
from lierre.publishing.reviewing import forget_addresses
from lierre.publishing.rhythm.silence import hold_in_force
from lierre.publishing.rhythm.unrolling import unroll_all

add_lane("outbox", Outbox)
add_lane("mailings", Mailings)
add_lane("films", Films)


@duty(every="daily at 06:40", label=gettext_lazy("Look at the accounts that are connected"))
def look_at_accounts() -> str:
    """Whether each is still open, and until when."""
    closed = check_open()
    return ngettext("%(count)d account does not answer.", "%(count)d accounts do not answer.", closed) % {
        "count": closed
    }


@duty(every=timedelta(minutes=1), label=gettext_lazy("Ask again the networks that did not answer"))
def ask_again() -> str:
    """What waited for them leaves as soon as they do."""
    back = check_held()
    return ngettext("%(count)d account answers again.", "%(count)d accounts answer again.", back) % {"count": back}


@duty(every=timedelta(seconds=30), label=gettext_lazy("Tell those who write and approve posts"))
def send_notices() -> str:
    """What was not approved in time goes back to its author first."""
    expire_late()
    tell_of_desk()
    left = send_due()
    return ngettext("%(count)d notice left.", "%(count)d notices left.", left) % {"count": left}


@duty(every="daily at 07:20", label=gettext_lazy("Ask whether each account is still ours"))
def ask_whose_accounts() -> str:
    """Once a year, and again a month later when nobody answers."""
    asked = ask_owners()
    return ngettext("%(count)d person was asked.", "%(count)d persons were asked.", asked) % {"count": asked}


@duty(every=timedelta(minutes=5), label=gettext_lazy("Tell whose keys end, or no longer open their account"))
def tell_about_keys() -> str:
    """Fourteen, seven, three days before and the day before; and at once when a network closes its door."""
    told = tell_of_keys() + tell_of_ends()
    return ngettext("%(count)d person was told.", "%(count)d persons were told.", told) % {"count": told}


@duty(every=timedelta(hours=1), label=gettext_lazy("Try the addresses of the register"))
def try_addresses() -> str:
    """Each once a week, as anybody would open it."""
    dead = visit_accounts()
    return ngettext("%(count)d address leads nowhere.", "%(count)d addresses lead nowhere.", dead) % {"count": dead}


@duty(every="daily at 03:25", label=gettext_lazy("Forget the notices that have left"))
def forget_notices() -> str:
    for openings in (Opening, OwnOpening):
        openings.objects.over().delete()
    gone, _by_model = Notice.objects.old().delete()
    return ngettext("%(count)d notice forgotten.", "%(count)d notices forgotten.", gone) % {"count": gone}


@duty(every=timedelta(minutes=5), label=gettext_lazy("Remind those who must still approve a post"))
def remind_approvers() -> str:
    """A day, then four hours before it leaves; never at night."""
    told = remind() + remind_of_mailings()
    return ngettext("%(count)d person reminded.", "%(count)d persons reminded.", told) % {"count": told}


@duty(every="daily at 03:30", label=gettext_lazy("Forget the addresses of those outside who read a post"))
def forget_readers() -> str:
    gone = forget_addresses()
    return ngettext("%(count)d address forgotten.", "%(count)d addresses forgotten.", gone) % {"count": gone}


@duty(every=timedelta(minutes=10), label=gettext_lazy("Ask networks how what left was received"))
def fetch_figures() -> str:
    """Every hour the first day of a post, then every day, then every week; an account every day."""
    found = fetch_due()
    return ngettext("%(count)d figure is news.", "%(count)d figures are news.", found) % {"count": found}


@duty(every=timedelta(minutes=10), label=gettext_lazy("Ask networks what people answered"))
def hear_answers() -> str:
    """Every half hour the first day of a post, every three hours for two weeks, then every day."""
    found = listen()
    return ngettext("%(count)d answer is new.", "%(count)d answers are new.", found) % {"count": found}


@duty(every="daily at 03:45", label=gettext_lazy("Forget what people answered a year ago"))
def forget_answers() -> str:
    gone = forget_old()
    return ngettext("%(count)d answer forgotten.", "%(count)d answers forgotten.", gone) % {"count": gone}


@duty(every=timedelta(minutes=5), label=gettext_lazy("Send their topics of the week to ambassadors"))
def send_topics() -> str:
    """One row for each before anything leaves; each leaves once."""
    ambassador_sending.write_rows()
    left = ambassador_sending.send_due()["sent"]
    return ngettext("%(count)d message left.", "%(count)d messages left.", left) % {"count": left}


@duty(every=timedelta(minutes=1), label=gettext_lazy("Destroy the keys of ambassadors who have left"))
def close_own_accounts() -> str:
    """From the moment they hold the role no more, nothing leaves for them; here their keys are given back."""
    gone = close_left()
    return ngettext("%(count)d account closed.", "%(count)d accounts closed.", gone) % {"count": gone}


@duty(every="daily at 03:30", label=gettext_lazy("Forget the ambassadors who lost the role, and old texts"))
def forget_ambassadors() -> str:
    close_left()
    gone = Ambassador.objects.without_their_role().delete()[0]
    gone += OwnText.objects.old().delete()[0] + Digest.objects.old().delete()[0]
    return ngettext("%(count)d row forgotten.", "%(count)d rows forgotten.", gone) % {"count": gone}


@duty(every="daily at 03:35", label=gettext_lazy("Forget who received old mailings"))
def forget_old_recipients() -> str:
    gone = forget_recipients()
    return ngettext("%(count)d recipient forgotten.", "%(count)d recipients forgotten.", gone) % {"count": gone}


@duty(every="daily at 04:05", label=gettext_lazy("Draft what comes back, some weeks ahead"))
def unroll_series() -> str:
    made = unroll_all()
    return ngettext("%(count)d draft made.", "%(count)d drafts made.", made) % {"count": made}


@duty(every=timedelta(minutes=1), label=gettext_lazy("Hold what is under embargo"))
def hold_silences() -> str:
    """What became late, or ready, while an embargo is in force."""
    held = hold_in_force()
    return ngettext("%(count)d post held.", "%(count)d posts held.", held) % {"count": held}


@duty(every="daily at 03:40", label=gettext_lazy("Forget the copies of media that nobody asks for"))
def tidy_library() -> str:
    gone = tidy()
    return ngettext("%(count)d copy forgotten.", "%(count)d copies forgotten.", gone) % {"count": gone}
