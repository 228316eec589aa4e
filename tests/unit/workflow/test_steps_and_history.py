"""The stages in words, and deeds as sentences."""

import pytest

from proposals.portfolio.domain.stages import Stage
from proposals.workflow.domain.history import sentence
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


def test_a_closed_proposal_has_been_everywhere() -> None:
    """[WF5] Closed is behind all stages."""
    assert {step.state for step in steps(Stage.CLOSED, links={})} == {"done"}


def test_withdrawn_where_it_stood() -> None:
    """[WF5] The stage it was withdrawn at says so."""
    assert [step.note for step in steps(Stage.CONCEPT, links={}, withdrawn=True)] == ["Withdrawn", "", "", ""]


@pytest.mark.parametrize(
    ("verb", "facts", "expected"),
    [
        ("propose", {"colleague": "Ben"}, "Amara began the proposal and asked Ben to write it together"),
        ("accept_pair", {}, "Amara accepted"),
        ("decline_pair", {"reason": "No time."}, "Amara declined: No time."),
        ("rename", {"old": "A", "new": "B"}, "Amara changed the title from “A” to “B”"),
        ("withdraw", {"reason": "Merged."}, "Amara withdrew the proposal: Merged."),
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
    ],
)
def test_a_deed_as_a_sentence(verb: str, facts: dict[str, object], expected: str) -> None:
    """[WF7] Plain words, also for a deed nobody thought of."""
    assert sentence(verb, "Amara", facts, reader_is_half=True) == expected


def test_why_somebody_left_is_between_the_two() -> None:
    """[WF7] Others read that somebody declined, not why."""
    assert sentence("decline_pair", "Ben", {"reason": "No time."}, reader_is_half=False) == "Ben declined"
