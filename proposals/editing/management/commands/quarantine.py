"""`manage.py quarantine`: what was set aside because it cannot be read, and what becomes of it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from proposals.editing import quarantine
from proposals.editing.models import Quarantine
from proposals.editing.selectors import roots_of
from proposals.editing.services import leave_out
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person


class Command(BaseCommand):
    """Without arguments: list. `release`: put rows back. `leave-out`: let people go on without them."""

    help = "List what was set aside because it cannot be read, put it back, or let people go on without it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", nargs="?", default="list", choices=["list", "release", "leave-out"])
        parser.add_argument("number", nargs="?", type=int, help="of the entry in the list")
        parser.add_argument("--by", default="", help="e-mail address of whoever decides, for the record")

    def handle(self, *_args: Any, deed: str, number: int | None, by: str, **_options: Any) -> None:
        if deed == "list":
            self._list()
            return
        held = Quarantine.objects.filter(pk=number or 0, ended_at=None).first()
        if held is None:
            raise CommandError("Give the number of an entry: manage.py quarantine lists them.")
        person = Person.objects.filter(email__iexact=by).first() if by else None
        if by and person is None:
            raise CommandError("Nobody has this e-mail address.")
        self._settle(held, deed, person)

    def _list(self) -> None:
        found = Quarantine.objects.filter(ended_at=None).select_related("epoch__document__proposal")
        for held in found.order_by("pk"):
            document = held.epoch.document
            where = f"{document.proposal.reference}, {document.get_stage_display()}"
            rows = f"epoch {held.epoch.number}, rows {held.first} to {held.last}"
            when = f"{held.found_at:%d %B %Y %H:%M} UTC"
            self.stdout.write(f"{held.pk}: {where}, {rows}, {when}: {held.reason}")
        self.stdout.write(f"Set aside: {len(found)}.")

    def _settle(self, held: Quarantine, deed: str, person: Person | None) -> None:
        document = held.epoch.document
        if deed == "release":
            if trouble := quarantine.release(held, roots=roots_of(document.template), by=person):
                raise CommandError(trouble)
            self.stdout.write("The rows count again, and people can write.")
            return
        try:
            epoch = leave_out(document, by=person)
        except RefusedError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"People can write again, in epoch {epoch.number}; the old one keeps the rows.")
