"""The doors to proposals and documents, against the real database."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.portfolio.access import (
    abilities_for,
    document_abilities_for,
    document_for,
    facts_of,
    may_write,
    proposal_for,
    visible_proposals,
)
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.models import Document, Proposal, Supporter
from proposals.portfolio.standing import standing_of
from tests.people import Cast, join, make_person
from tests.proposals import make_proposal, make_supporter
from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Membership, Pair, Person


def make_deputy(proposal: Proposal, person: Person, *, first: date, last: date) -> Deputy:
    """Stands in for the manager."""
    membership = Membership.objects.get(workspace=proposal.workspace, person=person)
    return Deputy.objects.create(
        pair=proposal.pair,
        side=Side.MANAGER.value,
        membership=membership,
        starts_on=first,
        ends_on=last,
        appointed_by=proposal.pair.manager.person,
    )


def test_members_find_it_in_any_case(cast: Cast, proposal: Proposal) -> None:
    """[PF3] Every colleague sees it; a reference may be typed in small letters."""
    for person in (cast.amara, cast.ben, cast.chandra, cast.dele):
        assert proposal_for(person, "mb-2026-001") == proposal
        assert list(visible_proposals(person)) == [proposal]


def test_a_stranger_learns_nothing(cast: Cast, proposal: Proposal, document: Document) -> None:
    """[PF1] What is not mine looks like what does not exist."""
    for reference in (proposal.reference, "MB-2026-999"):
        with pytest.raises(Http404):
            proposal_for(cast.eve, reference)
    for document_id in (document.pk, 10**6):
        with pytest.raises(Http404):
            document_for(cast.eve, document_id)
    assert not visible_proposals(cast.eve).exists()


def test_a_member_without_the_ability_hears_why(cast: Cast, proposal: Proposal, document: Document) -> None:
    """[PF2] The sentence of the table travels with the refusal."""
    make_supporter(proposal, cast.dele, Supporter.READER)
    with pytest.raises(PermissionDenied, match="Only the pair, their deputies and their patient partner"):
        document_for(cast.dele, document.pk, Ability.EDIT)
    with pytest.raises(PermissionDenied, match="seen only by the pair"):
        document_for(cast.chandra, document.pk, Ability.EDIT)
    with pytest.raises(PermissionDenied, match="Only the clinician and the manager"):
        proposal_for(cast.dele, proposal.reference, Ability.RENAME)


def test_a_draft_is_for_the_invited(cast: Cast, proposal: Proposal, document: Document) -> None:
    """[PF24] [PF25] The document's door asks for READ unless told otherwise; who can invite is named."""
    with pytest.raises(PermissionDenied, match="Ask Amara Okafor or Ben Adeyemi to add you"):
        document_for(cast.chandra, document.pk)
    assert document_for(cast.chandra, document.pk, Ability.VIEW) == document
    make_supporter(proposal, cast.chandra, Supporter.READER)
    assert document_for(cast.chandra, document.pk) == document
    assert not may_write(cast.chandra.pk, document.pk)


def test_a_patient_partner_finds_only_what_they_support(cast: Cast, pair: Pair, proposal: Proposal) -> None:
    """[PF26] In a list and by reference."""
    other = make_proposal(pair, "Another", "MB-2026-002")
    make_supporter(other, cast.mags)
    assert list(visible_proposals(cast.mags)) == [other]
    with pytest.raises(Http404):
        proposal_for(cast.mags, proposal.reference)
    make_supporter(proposal, cast.mags, Supporter.READER)
    assert proposal_for(cast.mags, proposal.reference) == proposal


def test_nobody_is_named_who_cannot_invite(cast: Cast, proposal: Proposal) -> None:
    """[PF25] Before accepting, after the pair's end, and in a withdrawn proposal."""
    assert facts_of(proposal, "concept").hosts == "Amara Okafor or Ben Adeyemi"
    proposal.pair.manager_accepted_at = None
    assert facts_of(proposal, "concept").hosts == "Amara Okafor"
    proposal.pair.ended_at = timezone.now()
    assert facts_of(proposal, "concept").hosts == ""
    proposal.pair.ended_at, proposal.withdrawn_at = None, timezone.now()
    assert facts_of(proposal, "concept").hosts == ""


def test_who_has_left_reads_nothing(cast: Cast, proposal: Proposal) -> None:
    """[PF3] An ended membership and a closed account."""
    Membership.objects.filter(person=cast.dele).update(ended_at=timezone.now())
    cast.chandra.is_active = False
    cast.chandra.save()
    for person in (cast.dele, cast.chandra):
        with pytest.raises(Http404):
            proposal_for(person, proposal.reference)
        assert not visible_proposals(person).exists()


