"""`run_due`: the server's own moves and what it tells people, for whatever has come due by today."""

from django.core.management.base import BaseCommand

from proposals.workflow.services import run_due


class Command(BaseCommand):
    """A server process does it by itself. Doing it more often, or twice at once, changes nothing."""

    help = "Opens evaluations, sends papers, archives and tells people, as far as the day for it has come."

    def handle(self, **_options: object) -> None:
        for name, count in run_due().items():
            self.stdout.write(f"{name}: {count}")
