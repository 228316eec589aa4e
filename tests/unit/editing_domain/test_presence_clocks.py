"""Clocks of presence stay numbers that every browser can read, whatever a client counts."""

from proposals.editing.domain import protocol
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.presence import Presence
from proposals.editing.domain.protocol import Entry
from proposals.editing.domain.wire import MOST

IDENTITY: dict[str, int | str] = {"id": 1, "name": "Amara", "side": "clinician"}


def test_a_clock_beyond_all_bounds_is_dropped() -> None:
    """[ED153] Found by the hostile frames: its farewell would have been a number that stops every tab."""
    table = Presence()
    table.bind("a", 7)
    assert table.receive("a", IDENTITY, [Entry(7, MOST, {})]) == []
    assert table.leave("a") == []


def test_no_series_of_sockets_lifts_a_clock_out_of_reach() -> None:
    """[ED153]"""
    table = Presence()
    told: list[Entry] = []
    for socket in range(40):
        table.bind(socket, 7)
        for clock in (0, 2**49, 2**50):
            told += table.receive(socket, IDENTITY, [Entry(7, clock, {})])
        told += table.leave(socket)
    for entry in told:
        assert protocol.decode(protocol.awareness([entry]), Limits()) == protocol.Awareness((entry,))
