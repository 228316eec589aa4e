"""Pairs as rows: offering, accepting, declining, ending, with record and hints."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.utils import timezone

from tests.people import Cast, join, make_person
from workspaces import notices, selectors, services
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import AuditEntry, Membership, Pair, Person, Workspace


def place(person: Person, workspace: Workspace) -> Membership:
    membership = selectors.membership_of(person, workspace)
    assert membership is not None
    return membership


@pytest.fixture
def offered(cast: Cast) -> Pair:
    ours = cast.workspace
    return services.pair_up(ours, place(cast.amara, ours), place(cast.ben, ours), by=cast.amara)


def test_proposing_accepts_ones_own_half_only(cast: Cast, offered: Pair) -> None:
    """[WS3]"""
    assert offered.clinician_accepted_at
    assert not offered.manager_accepted_at
    assert not offered.stands
    assert services.accept_pair(offered, by=cast.ben).stands


def test_a_colleague_may_bring_two_people_together(cast: Cast) -> None:
    """[WS3]"""
    ours = cast.workspace
    pair = services.pair_up(ours, place(cast.amara, ours), place(cast.ben, ours), by=cast.chandra)
    assert (pair.clinician_accepted_at, pair.manager_accepted_at) == (None, None)


def test_strangers_and_wrong_halves_propose_nothing(cast: Cast) -> None:
    """[WS2]"""
    ours, theirs = cast.workspace, cast.elsewhere
    amara, ben, dele = (place(person, ours) for person in (cast.amara, cast.ben, cast.dele))
    with pytest.raises(PermissionDenied, match="Only members"):
        services.pair_up(ours, amara, ben, by=cast.eve)
    with pytest.raises(RefusedError, match="not a manager"):
        services.pair_up(ours, amara, dele, by=cast.amara)
    with pytest.raises(RefusedError, match="not in the same workspace"):
        services.pair_up(ours, place(cast.eve, theirs), ben, by=cast.ben)
    with pytest.raises(RefusedError, match="members of this workspace"):
        services.pair_up(theirs, amara, ben, by=cast.eve)


def test_nobody_answers_for_somebody_else(cast: Cast, offered: Pair) -> None:
    """[WS4]"""
    for person in (cast.dele, cast.eve):
        with pytest.raises(PermissionDenied):
            services.accept_pair(offered, by=person)
        with pytest.raises(PermissionDenied):
            services.decline_pair(offered, "No", by=person)
        with pytest.raises(PermissionDenied):
            services.end_pair(offered, by=person)
    offered.refresh_from_db()
    assert offered.ended_at is None
    assert offered.manager_accepted_at is None


def test_accepting_twice_changes_nothing(cast: Cast, offered: Pair) -> None:
    """[WS13] [WS17]"""
    first = services.accept_pair(offered, by=cast.ben).manager_accepted_at
    assert services.accept_pair(offered, by=cast.ben).manager_accepted_at == first
    assert AuditEntry.objects.filter(verb="accept_pair").count() == 1


def test_declining_needs_a_reason_and_ends_the_offer(cast: Cast, offered: Pair) -> None:
    """[WS5]"""
    with pytest.raises(RefusedError, match="why you decline"):
        services.decline_pair(offered, "  ", by=cast.ben)
    services.decline_pair(offered, "No time before June.", by=cast.ben)
    ending = selectors.ending_of(offered)
    assert ending is not None
    assert (ending.by, ending.facts["reason"]) == (cast.ben, "No time before June.")
    with pytest.raises(RefusedError, match="has ended"):
        services.accept_pair(offered, by=cast.ben)
    with pytest.raises(RefusedError, match="already ended"):
        services.decline_pair(offered, "Again", by=cast.amara)


def test_a_standing_pair_is_ended_not_declined(cast: Cast) -> None:
    """[WS5]"""
    with pytest.raises(RefusedError, match="end the pair instead"):
        services.decline_pair(cast.pair, "No", by=cast.ben)
    ended = services.end_pair(cast.pair, by=cast.ben, reason="New post.")
    assert not ended.stands
    assert services.end_pair(cast.pair, by=cast.amara).ended_at == ended.ended_at
    assert AuditEntry.objects.filter(verb="end_pair").count() == 1


def test_deputies_end_with_their_pair(cast: Cast) -> None:
    """[WS5]"""
    noor = join(make_person("Noor Aziz"), cast.workspace, Side.CLINICIAN)
    today = timezone.localdate()
    deputy = services.appoint_deputy(
        cast.pair,
        noor,
        side=Side.CLINICIAN,
        starts_on=today,
        ends_on=today + timedelta(days=7),
        by=cast.amara,
    )
    services.end_pair(cast.pair, by=cast.amara)
    deputy.refresh_from_db()
    assert deputy.ended_at is not None


def test_both_halves_hear_of_it(cast: Cast, offered: Pair) -> None:
    """[WS18]"""
    heard: list[notices.Payload] = []
    ends = [notices.subscribe(f"person.{p.pk}", heard.append) for p in (cast.amara, cast.ben)]
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.accept_pair(offered, by=cast.ben)
    assert heard == [{"type": "pair", "pair": offered.pk}] * 2
    for end in ends:
        end()


def test_each_deed_is_recorded_once_with_its_doer(cast: Cast, offered: Pair) -> None:
    """[WS17]"""
    services.accept_pair(offered, by=cast.ben)
    services.end_pair(offered, by=cast.ben)
    entries = AuditEntry.objects.filter(target=f"pair:{offered.pk}").order_by("pk")
    assert [(entry.verb, entry.by) for entry in entries] == [
        ("propose_pair", cast.amara),
        ("accept_pair", cast.ben),
        ("end_pair", cast.ben),
    ]


def test_a_refused_deed_leaves_no_entry(cast: Cast, offered: Pair) -> None:
    """[WS17]"""
    before = AuditEntry.objects.count()
    with pytest.raises(PermissionDenied):
        services.accept_pair(offered, by=cast.dele)
    assert AuditEntry.objects.count() == before
