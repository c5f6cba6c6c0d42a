"""Registers the domain with Django."""

from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "lierre.connectors"
    label = "connectors"
