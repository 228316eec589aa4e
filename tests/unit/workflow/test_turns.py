"""Whose turn it is, in words."""

import pytest

from proposals.workflow.domain.turns import Turn, said_once, turn
from workspaces.domain.pairing import Halves, Member, Side

AMARA = Member(person=1, name="Amara Okafor", workspace=1, side=Side.CLINICIAN)
BEN = Member(person=2, name="Ben Adeyemi", workspace=1, side=Side.MANAGER)
BOTH = frozenset({Side.CLINICIAN, Side.MANAGER})
STANDS = Halves(AMARA, BEN, accepted=BOTH)
ASKED = Halves(AMARA, BEN, accepted=frozenset({Side.CLINICIAN}))
DECLINED = Halves(AMARA, BEN, accepted=frozenset({Side.CLINICIAN}), ended=True)


@pytest.mark.parametrize(
    ("halves", "reader", "expected"),
    [
        (STANDS, 1, Turn("You and Ben Adeyemi are writing", is_mine=True)),
        (STANDS, 2, Turn("You and Amara Okafor are writing", is_mine=True)),
        (STANDS, 9, Turn("Amara Okafor and Ben Adeyemi are writing")),
        (ASKED, 1, Turn("Waiting for Ben Adeyemi to accept")),
        (ASKED, 2, Turn("Amara Okafor asks you to write this together", is_mine=True)),
        (ASKED, 9, Turn("Waiting for Ben Adeyemi to accept")),
        (DECLINED, 1, Turn("The pair has ended. You can ask another colleague", is_mine=True)),
        (DECLINED, 2, Turn("The pair of Amara Okafor and Ben Adeyemi has ended")),
    ],
)
def test_the_turn_as_the_reader_sees_it(halves: Halves, reader: int, expected: Turn) -> None:
    """[WF4] Who is to act, and whether it is the reader."""
    assert turn(halves, reader=reader) == expected


def test_others_who_write() -> None:
    """[WF4] A deputy or patient partner reads that they may write too."""
    found = turn(STANDS, reader=9, writes=True)
    assert found == Turn("Amara Okafor and Ben Adeyemi are writing, and so can you", is_mine=True)


def test_nothing_is_said_twice() -> None:
    """[WF6] A reason that begins with the turn stands alone."""
    found = turn(ASKED, reader=1)
    assert said_once(found, "Waiting for Ben Adeyemi to accept. Writing opens when you are both in.") == [
        "Waiting for Ben Adeyemi to accept. Writing opens when you are both in."
    ]
    assert said_once(found, "Drafts are private.") == [
        "Waiting for Ben Adeyemi to accept.",
        "Drafts are private.",
    ]


def test_withdrawn_waits_for_nobody() -> None:
    """[WF4] Withdrawn is nobody's turn."""
    assert turn(ASKED, reader=2, withdrawn=True) == Turn("Withdrawn")
