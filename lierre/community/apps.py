"""Registers the domain with Django."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "lierre.community"
    label = "community"
