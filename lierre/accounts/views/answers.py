"""How a page answers once something was done, or refused."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from lierre.foundation.errors import Refused


class SeeOther(HttpResponseRedirect):
    status_code = 303


def see_other(address: Any, *arguments: object) -> HttpResponse:
    """After a change, look at the result: the address can be loaded again without doing it twice."""
    return SeeOther(resolve_url(address, *arguments))


def done(request: HttpRequest, sentence: str, address: str, *arguments: object) -> HttpResponse:
    """Say what was done, where it can be seen."""
    messages.success(request, sentence, extra_tags="tone-good")
    return see_other(address, *arguments)


def refused(request: HttpRequest, refusal: Refused, address: str, *arguments: object) -> HttpResponse:
    """Say why nothing was done."""
    messages.error(request, str(refusal), extra_tags="tone-bad")
    return see_other(address, *arguments)


def acted(request: HttpRequest, form: forms.Form, act: Callable[[], object]) -> bool:
    """Do what a form asks, if it is filled in and nothing refuses: the refusal is then one of its errors."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
