"""Registers the domain with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lierre.accounts"
    label = "accounts"
