"""Deputies as rows: appointing and ending."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people import Cast, join, make_person
from workspaces import selectors, services
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import Deputy, Membership, Person


@pytest.fixture
def noor(cast: Cast) -> Membership:
    return join(make_person("Noor Aziz"), cast.workspace, Side.CLINICIAN)


def appoint(cast: Cast, deputy: Membership, *, by: Person, start: int = 0, end: int = 7) -> Deputy:
    today: date = timezone.localdate()
    return services.appoint_deputy(
        cast.pair,
        deputy,
        side=Side.CLINICIAN,
        starts_on=today + timedelta(days=start),
        ends_on=today + timedelta(days=end),
        by=by,
    )


def test_the_half_appoints(cast: Cast, noor: Membership) -> None:
    """[WS8]"""
    deputy = appoint(cast, noor, by=cast.amara)
    assert list(selectors.deputies_of(cast.pair)) == [deputy]
    assert list(selectors.standing_in(noor)) == [deputy]
    for other in (cast.ben, noor.person, cast.eve):
        with pytest.raises(PermissionDenied):
            appoint(cast, noor, by=other, start=20, end=21)


def test_somebody_of_another_side_cannot_stand_in(cast: Cast) -> None:
    """[WS6]"""
    dele = selectors.membership_of(cast.dele, cast.workspace)
    assert dele is not None
    with pytest.raises(RefusedError, match="not a clinician"):
        appoint(cast, dele, by=cast.amara)


def test_no_day_has_two_deputies_on_one_side(cast: Cast, noor: Membership) -> None:
    """[WS7]"""
    appoint(cast, noor, by=cast.amara)
    with pytest.raises(RefusedError, match="already stands in"):
        appoint(cast, noor, by=cast.amara, start=7, end=9)
    assert appoint(cast, noor, by=cast.amara, start=8, end=9)


def test_not_in_the_past(cast: Cast, noor: Membership) -> None:
    """[WS7]"""
    with pytest.raises(RefusedError, match="in the past"):
        appoint(cast, noor, by=cast.amara, start=-1)


def test_not_for_a_pair_that_has_ended(cast: Cast, noor: Membership) -> None:
    """[WS8]"""
    services.end_pair(cast.pair, by=cast.ben)
    with pytest.raises(RefusedError, match="until it ends"):
        appoint(cast, noor, by=cast.amara)


def test_the_half_or_the_deputy_ends_it(cast: Cast, noor: Membership) -> None:
    """[WS8]"""
    first = appoint(cast, noor, by=cast.amara)
    with pytest.raises(PermissionDenied):
        services.end_deputyship(first, by=cast.ben)
    ended = services.end_deputyship(first, by=noor.person).ended_at
    assert services.end_deputyship(first, by=cast.amara).ended_at == ended
    second = appoint(cast, noor, by=cast.amara)
    assert services.end_deputyship(second, by=cast.amara).ended_at
    assert not selectors.standing_in(noor).exists()


def test_a_term_is_over_after_its_last_day(cast: Cast, noor: Membership) -> None:
    appoint(cast, noor, by=cast.amara)
    later = timezone.localdate() + timedelta(days=8)
    assert not selectors.standing_in(noor, on=later).exists()
    assert not selectors.deputies_of(cast.pair, on=later).exists()
