"""Who stands at the door of a document, and what a room needs from the database to open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from proposals.editing import log, quarantine
from proposals.editing.domain.admission import Opening
from proposals.editing.domain.peers import Ticket
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.models import Epoch, Update
from proposals.editing.selectors import epoch_access, newest_epoch, reading_of, roots_of
from proposals.portfolio.access import Access
from proposals.portfolio.domain.abilities import Ability
from workspaces.models import Person
from workspaces.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Visit:
    """A person at the door of one document, and what they may do inside."""

    ticket: Ticket
    until: datetime  # when the session ends by itself
    epoch: UUID
    proposal: int
    stage: str
    person: int
    name: str
    side: str
    writes: bool
    reason: str

    @property
    def identity(self) -> dict[str, int | str]:
        return {"id": self.person, "name": self.name, "side": self.side}


class ReadSession(SessionStore):
    """A session whose row is at hand, so that it is not read once more."""

    def __init__(self, row: Session) -> None:
        super().__init__(row.session_key)
        self._row = row

    def load(self) -> dict[str, Any]:
        return self._row.get_decoded()


def signed_in(session_key: str) -> tuple[Person, datetime] | None:
    """Whoever is signed in with this session, and until when. Nobody if it or their password is no more."""
    row = _SESSIONS.one(session_key)
    if row is None or row.expire_date <= timezone.now():
        return None
    request = HttpRequest()
    request.session = ReadSession(row)
    person = get_user(request)
    return (person, row.expire_date) if isinstance(person, Person) else None


_SESSIONS = Prepared(lambda key, **_: Session.objects.filter(pk=key), str)


def visit(session_key: str, epoch_id: UUID) -> Visit | CloseCode:
    """Let them in, or say with which code to turn them away."""
    guest = signed_in(session_key)
    if guest is None:
        return CloseCode.SIGN_IN
    person, until = guest
    try:
        epoch, access = epoch_access(person, epoch_id)
    except (Http404, PermissionDenied) as denied:
        return CloseCode.UNKNOWN if isinstance(denied, Http404) else CloseCode.NO_ACCESS
    if epoch.closed_at is not None:
        newest = newest_epoch(epoch.document)
        return CloseCode.FROZEN if newest == epoch else CloseCode.OTHER_EPOCH
    ticket = Ticket(session_key, person.get_session_auth_hash())
    return _visit(ticket, until, person, epoch=epoch, access=access)


def _visit(ticket: Ticket, until: datetime, person: Person, *, epoch: Epoch, access: Access) -> Visit:
    document = access.document
    # Why the person cannot write here, if so.
    reason = access.grants[Ability.EDIT].reason or (quarantine.HELD if quarantine.is_held(epoch.pk) else "")
    return Visit(
        ticket=ticket,
        until=until,
        epoch=epoch.pk,
        proposal=document.proposal_id,
        stage=document.stage,
        person=person.pk,
        name=person.name,
        side=access.standing.side.value,
        writes=not reason,
        reason=reason,
    )


def open_document(epoch_id: UUID) -> Opening:
    """What the room starts from."""
    epoch = Epoch.objects.select_related("document__template").get(pk=epoch_id)
    merged, head = log.merged(epoch_id)
    return Opening(merged, head, log.owners(epoch_id), roots_of(epoch.document.template))


def fold(epoch_id: UUID, least: int) -> bool:
    """Fold the log if so many rows wait for it and the scribe can read them: never bad with good."""
    if Update.objects.filter(epoch=epoch_id).count() < least:
        return False
    epoch = Epoch.objects.select_related("document__template").get(pk=epoch_id)
    return not reading_of(epoch.document).note and log.compact(epoch_id, least)


def news_since(epoch_id: UUID, seq: int) -> tuple[list[tuple[int, bytes]], dict[int, int]]:
    """What the log holds after `seq`, and whose client ids are whose by now."""
    return log.since(epoch_id, seq), log.owners(epoch_id)
