"""Registers the domain with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "lierre.site"
    label = "site"
