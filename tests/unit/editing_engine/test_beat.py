"""In a full room presence takes a slower beat than the text."""

from proposals.editing.domain import protocol
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.pace import Pace
from proposals.editing.domain.peers import Cast
from proposals.editing.domain.protocol import Entry
from proposals.editing.domain.room import PEERS_A_TICK, Room
from tests.unit.editing_engine.seats import a_peer, a_room


def told(room: Room) -> list[Entry]:
    """What a tick tells everybody of who is where."""
    _, effects = room.take()
    entries: list[Entry] = []
    for effect in effects:
        assert isinstance(effect, Cast)
        message = protocol.decode(effect.frame, Limits())
        assert isinstance(message, protocol.Awareness)
        entries += message.entries
    return entries


def test_a_caret_in_a_full_room_is_told_a_few_ticks_later() -> None:
    """[ED151] The latest state only, and never forgotten: the room has work until it is told."""
    room = a_room()
    for key in range(1, 3 * PEERS_A_TICK + 1):
        room.join(a_peer(key))
    for clock in range(1, 4):
        room.receive(1, protocol.Awareness((Entry(11, clock, {"section": f"s{clock}"}),)))
        assert told(room) == []
        assert room.has_work
    entries = told(room)
    assert [(entry.client, entry.state and entry.state["section"]) for entry in entries] == [(11, "s3")]
    assert not room.has_work


def test_a_caret_of_a_pair_is_told_at_once() -> None:
    """[ED151]"""
    room = a_room()
    room.join(a_peer(1))
    room.join(a_peer(2))
    for clock in range(1, 4):
        room.receive(1, protocol.Awareness((Entry(11, clock, {"section": "s"}),)))
        assert len(told(room)) == 1


def test_half_the_longest_gap_is_no_delay_that_anybody_feels() -> None:
    """[ED151] Words wait for half a gap in the middle, and for the commit."""
    assert Pace.MOST / 2 <= 0.012
