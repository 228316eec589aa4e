"""Taking a right away while its holder writes: every row comes before it or not at all."""

import os
import threading
from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from proposals.editing import log
from proposals.editing.domain.peers import Ticket
from proposals.editing.log.writing import Writer
from proposals.editing.models import Epoch, Update
from proposals.portfolio.models import Proposal, Supporter
from tests.contract.test_log import beside, words
from tests.people import Cast, as_, people
from tests.proposals import make_proposal, make_supporter
from workspaces.models import Deputy, Membership, Pair, Person

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("REVOKE_ROUNDS", "6"))


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people()


@pytest.fixture
def epoch(cast: Cast) -> Epoch:
    return Epoch.objects.create(document=make_proposal(cast.pair).documents.get())


@pytest.fixture
def writer(transactional_db: None) -> Iterator[Writer]:
    writer = Writer()
    yield writer
    writer.stop()


def ticket_of(person: Person) -> Ticket:
    return Ticket(as_(person).cookies["sessionid"].value, person.get_session_auth_hash())


def delete_session(person: Person) -> None:
    Session.objects.all().delete()


def run_out(person: Person) -> None:
    Session.objects.update(expire_date=timezone.now())


def suspend(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)


def change_password(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(password="another")


def end_membership(person: Person) -> None:
    Membership.objects.filter(person=person).update(ended_at=timezone.now())


def end_pair(person: Person) -> None:
    Pair.objects.update(ended_at=timezone.now())


def withdraw(person: Person) -> None:
    Proposal.objects.update(withdrawn_at=timezone.now())


TAKEN_AWAY = [delete_session, run_out, suspend, change_password, end_membership, end_pair, withdraw]


def undo(person: Person, password: str) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=True, password=password)
    Membership.objects.update(ended_at=None)
    Pair.objects.update(ended_at=None)
    Proposal.objects.update(withdrawn_at=None)


@pytest.mark.parametrize("take_away", TAKEN_AWAY)
def test_no_row_follows(
    writer: Writer, epoch: Epoch, cast: Cast, *, take_away: Callable[[Person], None]
) -> None:
    """[ED91] However the two race: once the deed is committed, the log holds the last row there will be."""
    for _ in range(ROUNDS):
        ticket = ticket_of(cast.ben)
        assert (
            after(
                take_away,
                cast.ben,
                writer=writer,
                line=log.Line(cast.ben.pk, words(1)[0], ticket=ticket),
                epoch=epoch,
            )
            == 0
        )
        undo(cast.ben, cast.ben.password)


@pytest.mark.parametrize("kind", ["deputy", "partner"])
def test_no_row_follows_the_end_of_a_part(writer: Writer, epoch: Epoch, cast: Cast, *, kind: str) -> None:
    """[ED91] A deputy whose time is cut short, a patient partner who is thanked."""
    person = cast.mags if kind == "partner" else cast.dele

    def take_away(_person: Person) -> None:
        Deputy.objects.update(ended_at=timezone.now())
        Supporter.objects.all().delete()

    for _ in range(ROUNDS):
        if kind == "partner":
            make_supporter(epoch.document.proposal, person)
        else:
            stand_in(cast, person)
        line = log.Line(person.pk, words(1)[0], ticket=ticket_of(person))
        assert after(take_away, person, writer=writer, line=line, epoch=epoch) == 0


def stand_in(cast: Cast, person: Person) -> None:
    today = timezone.localdate()
    Deputy.objects.create(
        pair=cast.pair,
        side="manager",
        membership=Membership.objects.get(person=person),
        starts_on=today,
        ends_on=today,
        appointed_by=cast.ben,
    )


def after(
    take_away: Callable[[Person], None], person: Person, *, writer: Writer, line: log.Line, epoch: Epoch
) -> int:
    """How many rows enter after the deed, while somebody writes as fast as the log allows."""
    over = threading.Event()
    begun = threading.Event()

    def write() -> int:
        stored = 0
        while not over.is_set():
            outcome = writer.append([log.Batch(epoch.pk, (line,))]).result(20)[0]
            stored += outcome.stored
            begun.set()
        return stored

    def deed() -> int:
        assert begun.wait(10)
        take_away(person)
        head = Epoch.objects.get(pk=epoch.pk).head
        threading.Event().wait(0.05)
        over.set()
        return head

    stored, head = beside(write, deed)
    assert stored
    assert Update.objects.filter(epoch=epoch).count() <= Epoch.objects.get(pk=epoch.pk).head
    return Epoch.objects.get(pk=epoch.pk).head - head


def test_two_processes_share_epochs_without_waiting_for_each_other(epoch: Epoch, cast: Cast) -> None:
    """[ED91] Batches are stored in one order everywhere, whatever the order in which they are handed in."""
    other = Epoch.objects.create(document=epoch.document, number=2)
    writers = [Writer(), Writer()]
    lines = (log.Line(cast.ben.pk, words(1)[0], ticket=ticket_of(cast.ben)),)
    batches = [log.Batch(epoch.pk, lines), log.Batch(other.pk, lines)]

    def write(writer: Writer, order: list[log.Batch]) -> int:
        try:
            return sum(outcome.stored for _ in range(30) for outcome in writer.append(order).result(10))
        finally:
            writer.stop()

    assert beside(lambda: write(writers[0], batches), lambda: write(writers[1], batches[::-1])) == [60, 60]
    assert sorted(log.heads([epoch.pk, other.pk]).values()) == [(60, True), (60, True)]
    assert connection.vendor in ("sqlite", "postgresql")
