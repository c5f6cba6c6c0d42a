"""Registers the domain with Django."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "lierre.publishing"
    label = "publishing"
