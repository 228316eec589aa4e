"""Ending a membership, and what ends with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people import Cast, join, make_person
from workspaces import selectors, services
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import AuditEntry, Membership, Person, Workspace


def place(person: Person, workspace: Workspace) -> Membership:
    membership = selectors.membership_of(person, workspace)
    assert membership is not None
    return membership


def test_pairs_end_with_it(cast: Cast) -> None:
    """[WS15]"""
    services.end_membership(place(cast.ben, cast.workspace), by=cast.amara)
    cast.pair.refresh_from_db()
    assert not cast.pair.stands
    assert cast.pair.manager.ended_at is not None
    verbs = AuditEntry.objects.filter(by=cast.amara).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["end_pair", "end_membership"]


def test_deputyships_end_with_it(cast: Cast) -> None:
    """[WS15]"""
    noor = join(make_person("Noor Aziz"), cast.workspace, Side.CLINICIAN)
    today = timezone.localdate()
    deputy = services.appoint_deputy(
        cast.pair,
        noor,
        side=Side.CLINICIAN,
        starts_on=today,
        ends_on=today + timedelta(days=1),
        by=cast.amara,
    )
    services.end_membership(noor, by=noor.person)
    deputy.refresh_from_db()
    assert deputy.ended_at is not None
    cast.pair.refresh_from_db()
    assert cast.pair.stands


def test_anybody_may_leave_and_the_row_stays(cast: Cast) -> None:
    """[WS15]"""
    dele = place(cast.dele, cast.workspace)
    ended = services.end_membership(dele, by=cast.dele).ended_at
    assert services.end_membership(dele, by=cast.dele).ended_at == ended
    assert Membership.objects.filter(pk=dele.pk).exists()
    assert not selectors.workspaces_for(cast.dele).exists()
    assert AuditEntry.objects.filter(verb="end_membership").count() == 1


@pytest.mark.parametrize("who", ["mags", "eve"])
def test_nobody_else_sends_people_away(cast: Cast, who: str) -> None:
    """[WS9]"""
    with pytest.raises(PermissionDenied, match="somebody else's membership"):
        services.end_membership(place(cast.dele, cast.workspace), by=getattr(cast, who))


def test_the_last_one_who_can_invite_stays(cast: Cast) -> None:
    """[WS16]"""
    services.end_membership(place(cast.ben, cast.workspace), by=cast.ben)
    with pytest.raises(RefusedError, match="Nobody else looks after"):
        services.end_membership(place(cast.amara, cast.workspace), by=cast.amara)
    assert place(cast.amara, cast.workspace)


def test_one_may_come_back(cast: Cast) -> None:
    services.end_membership(place(cast.dele, cast.workspace), by=cast.dele)
    invitation = services.invite(cast.workspace, cast.dele.email, Side.MANAGER, by=cast.amara)
    assert services.accept_invitation(invitation.token, by=cast.dele).side == "manager"
    assert Membership.objects.filter(person=cast.dele).count() == 2
