"""The gate's verdicts: causes, owners, roots, kinds, neighbours, sizes."""

import pytest

from proposals.editing.domain.gate import Gap, Known, Refused
from proposals.editing.domain.limits import Limits
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
    struct,
    text,
    update,
    values,
)
from tests.unit.editing_domain.craft import room as a_room

BOTH = mine(AMARA, BEN)


def refusal(data: bytes, known: Known | None = None, **how: object) -> Refused:
    with pytest.raises(Refused) as caught:
        judge(data, known, **how)  # type: ignore[arg-type]
    return caught.value


def test_it_works() -> None:
    known = Known()
    accepted = judge(edit(text("\nHello")), known)
    assert accepted.clients == {AMARA}
    assert (accepted.brings_nothing, accepted.advances) == (False, {AMARA: 6})
    assert known.clocks == {}
    known.learn(accepted)
    assert known.clocks == {AMARA: 6}
    answer = judge(edit(text("!", origin=(AMARA, 5)), client=BEN), known, mine(BEN))
    assert answer.clients == {BEN}


@pytest.mark.parametrize(
    "data",
    [
        edit(text("b", origin=(AMARA, 2)), clock=4),
        edit(text("b", origin=(AMARA, 3)), client=BEN),
        edit(text("b", right=(AMARA, 3)), client=BEN),
        edit(text("b", origin=(AMARA, 0), right=(OTHER, 0)), client=BEN),
        edit(values("x", parent=(BEN, 7), sub="a"), client=BEN),
        edit(text("b", origin=(BEN, 0)), client=BEN),
        edit(text("b", origin=(BEN, 1)), text("c"), client=BEN),
        update(block(BEN, 0, text("b", origin=(AMARA, 3))), block(AMARA, 3, text("a", origin=(BEN, 0)))),
        update(deletes={AMARA: [(0, 4)]}),
        update(deletes={OTHER: [(0, 1)]}),
        update(block(BEN, 0, text("b")), deletes={BEN: [(0, 2)]}),
    ],
)
def test_gaps_are_asked_for(data: bytes) -> None:
    """[ED16] A clock, neighbour, parent or deletion from the unknown is a gap; nothing is learnt from it."""
    known = a_room(edit(text("abc")))
    with pytest.raises(Gap):
        judge(data, known, BOTH)
    assert known.clocks == {AMARA: 3}
    assert known.deleted == {}


def test_neighbours_in_the_same_update() -> None:
    """[ED16] What an update needs may come earlier or later in it, in another of the sender's blocks."""
    data = update(
        block(BEN, 0, text("b", origin=(AMARA, 0)), text("d", origin=(AMARA, 1))),
        block(AMARA, 0, text("a"), text("c", origin=(BEN, 0))),
        deletes={BEN: [(1, 1)]},
    )
    assert judge(data, owner=BOTH).advances == {AMARA: 2, BEN: 2}


def test_nobody_writes_as_somebody_else() -> None:
    """[ED17] Another person's clocks can be neither reserved nor written, nor can the server's."""
    reservation = edit(collected(1000), client=OTHER)
    assert len(reservation) == 9
    for data in (
        reservation,
        edit(text("forged"), client=OTHER),
        edit(text("forged"), client=OTHER, clock=50),
        edit(deleted(3), client=OTHER),
        update(block(OTHER, 0, text("forged")), block(AMARA, 0, text("mine"))),
        edit(text("forged"), client=2),
    ):
        verdict = refusal(data)
        assert (verdict.code, verdict.fatal) == ("client-id", True)


def test_words_from_several_tabs_of_one_person() -> None:
    """[ED17] Words of an earlier tab may arrive with those of the next; ids by the dozen may not."""
    assert judge(update(block(BEN, 0, text("b")), block(AMARA, 0, text("a")))).clients == {AMARA, BEN}
    hoard = update(*[block(client, 0, text("a")) for client in range(10, 19)])
    assert refusal(hoard).code == "client-id"


def test_anybody_may_delete() -> None:
    """[ED18] To delete other people's words is editing, and writes in nobody's name."""
    accepted = judge(update(deletes={AMARA: [(0, 2)]}), a_room(edit(text("abc"))), mine(BEN))
    assert (accepted.clients, accepted.deletes) == (frozenset(), {AMARA: [(0, 2)]})
    assert not accepted.brings_nothing


def test_roots_are_the_documents_own() -> None:
    """[ED19] Content goes into the sections, forms and registers that this document has, and no others."""
    for parent in ("t:other", "prosemirror", "t", "r:cost"):
        verdict = refusal(edit(text("a", parent=parent)))
        assert (verdict.code, verdict.fatal) == ("root", True)


