"""The room: order of what is said, what is held back, what is refused."""

import pytest

from proposals.editing.domain import intake, protocol
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.peers import Cast, Close, Effect, Reject, Send
from proposals.editing.domain.protocol import CloseCode, Entry
from proposals.editing.domain.room import Room
from tests.unit.editing_engine.seats import Typist, a_peer, a_room, frames


def store(room: Room, head: int) -> list[Effect]:
    lines, effects = room.take()
    return [*effects, *(room.stored(head) if lines else [])]


def test_a_joiner_hears_question_state_and_presence() -> None:
    """[ED42] In this order; a stock client gets no STATE."""
    room = a_room()
    room.join(a_peer(1))
    room.receive(1, protocol.Awareness((Entry(11, 1, {"section": None}),)))
    kinds = [frame[0] for frame in frames(room.join(a_peer(2)), 2)]
    assert kinds == [protocol.SYNC, protocol.STATE, protocol.AWARENESS]
    assert [frame[0] for frame in frames(room.join(a_peer(3, ours=False)), 3)] == [0, 1]


def test_a_heartbeat_has_something_for_everybody() -> None:
    """[ED42] STATE for ours, presence for the others, even if nobody shows any."""
    room = a_room()
    room.join(a_peer(1))
    room.join(a_peer(2, ours=False))
    presence, state = room.heartbeat()
    assert isinstance(presence, Cast)
    assert (presence.frame, presence.ours) == (protocol.awareness([]), False)
    assert isinstance(state, Send)
    assert (state.to, state.frame[0]) == (1, protocol.STATE)


def test_rights_that_change_are_told() -> None:
    """[ED42] Once, and only to ours."""
    room = a_room()
    room.join(a_peer(1))
    assert room.rights(1, writes=True, reason="", stage="") == []
    assert len(room.rights(1, writes=False, reason="The pair has ended.", stage="")) == 1
    assert room.rights(1, writes=False, reason="The pair has ended.", stage="") == []
    assert room.rights(9, writes=False, reason="", stage="") == []


def test_nothing_is_seen_before_it_is_stored() -> None:
    """[ED33] Between the tick and the commit a joiner gets the old text, and no receipt leaves."""
    room, typist = a_room(), Typist(11)
    room.join(a_peer(1))
    room.receive(1, typist.type("word"))
    lines, effects = room.take()
    assert (len(lines), effects) == (1, [])
    room.join(a_peer(2))
    assert frames(room.receive(2, protocol.SyncStep1({})), 2) == [protocol.sync_step2(b"\x00\x00")]
    cast, receipt = room.stored(1)
    assert isinstance(cast, Cast)
    assert receipt == Send(1, protocol.receipt(1, 1))


def test_presence_follows_the_text_that_it_points_into() -> None:
    room, typist = a_room(), Typist(11)
    room.join(a_peer(1))
    room.receive(1, typist.type("word"))
    room.receive(1, protocol.Awareness((Entry(11, 1, {"section": "problem"}),)))
    told = [effect.frame[0] for effect in store(room, 1) if not isinstance(effect, Close)]
    assert told == [0, 1, protocol.ACK]


def test_receipts_wait_for_what_is_missing() -> None:
    """[ED54] A gap: ask once, hold the receipts, and let them go when everything has come."""
    room, typist = a_room(), Typist(11)
    room.join(a_peer(1))
    first, second, third = (typist.type(f"{n}") for n in range(3))
    room.receive(1, second)
    room.receive(1, third)
    assert frames(store(room, 0), 1) == [room.text.step1()]
    room.receive(1, first)
    assert [type(effect) for effect in store(room, 1)] == [Cast]
    room.receive(1, protocol.SyncStep2(typist.doc.get_update()))
    assert frames(store(room, 2), 1) == [protocol.receipt(4, 2)]


def test_who_cannot_be_brought_up_to_date_is_closed() -> None:
    """[ED54] After three full answers that still build on something unknown."""
    room, typist = a_room(), Typist(11)
    room.join(a_peer(1))
    typist.type("lost")
    orphan = typist.type("orphan").update
    for _ in range(intake.MOST_GAPS):
        room.receive(1, protocol.SyncStep2(orphan))
        assert frames(store(room, 0), 1) == [room.text.step1()]
    room.receive(1, protocol.SyncStep2(orphan))
    assert [effect.code for effect in store(room, 0) if isinstance(effect, Close)] == [CloseCode.MALFORMED]


@pytest.mark.parametrize("ours", [True, False])
def test_a_full_document_takes_deletions_only(ours: bool) -> None:
    """[ED46] Ours hears why and stays; a stock client can only be closed."""
    room, typist = a_room(most_bytes=60), Typist(11)
    room.join(a_peer(1, ours=ours))
    room.receive(1, typist.type("Some words."))
    store(room, 1)
    room.receive(1, typist.delete(0, 2))
    assert isinstance(store(room, 2)[0], Cast)
    room.receive(1, typist.type("x" * 60))
    (effect,) = store(room, 3)
    if ours:
        assert effect == Reject(1, protocol.reject(3, "too-big", intake.FULL), "too-big")
    else:
        assert effect == Close(1, CloseCode.TOO_LARGE, "too-big")


