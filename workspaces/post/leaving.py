"""A mail on its way out: one sender takes it in hand, and says what became of it.

A mail leaves once. Only when a sender dies after the mail server has taken a mail and before that is written
down does it leave a second time, with the same Message-ID, rather than perhaps never.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from workspaces.domain.post import LEASE, MOST_ATTEMPTS, State, next_attempt
from workspaces.models import Mail

GAVE_UP = "It was tried {} times. The last time nobody was left to say what happened."


def claim(sender: UUID) -> Mail | None:
    """The next mail that is due, in hand of this sender and no other; None if there is none."""
    now = timezone.now()
    due = Q(state=State.WAITING.value, leaves_at__lte=now)
    abandoned = Q(state=State.LEAVING.value, taken_at__lte=now - LEASE)
    waiting = Mail.objects.filter(due | abandoned).order_by("leaves_at", "pk")
    while waiting.exists():  # looking costs no lock; most looks find nothing
        with transaction.atomic():
            mail = waiting.select_for_update(skip_locked=True).first()
            if mail is None:
                return None
            if mail.attempts >= MOST_ATTEMPTS:
                _over(mail, State.FAILED, reason=GAVE_UP.format(mail.attempts))
                continue
            mail.state, mail.attempts = State.LEAVING.value, mail.attempts + 1
            mail.taken_at, mail.taken_by = now, sender
            mail.save(update_fields=["state", "attempts", "taken_at", "taken_by"])
            return mail
    return None


def sent(mail: Mail) -> None:
    """The mail server has it. What it said is not kept: there may be a key to an account in it."""
    mail.sent_at = timezone.now()
    _over(mail, State.SENT)


def needless(mail: Mail) -> None:
    """Nothing in it is new to its reader any more, or nothing that they may see."""
    _over(mail, State.NEEDLESS)


def failed(mail: Mail, reason: str, *, for_good: bool) -> None:
    """It did not leave. It waits for another attempt, unless the other side will never take it."""
    again = None if for_good else next_attempt(mail.attempts, timezone.now())
    if again is None:
        _over(mail, State.FAILED, reason=reason)
        return
    mine = Mail.objects.filter(pk=mail.pk, state=State.LEAVING.value, taken_by=mail.taken_by)
    mine.update(state=State.WAITING.value, leaves_at=again, reason=reason[:300], taken_by=None, taken_at=None)


def next_due() -> datetime | None:
    """When the next mail may leave, as far as is known now."""
    waiting = Mail.objects.filter(state=State.WAITING.value)
    found: datetime | None = waiting.aggregate(soonest=Min("leaves_at"))["soonest"]
    return found


def _over(mail: Mail, state: State, *, reason: str = "") -> None:
    """The end of its way, unless it was taken out of this sender's hands meanwhile."""
    mine = Mail.objects.filter(pk=mail.pk, taken_by=mail.taken_by).exclude(state=State.SENT.value)
    mine.update(
        state=state.value, sent_at=mail.sent_at, reason=reason[:300], subject=mail.subject, text="", html=""
    )
