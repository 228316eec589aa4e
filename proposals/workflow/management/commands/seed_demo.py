"""`seed_demo`: an invented trust with people and proposals, for trying coprod; never where DEBUG is off."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from proposals.workflow.demo.journeys import tell_all
from workspaces.models import Person


class Command(BaseCommand):
    """Makes what is missing of the demo; what is there stays as it is."""

    help = "Adds the demo's people and proposals as far as they are missing. Works only where DEBUG is on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do nothing if this database has people in it already"
        )

    def handle(self, *, once: bool, **_options: object) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "Demo accounts have a known password, so they are made only where DEBUG is on."
            )
        if once and Person.objects.exists():
            return
        made = tell_all()
        self.stdout.write(f"The demo is ready. New proposals: {', '.join(made) or 'none'}.")