def test_what_builds_on_refused_words_is_refused_too() -> None:
    """[ED46] No resync for words that the server has already said no to."""
    room, typist = a_room(most_bytes=60), Typist(11)
    room.join(a_peer(1))
    room.receive(1, typist.type("x" * 60))
    room.receive(1, typist.type("y"))
    codes = [frame[2:] for frame in frames(store(room, 0), 1)]
    assert [code[1 : 1 + code[0]] for code in codes] == [b"too-big", b"gap"]


def test_too_much_that_waits_closes() -> None:
    """[ED59] The inbox of one peer has an end, in messages and in bytes."""
    room, typist = a_room(), Typist(11)
    room.join(a_peer(1))
    message = typist.type("a")
    for _ in range(intake.MOST_WAITING):
        assert room.receive(1, message) == []
    assert room.receive(1, message) == [Close(1, CloseCode.BUSY, "inbox full")]
    assert room.receive(1, message) == []
    room.join(a_peer(2))
    large = protocol.SyncUpdate(bytes(200_000))
    answers = [room.receive(2, large) for _ in range(intake.MOST_WAITING_BYTES // 200_000 + 1)]
    assert answers[-1] == [Close(2, CloseCode.BUSY, "inbox full")]


def test_what_somebody_sent_before_leaving_is_stored() -> None:
    room, typist = a_room(), Typist(11)
    room.join(a_peer(1))
    room.receive(1, typist.type("last words"))
    room.leave(1)
    room.leave(1)
    idle = [room.is_idle]
    assert len(room.take()[0]) == 1
    assert room.stored(1)
    assert [*idle, room.is_idle] == [False, True]
    assert room.receive(1, typist.type("ghost")) == []


def test_a_stock_client_is_bound_at_its_first_update() -> None:
    """[ED40] Its presence is believed for that client id, and for no other."""
    room, typist = a_room(), Typist(11)
    room.join(a_peer(1, ours=False))
    room.join(a_peer(2, ours=False))
    room.receive(1, typist.type("word"))
    store(room, 1)
    room.receive(1, protocol.Awareness((Entry(12, 1, {}), Entry(11, 1, {"section": None}))))
    room.receive(2, protocol.Awareness((Entry(11, 9, {"section": "stolen"}),)))
    (cast,) = store(room, 1)
    assert isinstance(cast, Cast)
    entry = Entry(11, 1, {"section": None, "user": {"id": 1, "name": "Person 1", "side": "clinician"}})
    assert cast.frame == protocol.awareness([entry])


def test_a_client_id_is_free_again_when_nobody_wrote_with_it() -> None:
    """[ED43] Announced, never used, gone or given up for another: somebody else may have it."""
    room = a_room()
    room.join(a_peer(1))
    assert room.receive(1, protocol.Hello(1, 11)) == []
    room.leave(1)
    room.join(a_peer(2))
    assert room.receive(2, protocol.Hello(1, 11)) == []
    assert room.receive(2, protocol.Hello(1, 12)) == []
    room.join(a_peer(3))
    assert room.receive(3, protocol.Hello(1, 11)) == []
    assert room.receive(2, protocol.QueryAwareness()) == [Send(2, protocol.awareness([]))]


def test_a_client_id_given_up_for_another_leaves_the_presence() -> None:
    """[ED40] Nobody goes on seeing it, and the room forgets it, while its socket stays."""
    room = a_room()
    room.join(a_peer(1))
    for client in (11, 12):
        room.receive(1, protocol.Hello(1, client))
        room.receive(1, protocol.Awareness((Entry(client, 1, {"section": None}),)))
    (cast,) = room.take()[1]
    assert isinstance(cast, Cast)
    told = protocol.decode(cast.frame, Limits())
    assert isinstance(told, protocol.Awareness)
    assert [(entry.client, entry.state is None) for entry in told.entries] == [(11, True), (12, False)]
    assert len(room._presence.all()) == len(room._presence._holders) == 1


def test_only_one_flight_at_a_time() -> None:
    room, typist = a_room(), Typist(11)
    room.join(a_peer(1))
    room.receive(1, typist.type("one"))
    assert len(room.take()[0]) == 1
    room.receive(1, typist.type("two"))
    assert room.take() == ([], [])
    work = [room.has_work]
    room.stored(1)
    assert [*work, room.has_work] == [False, True]
    assert len(room.take()[0]) == 1
    room.stored(2)
    with pytest.raises(RuntimeError):
        room.stored(3)


def test_letters_that_wait_together_are_one_row() -> None:
    """[ED193] The receipt counts every one of them."""
    room, peer, typist = a_room(), a_peer(1), Typist(11)
    room.join(peer)
    for letter in "letters":
        room.receive(1, typist.type(letter))
    lines, _ = room.take()
    assert len(lines) == 2  # the first letter names its section, the others stand behind it
    assert protocol.receipt(7, 2) in frames(room.stored(2), 1)
    assert (peer.waiting, peer.waiting_bytes) == (0, 0)


def test_each_letter_that_is_refused_is_told() -> None:
    """[ED193] Whatever keeps them out: a closed epoch, or somebody who may only read."""
    for writes, code in ((True, b"frozen"), (False, b"read-only")):
        room, peer, typist = a_room(), a_peer(1, writes=writes), Typist(11)
        room.join(peer)
        for letter in "letters":
            room.receive(1, typist.type(letter))
        effects = room.frozen() if writes else room.take()[1]
        told = [frame for frame in frames(effects, 1) if frame[:1] == b"\x67" and code in frame]
        assert [frame[1] for frame in told] == [1, 2, 3, 4, 5, 6, 7]
