"""Registers the domain with Django."""

from django.apps import AppConfig


class InterchangeConfig(AppConfig):
    name = "lierre.interchange"
    label = "interchange"
