"""News whose time has come become mails: one a person and proposal, at once or when a window closes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from proposals.news.selectors import wishes_of
from workspaces import post
from workspaces.domain.news import Kind, Letter, Pending, plan
from workspaces.models import News, Person

# What is read in one look; the oldest first, so that nothing waits for ever.
MOST = 10_000


def gather() -> datetime | None:
    """Decide about pending news, and when to look again. Two senders may do this at once."""
    rows = News.objects.filter(pending=True).order_by("at", "pk")[:MOST]
    pending = [
        Pending(row.pk, row.person_id, row.proposal, Kind(row.kind), row.at, row.urgent) for row in rows
    ]
    if not pending:
        return None
    found = plan(pending, wishes_of({each.person for each in pending}), timezone.now())
    if found.unmailed:
        News.objects.filter(pk__in=found.unmailed, pending=True).update(pending=False)
    for letter in found.letters:
        _put(letter)
    return found.next_at


@transaction.atomic
def _put(letter: Letter) -> None:
    """Into one mail goes what no other sender has in hand or has dealt with."""
    waiting = News.objects.select_for_update(skip_locked=True).filter(pk__in=letter.news, pending=True)
    mine = [row.pk for row in waiting]
    if mine:
        mail = post.write(to=Person.objects.get(pk=letter.person).email)
        News.objects.filter(pk__in=mine).update(pending=False, mail=mail)
