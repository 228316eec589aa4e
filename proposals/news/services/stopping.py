"""The link in each mail of news that stops them: whoever holds it needs no account to use it."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from workspaces.models import Person

SALT = "coprod.news.unsubscription"


def stop_link(person: Person, proposal: int) -> str:
    """It lets its holder stop mail to this person, and learn nothing of them."""
    token = signing.dumps([person.pk, proposal], salt=SALT)
    return settings.PUBLIC_ORIGIN + reverse("news_unsubscription", args=[token])


def reader_of(token: str) -> tuple[Person, int] | None:
    """Whose mail a link stops, and the proposal that mail was about; None if we have not made it."""
    try:
        number, proposal = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=number).first()
    return (person, proposal) if person else None
