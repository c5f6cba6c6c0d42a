"""A page that holds one form: announced, filled in, confirmed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise
Step = tuple[Words, str]


def above(*steps: Step) -> list[Step]:
    """Where a page of this domain stands."""
    return [(_("The house"), reverse("site:house")), (_("Personal data"), reverse("privacy:desk")), *steps]


def form_page(
    request: HttpRequest, form: forms.Form, *, title: Words, button: Words, back: Any, dek: Words = "",
    steps: tuple[Step, ...] = (), danger: bool = False, **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form, "title": title, "dek": dek, "button": button, "back": resolve_url(back), "above": above(*steps),
        "danger": danger, **more,
    }  # fmt: skip
    return render(request, "privacy/form_page.html", context, status=422 if form.errors else 200)
