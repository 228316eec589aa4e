"""Putting a mail into the outbox."""

from workspaces import notices
from workspaces.models import Mail

# Whoever sends mail listens to this group, so that a mail need not wait for the next round.
GROUP = "post"


def write(*, to: str, subject: str = "", text: str = "", html: str = "") -> Mail:
    """A mail that leaves once the surrounding atomic block has committed, and never if it does not."""
    # A header is one line, whatever somebody typed as a name.
    mail = Mail.objects.create(to=to, subject=" ".join(subject.split())[:300], text=text, html=html)
    notices.publish(GROUP, "mail", mail=mail.pk)
    return mail
