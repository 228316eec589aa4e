"""`send_mail`: sends what is due, once or until it is stopped."""

import uuid
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from proposals.news.postman import Postman
from proposals.news.services import send_due


class Command(BaseCommand):
    """The same sender as in a server process. As many as you like may run: each mail has one of them."""

    help = "Sends the mail that is due. With --loop, goes on until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until this is stopped")

    def handle(self, *, loop: bool, **_options: object) -> None:
        if not loop:
            send_due(uuid.uuid4())
            return
        postman = Postman()
        try:
            postman.work()
        except KeyboardInterrupt:
            postman.stop()