@pytest.mark.parametrize(
    "content",
    [
        text("a", parent="f:cost", sub="note"),
        text("a", parent="f:cost"),
        values("a", parent="f:cost"),
        row(parent="f:cost", sub="note"),
        deleted(1, parent="f:cost"),
        values("a", parent="r:people"),
        text("a", parent="r:people"),
        row(parent="r:people", sub="x"),
        row(parent="t:why"),
        values("a", parent="t:why"),
        text("a", parent="t:why", sub="align"),
        mark("strong", True, parent="r:people"),
        struct(b"\x01a", 3),
    ],
)
def test_kinds_stand_where_they_belong(content: bytes) -> None:
    """[ED20] Prose holds text and marks, registers hold rows, forms and rows hold values under a key."""
    verdict = refusal(edit(content))
    assert (verdict.code, verdict.fatal) == ("kind", True)


def test_rows_hold_values_only() -> None:
    """[ED20] A cell is a value: no text, no mark, no row within the row."""
    known = a_room(edit(row()))
    where = {"parent": (AMARA, 0), "sub": "who"}
    assert judge(edit(values("Ben", **where), clock=1), known).advances == {AMARA: 2}
    for content in (
        text("a", **where),
        row(**where),
        mark("b", True, **where),
        values("x", parent=(AMARA, 0)),
    ):
        assert refusal(edit(content, clock=1), known).code == "kind"


def test_a_parent_is_a_row() -> None:
    known = a_room(edit(text("ab")))
    assert refusal(edit(values("x", parent=(AMARA, 1), sub="a"), clock=2), known).code == "malformed"


def test_unknown_marks_pass() -> None:
    """[ED21] A mark of a newer editor passes whatever its name, as long as that is short."""
    judge(edit(mark("ins", {"id": 7, "by": "amara"}), mark("x" * 128, True)))
    assert refusal(edit(mark("x" * 129, True))).code == "malformed"
    assert refusal(edit(mark("", True))).code == "malformed"


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript\t:alert(1)",
        "\x01javascript:alert(1)",
        "\u00a0javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.nhs.uk",
        "blob:https://x",
        7,
        ["javascript:x"],
    ],
)
def test_links_lead_to_pages_and_mail(href: object) -> None:
    """[ED22] A link to anything but a web page or an e-mail address is refused, however it is dressed."""
    for mark_made in (mark("link", {"href": href}), mark("later", [{"HREF": href}])):
        verdict = refusal(edit(mark_made))
        assert (verdict.code, verdict.fatal) == ("kind", False)


@pytest.mark.parametrize(
    "href",
    ["https://a.nhs.uk/b?c=d:e#f", "http://a", "mailto:a@b.nhs.uk", "HTTPS://A", "a/b:c", "#part", "", None],
)
def test_honest_links_pass(href: str | None) -> None:
    judge(edit(mark("link", {"href": href})))


def test_neighbours_stand_together() -> None:
    """[ED23] Both neighbours are in the same text, or under the same key of the same row."""
    known = a_room(
        edit(
            text("ab"),
            text("cd", parent="t:how"),
            row(),
            values("x", parent=(AMARA, 4), sub="who"),
            values("y", parent=(AMARA, 4), sub="why"),
        )
    )
    judge(edit(text("z", origin=(AMARA, 0), right=(AMARA, 1)), clock=7), known)
    assert refusal(edit(text("z", origin=(AMARA, 0), right=(AMARA, 2)), clock=7), known).code == "malformed"
    astray = values("z", origin=(AMARA, 5), right=(AMARA, 6), sub="who")
    assert refusal(edit(astray, clock=7), known).code == "malformed"
    assert refusal(edit(text("z", origin=(AMARA, 4)), clock=7), known).code == "kind"


def test_what_is_put_first_is_put_before_what_was_first() -> None:
    """[ED198] Also where part of it is known already, and where the first thing has been deleted."""
    known = a_room(edit(text("ab")))
    known.learn(judge(edit(text("first", right=(AMARA, 0)), client=BEN), known, BOTH))
    known.learn(judge(update(deletes={BEN: [(0, 5)]}), known))
    for right in ((AMARA, 0), (BEN, 0)):
        judge(edit(text("z", right=right), clock=2), known)
    for right in ((AMARA, 1), (BEN, 4)):
        assert refusal(edit(text("z", right=right), clock=2), known).code == "malformed"
        assert refusal(edit(text("abc", right=right)), known).code == "malformed"
    inside = edit(text("z", right=(AMARA, 0)), text("y", right=(AMARA, 1)), clock=2)
    assert refusal(inside, known).fatal


def test_size() -> None:
    """[ED29] Too much at once is refused without closing the socket, and says what to do."""
    verdict = refusal(edit(text("a" * 100)), limits=Limits(frame_bytes=99))
    assert (verdict.code, verdict.fatal) == ("too-big", False)
    assert "less at a time" in verdict.sentence


def test_verdicts_are_sentences() -> None:
    """[ED29] Every refusal is a plain sentence."""
    for data in (
        b"",
        edit(text("a", parent="t:x")),
        edit(row(parent="t:why")),
        edit(text("a"), client=OTHER),
    ):
        verdict = refusal(data)
        assert verdict.sentence[0].isupper()
        assert verdict.sentence.endswith(".")
        assert not set(verdict.sentence) & set("!_{}")
