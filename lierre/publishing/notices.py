"""What is written to somebody of the house about a post, in their language; the row leaves with what it tells."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import User
from lierre.connectors.mail import Post as MailServer
from lierre.connectors.mail import Rejected
from lierre.publishing.models import Notice, Post

SUBJECTS: Final[dict[str, Any]] = {
    "to_approve": gettext_lazy("To approve: %(title)s"),
    "approved": gettext_lazy("Approved: %(title)s"),
    "sent_back": gettext_lazy("To correct: %(title)s"),
    "expired": gettext_lazy("Not sent, for want of an approval: %(title)s"),
    "reminder": gettext_lazy("Still to approve: %(title)s"),
    "exception": gettext_lazy("An exception to the charter to countersign: %(title)s"),
    "exception_given": gettext_lazy("Exception countersigned: %(title)s"),
    "mentioned": gettext_lazy("%(by)s speaks to you about: %(title)s"),
    "commented": gettext_lazy("A comment on: %(title)s"),
    "answered": gettext_lazy("Answer from outside: %(title)s"),
    "held": gettext_lazy("Held by an embargo: %(title)s"),
    "given": gettext_lazy("%(by)s gives you: %(title)s"),
}
BODIES: Final[dict[str, Any]] = {
    "to_approve": gettext_lazy("Without your approval, nothing leaves. It is planned for %(moment)s.\n\n%(text)s"),
    "approved": gettext_lazy("It leaves on %(moment)s."),
    "sent_back": gettext_lazy("%(by)s asks for a correction: %(why)s"),
    "reminder": gettext_lazy(
        "It is planned for %(moment)s, and still waits for your approval. Without it, nothing leaves.\n\n%(text)s"
    ),
    "exception": gettext_lazy("%(by)s asks to keep “%(passage)s”, which the charter blocks, because: %(why)s"),
    "exception_given": gettext_lazy("%(by)s countersigned your exception. Ask for approval again."),
    "mentioned": gettext_lazy("%(by)s writes: %(words)s"),
    "commented": gettext_lazy("%(by)s writes: %(words)s"),
    "answered": gettext_lazy("%(by)s says %(answer)s. %(words)s"),
    "held": gettext_lazy(
        "“%(why)s”: it does not leave on %(moment)s. Its approvals are kept: choose another time, then plan it again."
    ),
    "given": gettext_lazy(
        "It is yours from now on; its text, its time and its approval stay as they are. Planned: %(moment)s."
    ),
    "expired": gettext_lazy(
        "Nobody approved it before %(moment)s. It is a draft again: choose another time, then ask again."
    ),
}


def tell(users: Iterable[User], what: str, post: Post, **said: str) -> None:
    """Written now, in the transaction of what happened; sent by a worker afterwards."""
    from lierre.foundation.zones import said as moment_said

    for user in users:
        with translation.override(user.language or settings.LANGUAGE_CODE):
            moment = moment_said(post.due_at, "DATETIME_FORMAT") if post.due_at else _("no time yet")
            told = {"title": post.title, "moment": moment, "text": post.text, **said}
            subject = " ".join((str(SUBJECTS[what]) % told).split())[:200]
            body = (
                f"{str(BODIES[what]) % told}\n\n{settings.ADDRESS}{post.get_absolute_url()}\n\n{settings.INSTITUTION}\n"
            )
            Notice.objects.create(to=user, subject=subject, body=body)


def send_due() -> int:
    """Those whose time has come. Answers how many left."""
    notices = [notice for notice in Notice.objects.due()[:200] if notice.goes_to and notice.claim()]
    if not notices:
        return 0
    left = 0
    try:
        with MailServer() as server:
            for notice in notices:
                left += hand_over(server, notice)
    except OSError:
        for notice in notices:
            notice.put_off()
    return left


def hand_over(server: MailServer, notice: Notice) -> bool:
    message = EmailMessage(notice.subject, notice.body, settings.DEFAULT_FROM_EMAIL, [notice.goes_to])
    try:
        server.hand_over(message, notice.leave)
    except Rejected:
        notice.put_off()
        return False
    return True
