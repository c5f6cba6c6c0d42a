"""Registers the domain with Django."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "lierre.publishing"
    label = "publishing"

    def ready(self) -> None:
        from lierre.connectors.bluesky.client import KEYRING
        from lierre.people.segments.using import used_by
        from lierre.publishing.mailing import returning  # noqa: F401 - listens to what comes back
        from lierre.publishing.mailing.using import mailings_to
        from lierre.publishing.models import ClientKey

        KEYRING.is_kept_by(lambda: ClientKey.objects.texts())
        used_by(mailings_to)
