"""Fields of the sign-in pages, dressed as those of the house; and sessions, in words."""

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.safestring import SafeString

from lierre.accounts.devices import device

register = template.Library()
register.filter(device)


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The field itself. A label always stands above it, so that it needs no ghost of one inside."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    return field.as_widget(attrs={} if isinstance(widget, CheckboxInput) else {"class": "input"})
