"""The stages in words, and deeds as sentences."""

import pytest

from proposals.portfolio.domain.stages import Stage
from proposals.review.domain.kinds import Kind
from proposals.workflow.domain.history import SENTENCES, sentence, told_by
from proposals.workflow.domain.moves import Move
from proposals.workflow.domain.steps import steps


def test_done_here_ahead() -> None:
    """[WF5] Each stage has a state; texts that exist can be opened."""
    found = steps(Stage.BUSINESS_CASE, links={"concept": "/c/"})
    assert [(step.label, step.state, step.href) for step in found] == [
        ("Concept", "done", "/c/"),
        ("Business case", "here", ""),
        ("Implementation", "ahead", ""),
        ("Patient-impact evaluation", "ahead", ""),
    ]


def test_what_a_route_does_not_ask_for() -> None:
    """[WF5] A small test has no business case, and is not said to have one."""
    found = steps(Stage.IMPLEMENTATION, links={}, skips={Stage.BUSINESS_CASE})
    assert [(step.state, step.note) for step in found] == [
        ("done", ""), ("ahead", "Not needed"), ("here", ""), ("ahead", ""),
    ]  # fmt: skip


def test_a_closed_proposal_has_been_everywhere() -> None:
    """[WF5] Closed is behind all stages."""
    assert {step.state for step in steps(Stage.CLOSED, links={})} == {"done"}


def test_withdrawn_where_it_stood() -> None:
    """[WF5] The stage it was withdrawn at says so."""
    assert [step.note for step in steps(Stage.CONCEPT, links={}, note="Withdrawn")] == [
        "Withdrawn",
        *["Not reached"] * 3,
    ]


@pytest.mark.parametrize(
    ("verb", "facts", "expected"),
    [
        ("propose", {"colleague": "Ben"}, "Amara began the proposal and asked Ben to write it together"),
        ("accept_pair", {}, "Amara accepted"),
        ("decline_pair", {"reason": "No time."}, "Amara declined: No time."),
        ("rename", {"old": "A", "new": "B"}, "Amara changed the title from “A” to “B”"),
        ("withdraw", {"reason": "Merged."}, "Amara withdrew the proposal: Merged."),
        ("withdraw", {"both": "Amara and Ben"}, "Amara and Ben withdrew the proposal"),
        ("agree", {"move": "withdraw", "reason": "Merged."}, "Amara wanted to withdraw it: Merged."),
        ("agree", {"move": "test"}, "Amara would let the test begin"),
        (
            "agree",
            {"move": "conclude", "outcome": "extend", "reason": "Too early."},
            "Amara would go on testing: Too early.",
        ),
        ("take_back", {"move": "test"}, "Amara took back what they had said"),
        (
            "test",
            {"both": "Priya and Gareth", "review_on": "2027-03-01"},
            "Priya and Gareth let the test begin, until 1 March 2027",
        ),
        (
            "conclude",
            {"both": "Priya and Gareth", "outcome": "adopt", "reason": "It works."},
            "Priya and Gareth decided to adopt it: It works.",
        ),
        ("name_lead", {"person": "Priya", "side": "clinician"}, "Amara named Priya as clinical lead"),
        (
            "end_lead",
            {"person": "Gareth", "side": "manager"},
            "Amara ended the part of Gareth as line manager",
        ),
        ("disagree", {"reason": "It is ours."}, "Amara wanted to keep it: It is ours."),
        ("take_back", {"move": "withdraw"}, "Amara no longer wanted to withdraw it"),
        (
            "add_supporter",
            {"person": "Mags", "role": "patient_partner"},
            "Amara made Mags the patient partner",
        ),
        ("add_supporter", {"person": "Dele", "role": "reader"}, "Amara made Dele a reader"),
        ("remove_supporter", {"person": "Dele", "role": "reader"}, "Amara ended the part of Dele as reader"),
        (
            "appoint_deputy",
            {"name": "Priya", "starts_on": "2026-03-01", "ends_on": "2026-03-31"},
            "Amara made Priya deputy from 1 March 2026 to 31 March 2026",
        ),
        ("send_by_pigeon", {}, "Amara: send by pigeon"),
        ("propose_pair", {}, ""),
        ("freeze", {"stage": "concept", "version": 1}, ""),
        ("thaw", {"stage": "concept"}, ""),
        ("open_document", {"stage": "evaluation"}, ""),
    ],
)
def test_a_deed_as_a_sentence(verb: str, facts: dict[str, object], expected: str) -> None:
    """[WF7] Plain words, also for a deed nobody thought of."""
    assert sentence(verb, "Amara", facts, reader_is_half=True) == expected


