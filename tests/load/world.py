"""Proposals of a standing pair in a database of its own; prints epochs and cookies for the load."""

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from proposals.editing.services import open_epoch  # noqa: E402
from tests.people import people  # noqa: E402
from tests.proposals import make_proposal  # noqa: E402
from workspaces.models import Person  # noqa: E402


def signed_in(person: Person) -> str:
    """A session cookie, as a browser would hold it."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def main(rooms: int) -> None:
    call_command("migrate", verbosity=0)
    cast = people()
    epochs = []
    for number in range(rooms):
        proposal = make_proposal(cast.pair, reference=f"MB-2026-{number + 1:03}")
        epochs.append(str(open_epoch(proposal.documents.get()).pk))
    print(json.dumps({"epochs": epochs, "cookies": [signed_in(cast.amara), signed_in(cast.ben)]}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
