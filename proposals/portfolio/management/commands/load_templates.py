"""Command: publish new template files from `proposals/portfolio/pathway/`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from proposals.portfolio import templates
from proposals.portfolio.domain.pathway import BadTemplateError


class Command(BaseCommand):
    """Can be run as often as you like: what has been published stays as it is."""

    help = "Publish new template files. Published versions never change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, help="Template files; without any, those of coprod."
        )

    def handle(self, *_args: object, files: list[Path], **_options: object) -> None:
        try:
            new = templates.load(files)
        except BadTemplateError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Published: {', '.join(new)}." if new else "Nothing new to publish.")
