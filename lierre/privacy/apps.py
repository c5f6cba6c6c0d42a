"""Registers the domain with Django."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "lierre.privacy"
    label = "privacy"

    def ready(self) -> None:
        from lierre.people.unwanted import remember_with
        from lierre.privacy.suppression import SuppressionList

        remember_with(SuppressionList())
