"""One round of a sender: gather what is due, then hand each mail to the mail server, one by one."""

import logging
import smtplib
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from proposals.news.services.composing import compose
from proposals.news.services.gathering import gather
from workspaces import post
from workspaces.models import Mail

logger = logging.getLogger(__name__)


def send_due(sender: UUID) -> datetime | None:
    """Send what is due; when the next is, as far as is known now."""
    closes = gather()
    line: BaseEmailBackend | None = None
    try:
        while mail := post.claim(sender):
            line = line or get_connection()
            _leave(mail, line)
    finally:
        if line is not None:
            with suppress(OSError):
                line.close()
    return min((at for at in (closes, post.next_due()) if at is not None), default=None)


def _leave(mail: Mail, line: BaseEmailBackend) -> None:
    """Whatever goes wrong with one mail, the others leave."""
    try:
        headers = compose(mail)
        if headers is None:
            post.needless(mail)
            return
        line.send_messages([_letter(mail, headers)])
    except Exception as trouble:
        logger.exception("Mail %s did not leave", mail.pk)
        with suppress(OSError):
            line.close()  # the next one tries a new line
        post.failed(mail, _reason(trouble), for_good=_is_final(trouble))
    else:
        post.sent(mail)


def _letter(mail: Mail, headers: dict[str, str]) -> EmailMultiAlternatives:
    """The Message-ID is the mail's own, so a copy that leaves after a crash is seen to be one."""
    letter = EmailMultiAlternatives(subject=mail.subject, body=mail.text, to=[mail.to])
    host = letter.from_email.rpartition("@")[2].strip("> ") or "localhost"
    letter.extra_headers = {
        "Message-ID": f"<{mail.uid}@{host}>",
        "Auto-Submitted": "auto-generated",
        **headers,
    }
    if mail.html:
        letter.attach_alternative(mail.html, "text/html")
    return letter


def _is_final(trouble: Exception) -> bool:
    """Whether the other side will never take it: a wrong password of ours or a full box may be mended."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in trouble.recipients.values())
    if isinstance(trouble, smtplib.SMTPDataError):
        return 500 <= trouble.smtp_code < 600
    return isinstance(trouble, ValueError)


def _reason(trouble: Exception) -> str:
    return f"{type(trouble).__name__}: {trouble}"
