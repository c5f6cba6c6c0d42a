"""A document that is taken away: as a text to amend, or as a PDF to keep and to read aloud."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from lierre.privacy import odt, pdf
from lierre.privacy.odt import Block


def as_file(form: str, file_name: str, title: str, blocks: Iterable[Block]) -> HttpResponse:
    """`form` is "odt" or "pdf"."""
    if form == "pdf":
        language = get_language() or "fr"
        content, kind = pdf.document(title, blocks, language=language, made_at=timezone.localtime()), pdf.KIND
    else:
        content, kind = odt.document(title, blocks), odt.KIND
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.{form}"'
    return response
