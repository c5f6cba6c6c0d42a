"""Registers the domain with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lierre.accounts"
    label = "accounts"

    def ready(self) -> None:
        from lierre.accounts import witness  # noqa: F401 - listens to what changes in how people sign in
