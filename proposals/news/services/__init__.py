"""Sending mail: news whose time has come become mails, and each mail that is due leaves."""

from proposals.news.services.composing import compose
from proposals.news.services.gathering import gather
from proposals.news.services.sending import send_due
from proposals.news.services.stopping import reader_of, stop_link

__all__ = ["compose", "gather", "reader_of", "send_due", "stop_link"]
