"""Letters joined to words, and the keystroke told at a glance: the same as the long way, only cheaper."""

import random

import pytest
from pycrdt import Doc, Text

from proposals.editing.domain import gate
from proposals.editing.domain.joining import gesture, joined
from proposals.editing.domain.keystroke import keystroke
from proposals.editing.domain.known import Known
from proposals.editing.domain.merging import gather, merge
from tests.unit.editing_engine.seats import ROOTS, Typist


def session(seed: int, edits: int = 300) -> list[bytes]:
    """Two people type in one text by letter, jump, delete, paste; each sees the other now and then."""
    chance = random.Random(seed)
    pair = [Typist(11), Typist(300_000)]
    at, heard, log = [0, 0], [0, 0], list[bytes]()
    for _ in range(edits):
        who = chance.randrange(2)
        me, length = pair[who], len(str(pair[who].text).encode())
        if chance.random() < 0.1:
            for update in log[heard[who] :]:
                me.doc.apply_update(update)
            heard[who] = len(log)
            at[who] = 0
        elif chance.random() < 0.1 and length > 8:
            start, end = _boundary(str(me.text), 1), _boundary(str(me.text), 4)
            del me.text[start:end]
            at[who] = 0
        else:
            words = chance.choice(["a", "b", "c", "d", "£", "pasted words"])
            at[who] = min(at[who], length)
            me.text.insert(_boundary(str(me.text), at[who]), words)
            at[who] = _boundary(str(me.text), at[who]) + len(words.encode())
        log += me.made
        me.made.clear()
    return log


def _boundary(text: str, at: int) -> int:
    """The start of the character that holds this byte."""
    return len(text.encode()[:at].decode(errors="ignore").encode())


def said(*updates: bytes) -> tuple[str, bytes]:
    doc = Doc({"t:problem": Text()})
    for update in updates:
        doc.apply_update(update)
    return str(doc.get("t:problem", type=Text)), doc.get_state()


@pytest.mark.parametrize("seed", range(20))
def test_joined_letters_say_the_same(seed: int) -> None:
    """[ED190]"""
    log = session(seed)
    assert said(gather(log)) == said(*log)
    assert gate_knows(gather(log)) == gate_knows(merge(log))


def test_a_word_typed_by_letter_is_one_update() -> None:
    """[ED190] And two people at once are two."""
    one, two = Typist(11), Typist(300_000)
    for typist in (one, two):
        typist.type("behind ")
        typist.made.clear()
        for letter in "letters":
            typist.type(letter)
    assert len(joined(one.made)) == 1
    assert len(joined(one.made + two.made)) == 2
    assert len(gather(one.made)) < len(merge(one.made))


@pytest.mark.parametrize("seed", range(20))
def test_gestures_that_grow_say_the_same(seed: int) -> None:
    """[ED193] Whoever types or deletes: an update in a row that grows is worth what the single ones are."""
    log, grown = session(seed), list[bytes]()
    growing = None
    for update in log:
        if growing is not None and growing.takes(update):
            grown[-1] = growing.update()
        else:
            growing = gesture(update)
            grown.append(update)
    assert len(grown) < len(log)
    assert said(*grown) == said(*log)
    assert gate_knows(merge(grown)) == gate_knows(merge(log))


def test_backspace_held_down_is_one_deletion() -> None:
    """[ED193]"""
    typist = Typist(300_000)
    typist.type("many letters")
    typist.made.clear()
    for end in range(12, 4, -1):
        typist.delete(end - 1, end)
    growing = gesture(typist.made[0])
    assert growing is not None
    assert all(growing.takes(update) for update in typist.made[1:])
    assert len(growing.update()) == len(typist.made[0])


@pytest.mark.parametrize(
    "update",
    [
        b"",
        b"\x00",
        b"\x00\x00",
        b"\x00\x01",
        b"\x00\x01\x0b\x01\x00\x00",  # a deletion of nothing
        b"\x00\x01\x0b\x01\x00\x01\x00",  # more after its end
        b"\x00\x01\x0b\x02\x00\x01\x05\x01",
        b"\x01\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00",
    ],
)
def test_what_is_no_keystroke_grows_by_nothing(update: bytes) -> None:
    """[ED193]"""
    assert gesture(update) is None
    typist = Typist(11)
    typist.type("a")
    growing = gesture(typist.type("b").update)
    assert growing is not None
    assert not growing.takes(update)


@pytest.mark.parametrize("seed", range(10))
def test_a_keystroke_told_at_a_glance_is_judged_as_in_full(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED15]"""
    glance, full = Known(), Known()
    told = 0
    for update in session(seed):
        told += keystroke(update, glance) is not None
        quick = gate.check(update, glance, lambda _: "mine", roots=ROOTS)
        with monkeypatch.context() as patch:
            patch.setattr(gate, "keystroke", lambda *_: None)
            slow = gate.check(update, full, lambda _: "mine", roots=ROOTS)
        assert quick == slow
        glance.learn(quick)
        full.learn(slow)
    assert told > 100


def test_letters_that_claim_another_length_are_no_keystroke() -> None:
    """[ED11] A length of 130 takes two bytes: with the second read as a letter, 129 letters would fit."""
    typist, known = Typist(11), Known()
    known.learn(gate.check(typist.type("a").update, known, lambda _: "free", roots=ROOTS))
    honest = typist.type("b").update
    claimed = honest[:-3] + b"\x82\x01" + b"x" * 129 + b"\x00"
    assert keystroke(honest, known)
    assert keystroke(claimed, known) is None
    with pytest.raises(gate.Refused):
        gate.check(claimed, known, lambda _: "mine", roots=ROOTS)


def test_nobody_types_under_another_name_at_a_glance() -> None:
    """[ED17]"""
    typist, known = Typist(11), Known()
    first, second = typist.type("a").update, typist.type("b").update
    known.learn(gate.check(first, known, lambda _: "free", roots=ROOTS))
    assert keystroke(second, known)
    with pytest.raises(gate.Refused):
        gate.check(second, known, lambda _: "other", roots=ROOTS)


def gate_knows(merged: bytes) -> tuple[object, object, object]:
    known = Known.of(merged)
    runs = {client: list(runs) for client, runs in known.runs.items()}
    return known.clocks, {client: list(ranges) for client, ranges in known.deleted.items()}, runs
