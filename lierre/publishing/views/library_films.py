"""A copy of a film that could not be made is asked for again, once what kept it from being made was mended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lierre.accounts.views.answers import done
from lierre.foundation.abilities import NotAllowed, needs
from lierre.publishing.models import FilmCopy
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, may_keep_medium


@require_POST
@needs(SEE_POSTS)
def remake(request: HttpRequest, copy_id: int) -> HttpResponse:
    copy = get_object_or_404(FilmCopy.objects.select_related("medium"), pk=copy_id)
    if not may_keep_medium(request.user, copy.medium):
        raise NotAllowed(WRITE_POSTS)
    copy.try_again(by=request.user)
    return done(request, _("It will be tried again in a moment."), "publishing:medium", copy.medium_id)