def test_why_somebody_left_is_between_the_two() -> None:
    """[WF7] Others read that somebody declined, not why."""
    assert sentence("decline_pair", "Ben", {"reason": "No time."}, reader_is_half=False) == "Ben declined"
    asked = {"move": "withdraw", "reason": "We quarrel."}
    assert sentence("agree", "Ben", asked, reader_is_half=False) == "Ben wanted to withdraw it"


@pytest.mark.parametrize(
    ("verb", "facts", "expected"),
    [
        ("sign_off", {"stage": "concept"}, "Amara signed the concept"),
        ("submit", {"version": 2}, "Amara handed it in as version 2"),
        ("screen", {}, "Amara took it in for the committee"),
        ("send_back", {"reason": "Name the ward"}, "Amara sent it back: Name the ward"),
        ("schedule", {"on": "2027-03-01"}, "Amara put it on the agenda of 1 March 2027"),
        ("send_papers", {}, "Amara sent out the papers"),
        ("decide", {"kind": "note", "committee": "The board"}, "The board took note of it"),
        ("decide", {"kind": "approve", "committee": "The board"}, ""),
        ("discharge", {"condition": 1}, "Amara recorded that condition 1 is met"),
        ("approve_concept", {}, "Approved as a concept"),
        ("approve_case", {}, "Approved as a business case"),
        ("approve_with_conditions", {}, "Approved with conditions"),
        ("return", {"reason": "Too long."}, "Returned to be worked on: Too long."),
        ("defer", {"reason": "No quorum."}, "Deferred: No quorum."),
        ("decline", {"reason": "No money."}, "Declined: No money."),
        ("refer_up", {"reason": "Too large."}, "Referred to the committee above: Too large."),
        ("test", {}, "Amara let the test begin"),
        (
            "agree",
            {"move": "go_live", "live_on": "2027-03-01"},
            "Amara said that it is live from 1 March 2027",
        ),
        ("go_live", {"live_on": "2027-03-01"}, "Live from 1 March 2027"),
        ("pause", {"reason": "Two falls."}, "Amara paused it: Two falls."),
        ("resume", {"reason": "Mended."}, "Amara let it go on: Mended."),
        ("evaluate", {"reason": ""}, "Amara began the evaluation"),
        ("conclude", {"reason": "It works."}, "The evaluation was decided on: It works."),
        ("conclude", {"outcome": "adopt", "reason": "It works."}, "Adopted: It works."),
        (
            "conclude",
            {"outcome": "adapt", "review_on": "2027-03-01", "reason": "Not on Sundays."},
            "To be adapted, to be looked at again on 1 March 2027: Not on Sundays.",
        ),
        ("lapse_pair", {}, "Nobody answered in time, so it stays with whoever asked"),
        ("archive", {}, "Put in the archive"),
        (
            "reconsider",
            {"reason": "A new fact."},
            "Amara lets the committee above look at it again: A new fact.",
        ),
        ("stand_by", {"reason": "No fact."}, "Amara let the decline stand: No fact."),
        ("ask_again", {"reason": "A new fact."}, "Amara asked the committee above to look at it again"),
        ("leave_out", {"stage": "concept"}, "Amara left out the part of the concept that could not be read"),
        ("quarantine", {"stage": "concept"}, "A part of the concept could not be read and was set aside"),
        ("release", {"stage": "concept"}, "Amara put back the part of the concept that had been set aside"),
    ],
)
def test_a_move_as_a_sentence(verb: str, facts: dict[str, object], expected: str) -> None:
    """[WF65] What the committee and the pair did, as a reader would say it."""
    assert sentence(verb, "Amara", facts, reader_is_half=False) == expected


def test_the_second_yes_is_told_by_its_move() -> None:
    """[WF100] The first one waited, so it stays."""
    assert told_by("agree", {"move": "go_live"}, next_verb="go_live")
    assert not told_by("agree", {"move": "go_live"}, next_verb="pause")
    assert not told_by("sign_off", {}, next_verb="submit")


def test_every_move_has_its_sentence() -> None:
    """[WF65] A move that is recorded is never told by the name it has in the code."""
    # Begin is told as the proposal's own entry; ready and signed follow from what was signed.
    unrecorded = {Move.BEGIN, Move.READY, Move.SIGN}
    assert {move.value for move in set(Move) - unrecorded} - set(SENTENCES) == set()
    assert {kind.value for kind in Kind} - {"approve", "note"} - set(SENTENCES) == set()
