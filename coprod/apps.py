"""The roof as a Django application, so that its checks run."""

from importlib import import_module

from django.apps import AppConfig


class Roof(AppConfig):
    """Nothing but the system checks lives here."""

    name = "coprod"

    def ready(self) -> None:
        import_module("coprod.checks")
