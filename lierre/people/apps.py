"""Registers the domain with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lierre.people"
    label = "people"
