"""What every page needs to draw its frame."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lierre.site.navigation import sections


def house(request: HttpRequest) -> dict[str, Any]:
    return {
        "institution": settings.INSTITUTION,
        "sections": sections(request),
        "theme": request.user.theme if request.user.is_authenticated else request.COOKIES.get("theme", ""),
    }
