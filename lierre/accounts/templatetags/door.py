"""Sessions, in words."""

from django import template

from lierre.accounts.devices import device

register = template.Library()
register.filter(device)
