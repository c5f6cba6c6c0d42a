"""Registers the domain with Django."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "lierre.foundation"
    label = "foundation"

    def ready(self) -> None:
        from lierre.foundation.ordinals import follow

        follow()
