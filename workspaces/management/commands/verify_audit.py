"""`manage.py verify_audit`: prove that nothing in the record was changed, left out or cut off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workspaces.audit import broken_chains


class Command(BaseCommand):
    """Follow the chain of every workspace; the first break of each is named, and the exit code is 1."""

    help = "Prove that nothing in the record of deeds was changed, left out or cut off."

    def handle(self, *_args: Any, **_options: Any) -> None:
        breaks = 0
        for head, broken in broken_chains():
            if broken:
                breaks += 1
                self.stderr.write(self.style.ERROR(f"{head}: {broken}"))
            else:
                entries = "1 entry" if head.number == 1 else f"{head.number} entries"
                self.stdout.write(f"{head}: {entries}, all as they were written.")
        if breaks:
            raise CommandError(f"The record is broken in {breaks} of its chains.")
