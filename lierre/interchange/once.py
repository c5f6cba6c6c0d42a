"""A request that changes something may bear a key: sent again with it, it is answered as the first time, and done once."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.interchange import problems
from lierre.interchange.models import IdempotencyKey, Token
from lierre.interchange.models.idempotency import LONGEST
from lierre.interchange.problems import Problem

HEADER: Final = "Idempotency-Key"
UPLOAD: Final = "multipart/form-data"


def once(request: HttpRequest, token: Token, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """
    Only what was done is kept: a refusal changed nothing, so asking again may do better.

    The change and its answer are written in one transaction. A file is brought outside of any (it is long): should we die
    in the middle, its key is freed after a while, and the same file brought twice brings nothing new.
    """
    name = request.headers.get(HEADER)
    if request.method != "POST" or name is None:
        return answer()
    if not 0 < len(name) <= LONGEST or not name.isprintable():
        raise Problem(400, "key", _("A key is made of 1 to %(most)d printable signs.") % {"most": LONGEST})
    asked = (request.method, request.path[:300], digest_of(request))
    if is_upload(request):
        return freed_if_it_fails(token, name, lambda: claimed(token, name, asked, answer))
    with transaction.atomic():
        return claimed(token, name, asked, answer)


def freed_if_it_fails(token: Token, name: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """No transaction takes the key back here."""
    unanswered = IdempotencyKey.objects.filter(token=token, key=name, status=None)
    was_there = unanswered.exists()
    try:
        return answer()
    except BaseException:
        if not was_there:
            unanswered.delete()
        raise


def claimed(token: Token, name: str, asked: tuple[str, str, str], answer: Callable[[], HttpResponse]) -> HttpResponse:
    IdempotencyKey.objects.left_behind().filter(token=token, key=name).delete()
    IdempotencyKey.objects.forgotten().filter(token=token, key=name).delete()
    method, path, digest = asked
    try:
        with transaction.atomic():
            kept = IdempotencyKey.objects.create(token=token, key=name, method=method, path=path, digest=digest)
    except IntegrityError:
        return again(IdempotencyKey.objects.get(token=token, key=name), asked)
    response = answer()
    if 200 <= response.status_code < 300:
        keep(kept, response)
    else:
        kept.delete()
    return response


def keep(kept: IdempotencyKey, response: HttpResponse) -> None:
    IdempotencyKey.objects.filter(pk=kept.pk).update(
        status=response.status_code,
        answer=response.content.decode(),
        content_type=response.headers.get("Content-Type", ""),
        location=response.headers.get("Location", ""),
        made_at=timezone.now(),
    )


def again(kept: IdempotencyKey, asked: tuple[str, str, str]) -> HttpResponse:
    """What was answered the first time, word for word."""
    if not kept.is_for(*asked):
        raise Problem(422, "key_reused", _("This key was used for another request: draw a new one for each."))
    if kept.status is None:
        detail = _("The first request with this key is still being answered. Ask again in a few seconds.")
        raise Problem(409, "in_progress", detail, {"Retry-After": "5"})
    response = HttpResponse(kept.answer, status=kept.status, content_type=kept.content_type)
    if kept.location:
        response.headers["Location"] = kept.location
    response.headers["Idempotency-Replayed"] = "true"
    return response


def is_upload(request: HttpRequest) -> bool:
    return request.content_type == UPLOAD


def digest_of(request: HttpRequest) -> str:
    """Of what is sent. The parts of a form are cut elsewhere each time, so what stands between them is not counted."""
    mark = sha256()
    try:
        if not is_upload(request):
            mark.update(request.body)
            return mark.hexdigest()
        for name, value in sorted(request.POST.items()):
            mark.update(f"{name}={value}\n".encode("utf-8", "replace"))
        for name, file in sorted(request.FILES.items()):
            assert isinstance(file, UploadedFile)
            mark.update(f"{name}={file.name}\n".encode("utf-8", "replace"))
            for chunk in file.chunks():
                mark.update(chunk)
            file.seek(0)
    except RequestDataTooBig:
        raise problems.too_large() from None
    return mark.hexdigest()
