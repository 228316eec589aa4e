"""What a right to write leans on: held, and read, in the transaction that stores the words."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.contrib.sessions.models import Session

from proposals.editing.domain.peers import Ticket
from proposals.editing.log.direct import Direct, Key
from workspaces.models import Person

Holder = tuple[int, Ticket | None]

# So long we wait for a row that somebody is changing. Less than the database's own look for deadlocks (one
# second), so it is always the log that gives way, and writes again.
PATIENCE = "SET LOCAL lock_timeout = '800ms'"

HOLD = """
SELECT
ARRAY(SELECT session_key FROM django_session WHERE session_key = ANY(%(sessions)s) FOR SHARE),
ARRAY(SELECT id FROM workspaces_person WHERE id = ANY(%(people)s) FOR SHARE),
ARRAY(SELECT id FROM workspaces_membership WHERE person_id = ANY(%(people)s) AND ended_at IS NULL FOR SHARE),
ARRAY(
    SELECT proposal.id FROM portfolio_proposal proposal
    JOIN workspaces_pair pair ON pair.id = proposal.pair_id
    JOIN portfolio_document document ON document.proposal_id = proposal.id
    JOIN editing_epoch epoch ON epoch.document_id = document.id
    WHERE epoch.id = ANY(%(epochs)s) FOR SHARE OF proposal, pair
),
ARRAY(
    SELECT deputy.id FROM workspaces_deputy deputy
    JOIN workspaces_membership member ON member.id = deputy.membership_id
    WHERE member.person_id = ANY(%(people)s) AND deputy.ended_at IS NULL FOR SHARE OF deputy
),
ARRAY(
    SELECT supporter.id FROM portfolio_supporter supporter
    JOIN workspaces_membership member ON member.id = supporter.membership_id
    WHERE member.person_id = ANY(%(people)s) FOR SHARE OF supporter
)
"""


def hold(holders: Collection[Holder], epochs: Sequence[Key], direct: Direct) -> None:
    """From here to our commit nobody takes away what these rights lean on; who does so is before or after us.

    Whoever is alone needs no such thing.
    """
    if direct.is_alone or not holders:
        return
    people = sorted({person for person, _ in holders})
    sessions = sorted({ticket.session for _, ticket in holders if ticket})
    direct.tell(PATIENCE)
    direct.ask(HOLD, {"people": people, "sessions": sessions, "epochs": list(epochs)})


def valid(holders: Collection[Holder]) -> Mapping[Holder, datetime]:
    """Which of these tickets still let their holders in, and until when."""
    if not holders:
        return {}
    keys = {ticket.session for _, ticket in holders if ticket}
    until = dict(Session.objects.filter(pk__in=keys).values_list("session_key", "expire_date"))
    people = Person.objects.filter(pk__in={person for person, _ in holders}, is_active=True)
    seals = {person.pk: person.get_session_auth_hash() for person in people.only("password")}
    return {
        (person, ticket): until[ticket.session]
        for person, ticket in holders
        if ticket and ticket.session in until and ticket.seal == seals.get(person)
    }