def test_the_document_comes_with_what_belongs_to_it(cast: Cast, document: Document) -> None:
    """[PF3] The door fetches proposal, workspace, pair and template at once."""
    found = document_for(cast.amara, document.pk)
    assert found.proposal.pair.clinician.person == cast.amara
    assert found.template.version == "2026.2"


@pytest.mark.parametrize(
    ("first", "last", "writes"),
    [(0, 0, True), (-3, 0, True), (0, 3, True), (-3, -1, False), (1, 3, False)],
)
def test_a_deputy_writes_on_the_days_of_the_term(
    *, cast: Cast, proposal: Proposal, document: Document, first: int, last: int, writes: bool
) -> None:
    """[PF6] First and last day included."""
    today = timezone.localdate()
    make_deputy(proposal, cast.dele, first=today + timedelta(first), last=today + timedelta(last))
    assert abilities_for(cast.dele, proposal)[Ability.EDIT].allowed is writes
    assert may_write(cast.dele.pk, document.pk) is writes
    assert abilities_for(cast.dele, proposal)[Ability.VIEW].allowed


def test_a_deputy_stands_for_a_half_without_being_one(cast: Cast, proposal: Proposal) -> None:
    """[PF7] Writing, and nothing else that is the half's own."""
    today = timezone.localdate()
    deputy = make_deputy(proposal, cast.dele, first=today, last=today)
    standing = standing_of(cast.dele, proposal)
    assert (standing.half, standing.is_deputy, standing.is_half) == (Side.MANAGER, True, False)
    deputy.ended_at = timezone.now()
    deputy.save()
    assert standing_of(cast.dele, proposal).half is None


def test_who_is_patient_partner_and_reader_writes(cast: Cast, proposal: Proposal) -> None:
    """[PF4] Two parts at once: the one that writes counts."""
    make_supporter(proposal, cast.mags, Supporter.READER)
    make_supporter(proposal, cast.mags, Supporter.COACH)
    make_supporter(proposal, cast.mags)
    assert standing_of(cast.mags, proposal).supporter == Supporter.PATIENT_PARTNER


def test_who_rejoined_is_not_the_half_any_more(cast: Cast, proposal: Proposal, document: Document) -> None:
    """[PF4] The half is a membership: somebody back in another job does not inherit the old one's part."""
    Membership.objects.filter(person=cast.ben).update(ended_at=timezone.now())
    join(cast.ben, cast.workspace, Side.OTHER)
    assert standing_of(cast.ben, proposal).half is None
    assert not may_write(cast.ben.pk, document.pk)


STATES = list(product((True, False), repeat=4))


@pytest.mark.parametrize(("both", "ended", "withdrawn", "moved"), STATES)
def test_the_log_asks_the_same_question(
    *,
    cast: Cast,
    proposal: Proposal,
    document: Document,
    both: bool,
    ended: bool,
    withdrawn: bool,
    moved: bool,
) -> None:
    """[PF9] [PF5] `may_write` and the table agree for everybody in every state."""
    now, today = timezone.now(), timezone.localdate()
    make_supporter(proposal, cast.mags)
    make_supporter(proposal, cast.chandra, Supporter.COACH)
    make_supporter(proposal, cast.chandra, Supporter.READER)
    make_deputy(proposal, cast.dele, first=today, last=today)
    gone = make_person("Gemma Ash")
    join(gone, cast.workspace, Side.PATIENT_PARTNER)
    make_supporter(proposal, gone)
    Membership.objects.filter(person=gone).update(ended_at=now)
    pair = proposal.pair
    pair.manager_accepted_at = now if both else None
    pair.ended_at = now if ended else None
    pair.save()
    Proposal.objects.filter(pk=proposal.pk).update(
        withdrawn_at=now if withdrawn else None, stage="business_case" if moved else "concept"
    )
    fresh = Document.objects.get(pk=document.pk)
    people = [cast.amara, cast.ben, cast.mags, cast.chandra, cast.dele, cast.eve, gone]
    by_table = {p.name: document_abilities_for(p, fresh)[Ability.EDIT].allowed for p in people}
    assert {p.name: may_write(p.pk, document.pk) for p in people} == by_table
    open_now = both and not (ended or withdrawn or moved)
    writers = {"Amara Okafor", "Ben Adeyemi", "Mags Doyle", "Dele Ogun"} if open_now else set()
    assert {name for name, writes in by_table.items() if writes} == writers


def test_may_write_is_one_query(
    cast: Cast, document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """[PF9] Cheap enough to ask inside the transaction that stores an update."""
    with django_assert_num_queries(1):
        assert may_write(cast.amara.pk, document.pk)


def test_a_closed_account_does_not_write(cast: Cast, document: Document) -> None:
    """[PF3] Losing the account ends writing, even on an open socket."""
    Person.objects.filter(pk=cast.amara.pk).update(is_active=False)
    assert not may_write(cast.amara.pk, document.pk)
