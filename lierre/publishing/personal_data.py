"""What this domain holds about people: who wrote, who answers for an account."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.publishing.ambassadors import holdings as of_ambassadors
from lierre.publishing.mailing import personal_data as of_mailings
from lierre.publishing.models import (
    Absence,
    Account,
    CalendarLink,
    Embargo,
    Heard,
    Likeness,
    Medium,
    Notice,
    Opening,
    Pause,
    Post,
    PostsFile,
    Series,
    Signature,
    Step,
    Version,
)
from lierre.publishing.of_user import forget_user, of_user
from lierre.publishing.talking import holdings as of_talking

accounts = of_user(Account, "owner", "deputy", "authorised_by", "successor")
posts = of_user(Post, "owner")
versions = of_user(Version, "by")
signatures = of_user(Signature, "by", "stead")
steps = of_user(Step, "person")
absences = of_user(Absence, "who", "deputy")
notices = of_user(Notice, "to")
links = of_user(CalendarLink, "user")
files = of_user(PostsFile, "by")
series = of_user(Series, "owner")
embargoes = of_user(Embargo, "set_by")
pauses = of_user(Pause, "by")
openings = of_user(Opening, "user")


declare(
    Holding(
        model="publishing.account", label=_("accounts on networks"), fields=("name", "network", "purpose", "keys_held_by"),
        purpose=_("Know who answers for each account that speaks for the institution."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("As long as the account."), rows_about=accounts,
        erase=forget_user(Account, "owner", "deputy", "authorised_by", "successor"),
    ),
    Holding(
        model="publishing.post", label=_("posts"), fields=("title", "parts", "due_at", "made_at"),
        purpose=_("Keep what the institution says in public, and who wrote it."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("Ten years, as what the institution published."),
        rows_about=posts, erase=lambda someone: posts(someone).update(owner=None),
    ),
    Holding(
        model="publishing.version", label=_("versions of posts"), fields=("number", "at", "by_name"),
        purpose=_("Show who changed what is said in public."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the post."), rows_about=versions,
        erase=lambda someone: versions(someone).update(by=None, by_name=""),
    ),
    Holding(
        model="publishing.signature", label=_("approvals of posts"), fields=("at", "position"),
        purpose=_("Prove who approved what the institution says."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the post."), rows_about=signatures,
        kept_because=_("It proves that somebody else read what was published; the account it names is emptied."),
    ),
    Holding(
        model="publishing.step", label=_("who must approve posts"), fields=("position",),
        purpose=_("Ask the right person before something is said."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the rule."), rows_about=steps, erase=lambda someone: steps(someone).delete()[0],
    ),
    Holding(
        model="publishing.absence", label=_("absences"), fields=("first", "last"),
        purpose=_("Know who decides when somebody is away."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the account."), rows_about=absences, erase=lambda someone: absences(someone).delete()[0],
    ),
    Holding(
        model="publishing.notice", label=_("notices about posts"), fields=("subject", "body", "made_at", "left_at"),
        purpose=_("Tell those who write and approve what waits for them."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Thirty days."), rows_about=notices, erase=lambda someone: notices(someone).delete()[0],
    ),
    Holding(
        model="publishing.calendarlink", label=_("addresses of calendars"), fields=("made_at",),
        purpose=_("Let somebody follow the editorial calendar in their own."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the account."), rows_about=links, erase=lambda someone: links(someone).delete()[0],
    ),
    Holding(
        model="publishing.opening", label=_("openings of accounts"), fields=("made_at", "back_at", "done_at"),
        purpose=_("Know who went to a network to open an account, until they come back."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("One day."), rows_about=openings,
        erase=lambda someone: openings(someone).delete()[0],
    ),
)  # fmt: skip

brought = of_user(Medium, "brought_by")


def likenesses(someone: Any) -> QuerySet[Likeness]:
    """Those written down under this very name: whoever was shown is not always somebody of the base."""
    return Likeness.objects.filter(name__iexact=str(someone))


def forget_likenesses(someone: Any) -> int:
    """Their name goes; what shows them stays refused, since nobody consents any more."""
    gone = list(likenesses(someone))
    for each in gone:
        each.forget()
    return len(gone)


declare(
    Holding(
        model="publishing.medium", label=_("media brought to the library"), fields=("title", "name", "brought_at"),
        purpose=_("Know who brought what the institution shows."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the medium."), rows_about=brought,
        erase=lambda someone: brought(someone).update(brought_by=None),
    ),
    Holding(
        model="publishing.likeness", label=_("persons shown on images and films"),
        fields=("name", "given_on", "until", "proof"), purpose=_("Show nobody who has not consented, nor for longer."),
        legal_basis=LegalBasis.CONSENT, retention=_("As long as the medium."), rows_about=likenesses,
        erase=forget_likenesses,
    ),
    Holding(
        model="publishing.postsfile", label=_("files of posts"), fields=("name", "at"),
        purpose=_("Rehearse the posts of a file before they are written."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the account."), rows_about=files, erase=lambda someone: files(someone).delete()[0],
    ),
    Holding(
        model="publishing.series", label=_("series of posts"), fields=("title",),
        purpose=_("Know who answers for posts that come back."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the series."), rows_about=series, erase=lambda someone: series(someone).update(owner=None),
    ),
    Holding(
        model="publishing.embargo", label=_("embargoes"), fields=("label", "made_at"),
        purpose=_("Know who asked for silence, and until when."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the embargo."), rows_about=embargoes,
        erase=lambda someone: embargoes(someone).update(set_by=None),
    ),
    Holding(
        model="publishing.pause", label=_("pauses of queues"), fields=("at",),
        purpose=_("Know who paused a queue."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the pause."), rows_about=pauses, erase=lambda someone: pauses(someone).update(by=None),
    ),
)  # fmt: skip
heard = of_user(Heard, "assigned_to", "settled_by")


def heard_of(someone: Any) -> QuerySet[Heard]:
    """What was given to them or settled by them; else what was said under this very name."""
    if isinstance(someone, get_user_model()):
        return heard(someone)
    return Heard.objects.filter(author__iexact=str(someone)) if str(someone).strip() else Heard.objects.none()


def forget_heard(someone: Any) -> int:
    if isinstance(someone, get_user_model()):
        return forget_user(Heard, "assigned_to", "settled_by")(someone)
    return heard_of(someone).delete()[0]


declare(
    Holding(
        model="publishing.heard", label=_("answers on networks"), fields=("author", "handle", "text", "permalink", "at"),
        purpose=_("Answer those who speak to the institution in public."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Twelve months, or until its author takes it back over there."), rows_about=heard_of,
        erase=forget_heard,
    ),
)  # fmt: skip
declare(*of_ambassadors.HOLDINGS)
declare(*of_talking.HOLDINGS)
declare(*of_mailings.HOLDINGS)
