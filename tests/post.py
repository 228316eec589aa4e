"""Mail in tests: nothing leaves by itself, so a test asks for a round."""

import uuid
from datetime import timedelta

from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db.models import F

from proposals.news.services import send_due
from workspaces.domain.news import WINDOW
from workspaces.models import Mail, News

SENDER = uuid.uuid4()


def delivered() -> list[EmailMessage]:
    """Send what is due; what left in this round."""
    before = len(mail.outbox)
    send_due(SENDER)
    return mail.outbox[before:]


def half_an_hour_later(**more: int) -> None:
    """As if everything had happened so much earlier."""
    passed = WINDOW + timedelta(**more)
    News.objects.update(at=F("at") - passed)
    Mail.objects.update(leaves_at=F("leaves_at") - passed, taken_at=F("taken_at") - passed)


def html_of(letter: EmailMessage) -> str:
    assert isinstance(letter, EmailMultiAlternatives)
    return str(letter.alternatives[0][0])
