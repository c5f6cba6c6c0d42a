"""Registers the domain with Django."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "lierre.privacy"
    label = "privacy"

    def ready(self) -> None:
        from lierre.foundation.abilities import limit_with
        from lierre.people.directory.lending import answer_with
        from lierre.people.unwanted import remember_with
        from lierre.privacy.acting import lent_to, lets
        from lierre.privacy.suppression import SuppressionList

        remember_with(SuppressionList())
        answer_with(lent_to)
        limit_with(lets)
