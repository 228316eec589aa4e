"""What becomes of an invitation, and who may leave."""

from datetime import UTC, datetime, timedelta

from workspaces.domain.invitations import LIFETIME, Fate, Offer, same_address, why_closed
from workspaces.domain.memberships import Departure

SENT = datetime(2026, 3, 1, 9, tzinfo=UTC)
OFFER = Offer(expires_at=SENT + LIFETIME)


def test_it_waits_for_fourteen_days() -> None:
    """[WS10]"""
    assert OFFER.fate(SENT + timedelta(days=13, hours=23)) is Fate.WAITING
    assert OFFER.fate(SENT + timedelta(days=14)) is Fate.EXPIRED


def test_used_and_taken_back_come_first() -> None:
    late = SENT + timedelta(days=30)
    assert Offer(OFFER.expires_at, accepted_at=SENT).fate(late) is Fate.USED
    assert Offer(OFFER.expires_at, revoked_at=SENT).fate(late) is Fate.REVOKED


def test_every_closed_door_says_why_and_whom_to_ask() -> None:
    """[WS12]"""
    assert why_closed(Fate.WAITING, inviter="Ben") == ""
    assert "sign in" in why_closed(Fate.USED, inviter="Ben")
    assert "Ask Ben" in why_closed(Fate.REVOKED, inviter="Ben")
    assert "Ask Ben" in why_closed(Fate.EXPIRED, inviter="Ben")


def test_addresses_are_compared_without_case() -> None:
    assert same_address("Amara@Marlbeck.example", " amara@marlbeck.example ")
    assert not same_address("amara@marlbeck.example", "ben@marlbeck.example")


def test_who_may_end_a_membership() -> None:
    """[WS9]"""
    own = Departure(own=True, by_administrator=False, last_administrator=False)
    stranger = Departure(own=False, by_administrator=False, last_administrator=False)
    administrator = Departure(own=False, by_administrator=True, last_administrator=False)
    assert own.why_not_by_them() == administrator.why_not_by_them() == ""
    assert "look after" in stranger.why_not_by_them()


def test_somebody_must_stay_who_can_invite() -> None:
    """[WS16]"""
    last = Departure(own=True, by_administrator=True, last_administrator=True)
    assert "Nobody else looks after" in last.why_not_yet()
    assert Departure(own=True, by_administrator=True, last_administrator=False).why_not_yet() == ""
