"""`manage.py verify_documents`: prove that documents are what was written and what was kept of them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from proposals.editing.services import faults_of
from proposals.portfolio.models import Document

PROGRESS = 25


class Command(BaseCommand):
    """Replay each log; what is not as it was written is named, and the exit code is 1."""

    help = (
        "Prove that the log of every document is what was written, row by row, and says what was kept of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("references", nargs="*", help="only the documents of these proposals")

    def handle(self, *_args: Any, references: list[str], **_options: Any) -> None:
        documents = Document.objects.filter(epochs__isnull=False).distinct().order_by("pk")
        if references:
            documents = documents.filter(proposal__reference__in=references)
        total, broken = documents.count(), 0
        chosen = documents.select_related("proposal", "template")
        for number, document in enumerate(chosen.iterator(chunk_size=100), start=1):
            broken += self._prove(document)
            if number % PROGRESS == 0:
                self.stdout.write(f"{number} of {total} documents looked at.")
        if broken:
            raise CommandError(f"Not as they were written: {broken} of {total} documents.")
        self.stdout.write(f"Documents that are as they were written: all {total}.")

    def _prove(self, document: Document) -> bool:
        found = False
        for fault in faults_of(document):
            found = True
            name = f"{document.proposal.reference}, {document.get_stage_display()}"
            self.stderr.write(self.style.ERROR(f"{name}: {fault}"))
        return found
