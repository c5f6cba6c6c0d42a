"""What a person agreed to, purpose by purpose."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router

from lierre.interchange.door import need
from lierre.interchange.operations.persons import sheet_for
from lierre.interchange.operations.registering import asks
from lierre.interchange.shapes.persons import Consents
from lierre.privacy.choices import choices_of
from lierre.privacy.models import Purpose

router = Router(tags=["consents"])


@asks(
    router, "GET", "/persons/{public_id}/consents", "consents:read", Consents,
    name="consents", summary=gettext_noop("Read what a person agreed to"),
    description=gettext_noop(
        "What holds today, the stricter word first when two persons became one."
    ),
)  # fmt: skip
def consents(request: HttpRequest, public_id: str) -> dict[str, Any]:
    person = sheet_for(need(request, "consents:read"), public_id).person
    chosen = choices_of([person.pk])[person.pk]
    said = [(purpose, chosen.of(purpose.pk)) for purpose in Purpose.objects.in_force()]
    return {
        "everything": chosen.everything or None,
        "until": chosen.until,
        "purposes": [
            {
                "purpose": purpose.key,
                "label": purpose.label,
                "said": choice.said or None,
                "days_between": choice.frequency,
            }
            for purpose, choice in said
            if choice.said
        ],
    }
