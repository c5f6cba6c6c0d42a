"""What is said about a post or a mailing: written, settled, opened again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lierre.accounts.views.answers import done, refused, see_other
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.comment import CommentForm
from lierre.publishing.models import Comment, Mailing, Post
from lierre.publishing.permissions import SEE_POSTS
from lierre.publishing.spoken import Spoken
from lierre.publishing.talking.commenting import Commented, comment_on


@require_POST
@needs(SEE_POSTS)
def comment(request: HttpRequest, post_id: int) -> HttpResponse:
    return said_about(request, get_object_or_404(Post.objects.select_related("owner"), pk=post_id))


@require_POST
@needs(SEE_POSTS)
def comment_on_mailing(request: HttpRequest, mailing_id: int) -> HttpResponse:
    return said_about(request, get_object_or_404(Mailing.objects.select_related("owner"), pk=mailing_id))


def said_about(request: HttpRequest, found: Spoken) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        why = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return refused(request, Refused(why), found.get_absolute_url())
    said = form.cleaned_data
    made = comment_on(found, said["body"], version=said["version"], by=request.user)
    for sentence in warnings(made):
        messages.warning(request, sentence, extra_tags="tone-warn")
    messages.success(request, said_of(made), extra_tags="tone-good")
    return see_other(made.comment)


def said_of(made: Commented) -> str:
    if not made.told:
        return _("Your comment is written.")
    return _("Your comment is written. Told by mail: %(names)s.") % {"names": ", ".join(made.told)}


def warnings(made: Commented) -> list[str]:
    left = [_("%(name)s has left, or no longer reads posts: nobody was told.") % {"name": name} for name in made.left]
    left += [
        _("Several people who read posts are called %(name)s: nobody was told. Write the whole name.") % {"name": name}
        for name in made.shared
    ]
    return left + [_("Nobody who reads posts is called %(name)s.") % {"name": name} for name in made.unknown]


@require_POST
@needs(SEE_POSTS)
def settle(request: HttpRequest, comment_id: int, name: str) -> HttpResponse:
    found = get_object_or_404(Comment.objects.select_related("post", "mailing"), pk=comment_id)
    acts = {"regler": (found.resolve, _("Settled.")), "rouvrir": (found.reopen, _("Open again."))}
    if name not in acts:
        raise Http404
    do, sentence = acts[name]
    try:
        do(by=request.user)
    except Refused as refusal:
        return refused(request, refusal, found.about.get_absolute_url())
    return done(request, sentence, found.about.get_absolute_url())
