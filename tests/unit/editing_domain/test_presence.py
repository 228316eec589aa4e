"""Presence in a room: one entry a socket, names by the server, clocks that rise, farewells that are heard."""

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.presence import Presence, claims
from proposals.editing.domain.protocol import Entry
from tests.unit.editing_domain.craft import AMARA, BEN

AMARA_IS: dict[str, int | str] = {"id": 1, "name": "Amara Okafor", "side": "clinician"}
BEN_IS: dict[str, int | str] = {"id": 2, "name": "Ben Adeyemi", "side": "manager"}


def room() -> Presence:
    table = Presence()
    table.bind("a", AMARA)
    table.bind("b", BEN)
    return table


def test_it_works() -> None:
    """[ED8] The name is the server's, whatever the client wrote; its other fields stay."""
    table = room()
    told = table.receive("a", AMARA_IS, [Entry(AMARA, 0, {"section": "why", "user": {"name": "Ben"}})])
    assert told == [Entry(AMARA, 0, {"section": "why", "user": dict(AMARA_IS)})]
    assert table.all() == told


def test_foreign_entries_are_dropped() -> None:
    """[ED7] Nobody speaks, or says farewell, for another client; a stock client's echo does no harm."""
    table = room()
    table.receive("b", BEN_IS, [Entry(BEN, 5, {"section": "how"})])
    before = table.all()
    echo = [Entry(BEN, 6, None), Entry(77, 1, {"user": {"name": "Ghost"}}), Entry(AMARA, 1, {})]
    assert [entry.client for entry in table.receive("a", AMARA_IS, echo)] == [AMARA]
    assert table.all()[: len(before)] == before
    assert table.receive("stranger", BEN_IS, [Entry(BEN, 9, {})]) == []


def test_claims() -> None:
    """[ED7] A newcomer's first presence names its client id only if it speaks for one living client."""
    assert claims([Entry(AMARA, 0, {})]) == AMARA
    assert claims([Entry(AMARA, 0, None)]) is None
    assert claims([Entry(AMARA, 0, {}), Entry(BEN, 0, {})]) is None
    assert claims([]) is None


def test_clocks_rise() -> None:
    """[ED9] What is older than the last word is dropped; a farewell may repeat its clock."""
    table = room()
    table.receive("a", AMARA_IS, [Entry(AMARA, 5, {"n": 1})])
    assert table.receive("a", AMARA_IS, [Entry(AMARA, 5, {"n": 2}), Entry(AMARA, 4, {"n": 3})]) == []
    assert table.receive("a", AMARA_IS, [Entry(AMARA, 4, None)]) == []
    (gone,) = table.receive("a", AMARA_IS, [Entry(AMARA, 5, None)])
    assert gone.state is None
    assert gone.clock >= 5
    assert table.all() == []


def test_a_return_is_seen() -> None:
    """[ED9] A client that comes back with the clock it had is lifted above its farewell."""
    table = room()
    table.receive("a", AMARA_IS, [Entry(AMARA, 5, {})])
    (farewell,) = table.leave("a")
    table.bind("a2", AMARA)
    (back,) = table.receive("a2", AMARA_IS, [Entry(AMARA, 5, {})])
    (moved,) = table.receive("a2", AMARA_IS, [Entry(AMARA, 6, {})])
    assert 5 < farewell.clock < back.clock < moved.clock
    assert table.receive("a2", AMARA_IS, [Entry(AMARA, 6, {})]) == []


def test_farewell() -> None:
    """[ED10] Whoever goes is gone for everybody, with a clock that everybody believes."""
    table = room()
    table.receive("a", AMARA_IS, [Entry(AMARA, 5, {})])
    assert table.leave("a") == [Entry(AMARA, 6, None)]
    assert table.leave("a") == []
    assert table.leave("b") == []
    assert table.all() == []
    assert table.client_of("a") is None
    table.bind("b", BEN)
    assert table.client_of("b") == BEN


def test_a_dead_socket_does_not_remove_its_successor() -> None:
    """[ED10] A socket that was replaced leaves in silence and is no longer heard."""
    table = room()
    table.receive("a", AMARA_IS, [Entry(AMARA, 5, {})])
    table.bind("a2", AMARA)
    table.receive("a2", AMARA_IS, [Entry(AMARA, 6, {})])
    assert table.receive("a", AMARA_IS, [Entry(AMARA, 7, {})]) == []
    assert table.leave("a") == []
    assert [entry.client for entry in table.all()] == [AMARA]
    assert len(table.leave("a2")) == 1


def test_states_are_small() -> None:
    """[ED7] An entry beyond its size is dropped, as are those that anybody adds for nobody."""
    table = Presence(Limits(state_bytes=50))
    table.bind("a", AMARA)
    assert table.receive("a", AMARA_IS, [Entry(AMARA, 1, {"x": "y" * 50})]) == []
    assert table.receive("a", AMARA_IS, [Entry(AMARA, 2, {"x": "y"})]) != []


def test_readers_have_no_caret() -> None:
    """[ED8] Whoever only reads is listed without a caret."""
    table = room()
    (told,) = table.receive("a", AMARA_IS, [Entry(AMARA, 1, {"cursor": {"s": "why"}})], reader=True)
    assert told.state == {"cursor": None, "user": AMARA_IS}


def test_a_thousand_visitors_are_forgotten() -> None:
    """[ED10] Clocks of clients long gone are not kept for ever; those of the living are."""
    table = room()
    table.receive("a", AMARA_IS, [Entry(AMARA, 50, {})])
    for client in range(3000):
        table.bind("v", client)
        table.receive("v", BEN_IS, [Entry(client, 1, {})])
        table.leave("v")
    assert len(table._clocks) < 1100
    assert table.leave("a") == [Entry(AMARA, 51, None)]
