"""Who may do what with a thread."""

import pytest

from proposals.comments.domain.threads import Act, How, Kind, State, ThreadFacts, acts
from proposals.portfolio.domain.abilities import Grant, Standing
from workspaces.domain.pairing import Side

YES = Grant(allowed=True)
HALF = Standing(Side.MANAGER, half=Side.MANAGER)
DEPUTY = Standing(Side.MANAGER, half=Side.MANAGER, is_deputy=True)
PARTNER = Standing(Side.PATIENT_PARTNER, supporter="patient_partner")
READER = Standing(Side.OTHER, supporter="reader")


def facts(kind: Kind = Kind.QUESTION, state: State = State.OPEN, **more: bool) -> ThreadFacts:
    return ThreadFacts(kind, state, "Amara Okafor", **{"is_opener": False, **more})


def may(act: Act, thread: ThreadFacts, standing: Standing = HALF) -> bool:
    return acts(thread, standing, YES)[act].allowed


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.CHANGE_REQUEST, Kind.PATIENT_POINT])
@pytest.mark.parametrize("state", [State.OPEN, State.ANSWERED])
def test_whoever_asked_closes(kind: Kind, state: State) -> None:
    """[CM2]"""
    assert may(Act.RESOLVE, facts(kind, state, is_opener=True), READER)
    for standing in (HALF, DEPUTY, READER):
        grant = acts(facts(kind, state), standing, YES)[Act.RESOLVE]
        assert grant == Grant(
            allowed=False, reason="Only Amara Okafor, who asked, can resolve this. You can answer it."
        )


def test_the_pair_closes_comments_and_what_those_who_left_had_asked() -> None:
    """[CM2]"""
    assert may(Act.RESOLVE, facts(Kind.COMMENT), HALF)
    assert may(Act.RESOLVE, facts(Kind.COMMENT), DEPUTY)
    assert not may(Act.RESOLVE, facts(Kind.COMMENT), READER)
    assert may(Act.RESOLVE, facts(opener_left=True), HALF)
    grant = acts(facts(opener_left=True), READER, YES)[Act.RESOLVE]
    assert grant.reason == "Amara Okafor has left, so the pair can resolve this."


def test_a_patient_partner_closes_points_for_patients() -> None:
    """[CM2]"""
    assert may(Act.RESOLVE, facts(Kind.PATIENT_POINT), PARTNER)
    assert not may(Act.RESOLVE, facts(Kind.QUESTION), PARTNER)


def test_others_answer() -> None:
    """[CM3]"""
    assert may(Act.ANSWER, facts(), READER)
    assert not may(Act.ANSWER, facts(is_opener=True))
    assert not may(Act.ANSWER, facts(Kind.COMMENT))
    assert not may(Act.ANSWER, facts(state=State.RESOLVED))


def test_whoever_asked_says_that_an_answer_is_none() -> None:
    """[CM3]"""
    assert may(Act.REOPEN, facts(state=State.ANSWERED, is_opener=True))
    assert not may(Act.REOPEN, facts(state=State.ANSWERED))
    assert may(Act.REOPEN, facts(state=State.RESOLVED), READER)
    assert not may(Act.REOPEN, facts())


def test_only_the_opener_changes_what_it_is() -> None:
    """[CM1]"""
    assert may(Act.CHANGE, facts(is_opener=True))
    assert not may(Act.CHANGE, facts())


def test_a_thread_on_a_section_has_no_words() -> None:
    """[CM18]"""
    assert may(Act.REATTACH, facts(), READER)
    assert not may(Act.REATTACH, facts(has_anchor=False))


def test_who_may_not_comment_may_do_nothing_and_reads_why() -> None:
    """[CM9]"""
    no = Grant(allowed=False, reason="This proposal has been withdrawn.")
    assert set(acts(facts(is_opener=True), HALF, no).values()) == {no}


def test_each_word_has_a_label() -> None:
    """[CM1]"""
    assert [kind.label for kind in Kind] == [
        "Comment",
        "Question",
        "Request for a change",
        "Point for patients",
    ]
    assert [how.label for how in How] == ["The text was changed", "The text stays as it is"]
