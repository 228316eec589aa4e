"""What a room knows of a document: what is new in an update, and what teaches nothing."""

import pytest

from proposals.editing.domain.gate import Gap, Known
from proposals.editing.domain.ranges import Ranges
from tests.unit.editing_domain.craft import (
    AMARA,
    BEN,
    OTHER,
    block,
    collected,
    deleted,
    edit,
    judge,
    mark,
    mine,
    row,
    text,
    update,
    values,
)
from tests.unit.editing_domain.craft import room as a_room


def test_what_is_known_is_not_logged_again() -> None:
    """[ED24] Of an update that overlaps the known, only the rest enters; a struct is cut if need be."""
    known = a_room(edit(text("a😀")), update(deletes={AMARA: [(0, 1)]}))
    again = update(
        block(AMARA, 0, text("a😀bc"), mark("em", True, origin=(AMARA, 4))),
        deletes={AMARA: [(0, 2), (4, 1)]},
    )
    accepted = judge(again, known)
    assert accepted.update == update(
        block(AMARA, 3, text("bc", origin=(AMARA, 2)), mark("em", True, origin=(AMARA, 4))),
        deletes={AMARA: [(1, 1), (4, 1)]},
    )
    assert accepted.advances == {AMARA: 6}


@pytest.mark.parametrize(
    ("whole", "rest"),
    [
        (text("abcd", right=(AMARA, 0)), text("cd", origin=(BEN, 1), right=(AMARA, 0))),
        (text("a😀d"), text("\ufffdd", origin=(BEN, 1))),
        (deleted(4), deleted(2, origin=(BEN, 1))),
        (collected(4), collected(2)),
        (
            values("p", "q", "r", "s", parent="f:cost", sub="note"),
            values("r", "s", origin=(BEN, 1), sub="note"),
        ),
    ],
)
def test_structs_are_cut_as_yjs_cuts_them(whole: bytes, rest: bytes) -> None:
    """[ED24] The later part of a half-known struct names its own earlier part as its left neighbour."""
    begun = {8: values("p", "q", parent="f:cost", sub="note"), 0: collected(2)}.get(whole[0] & 31, text("ab"))
    known = a_room(edit(text("xy")), edit(begun, client=BEN))
    assert judge(edit(whole, client=BEN), known, mine(BEN)).update == edit(rest, client=BEN, clock=2)


def test_nothing_new() -> None:
    """[ED25] What brings nothing is said to bring nothing, whoever sends it, and teaches nothing."""
    known = a_room(edit(text("abc")), update(deletes={AMARA: [(0, 2)]}))
    for data in (
        update(),
        edit(text("abc")),
        edit(text("ab")),
        update(deletes={AMARA: [(0, 1)]}),
        update(block(AMARA, 0, text("abc")), deletes={AMARA: [(0, 2)]}),
    ):
        accepted = judge(data, known, mine(BEN))
        assert accepted.brings_nothing
        assert (accepted.update, accepted.clients, accepted.advances) == (b"\x00\x00", frozenset(), {})


def test_content_in_what_was_collected() -> None:
    """[ED26] A cell written into a row that is gone enters as collected, as in every browser."""
    gone = a_room(edit(deleted(1, parent="r:people"), collected(2)))
    for content in (
        values("late", "later", parent=(AMARA, 0), sub="who"),
        values("late", "later", origin=(AMARA, 1), sub="who"),
        values("late", "later", parent=(AMARA, 2), sub="who"),
    ):
        accepted = judge(edit(content, client=BEN), gone, mine(BEN))
        assert accepted.update == edit(collected(2), client=BEN)
        gone_too = Known.of(edit(deleted(1, parent="r:people"), collected(2)))
        gone_too.learn(accepted)
        assert judge(edit(values("x", origin=(BEN, 1)), client=BEN, clock=2), gone_too, mine(BEN)).advances


def test_knowledge_of_a_log() -> None:
    """[ED28] What a room knows from the merged bytes is what it learnt update by update."""
    known = a_room(edit(text("abc")), update(deletes={AMARA: [(0, 2)]}))
    merged = update(block(AMARA, 0, text("abc")), deletes={AMARA: [(0, 2)]})
    assert Known.of(merged).clocks == known.clocks == {AMARA: 3}
    assert Known.of(merged).deleted == known.deleted == {AMARA: Ranges([(0, 2)])}
    assert Known.of(b"\x00\x00").clocks == {}


def test_another_process_let_it_pass() -> None:
    """[ED28] A row of the log is followed without another trial; known parts of it change nothing."""
    known = a_room(edit(text("abc")))
    known.follow(update(block(2, 0, row()), block(AMARA, 0, text("abcd")), deletes={AMARA: [(3, 1)]}))
    known.follow(edit(text("abc")))
    assert known.clocks == {AMARA: 4, 2: 1}
    assert known.deleted[AMARA].covers(3, 4)
    with pytest.raises(Gap):
        known.follow(edit(text("z", origin=(OTHER, 1)), client=BEN))
    with pytest.raises(Gap):
        known.follow(edit(text("z"), client=BEN, clock=9))
