"""A proposal from its first confirmation to its end, on pages alone."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.utils import timezone

from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.review.models import Condition
from proposals.workflow.models import Launch, Transition
from proposals.workflow.selectors import facts_of
from tests.moving import grace, make_committee, stage_of, written
from tests.people import Cast, as_
from workspaces.models import Person

REASONS = "The need is plain and the plan is small."


def at(proposal: Proposal, rest: str = "") -> str:
    return f"/proposals/{proposal.reference}/{rest}"


def seen(person: Person, path: str) -> str:
    response = as_(person).get(path)
    assert response.status_code == 200
    return response.content.decode()


def posted(person: Person, path: str, given: Mapping[str, object], *, says: str) -> str:
    """Send a form; it is carried out, and the page after it says so."""
    answer = as_(person).post(path, given, follow=True)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert says in body
    return body


def days(**named: date) -> dict[str, object]:
    return {
        f"{name}_{part}": getattr(on, part) for name, on in named.items() for part in ("day", "month", "year")
    }


def hash_on(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def handed_in(proposal: Proposal, cast: Cast) -> None:
    """Every section confirmed by whoever has to, the whole signed by both, handed in by one."""
    proposal.refresh_from_db()
    written(proposal)
    needed = [section.key for section in facts_of(proposal).sections if section.needs]
    for person in (cast.amara, cast.ben):
        for key in needed:
            page = at(proposal, f"confirmations/{key}/")
            posted(person, page, {"seen": hash_on(seen(person, page))}, says="You have confirmed")
    for person in (cast.amara, cast.ben):
        page = at(proposal, "sign-off/")
        posted(person, page, {"seen": hash_on(seen(person, page))}, says="You have signed.")
    posted(cast.ben, at(proposal, "submission/"), {}, says="has been handed in")


def before_the_committee(proposal: Proposal, cast: Cast) -> None:
    """Handed in, taken in, given a day, papers out."""
    handed_in(proposal, cast)
    posted(grace(), at(proposal, "screening/"), {"answer": "accept"}, says="You have taken it in.")
    when = days(meets_on=timezone.localdate() + timedelta(30))
    posted(grace(), at(proposal, "schedule/"), when, says="It is on the agenda of")
    posted(grace(), at(proposal, "papers/"), {}, says="The papers are out.")


def decided(
    proposal: Proposal, cast: Cast, given: Mapping[str, object], *, says: str = "Recorded: approved"
) -> None:
    before_the_committee(proposal, cast)
    posted(cast.chandra, at(proposal, "decision/"), {"reasons": REASONS, **given}, says=says)


def gone_live(proposal: Proposal, cast: Cast) -> None:
    today = timezone.localdate()
    said = days(live_on=today)
    posted(cast.amara, at(proposal, "go-live/"), said, says="It waits for the other half.")
    page = seen(cast.ben, at(proposal, "go-live/"))
    assert f"Amara Okafor says that it is live from {today:%-d %B %Y}" in page
    assert f'value="{today.year}"' in page
    assert "Six months after the start, if you leave this empty." in page
    assert "This waits for the other half." in seen(cast.amara, at(proposal, "go-live/"))
    posted(cast.ben, at(proposal, "go-live/"), said, says="It is live.")


def under(proposal: Proposal, status: Status) -> None:
    """Where the pages under test begin: a change that a committee has let begin."""
    committee = proposal.workspace.organisation.committees.get()
    Proposal.objects.update(stage=Stage.IMPLEMENTATION, status=status, committee=committee)
    proposal.refresh_from_db()


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[WF65] [WF100] [RV15] Concept, case, condition, live, paused, again, adopted: every step on a page."""
    make_committee(cast)
    decided(proposal, cast, {"kind": "approve", "permissions": ["case"]})
    assert stage_of(proposal) == (Stage.BUSINESS_CASE, Status.DRAFTING)
    condition = {"text_1": "Appoint a nurse", "owner_1": cast.ben.pk, "before_start_1": "on"}
    due = days(due_1=timezone.localdate() + timedelta(30))
    decided(proposal, cast, {"kind": "approve_with_conditions", **condition, **due})
    assert "Appoint a nurse" in seen(cast.amara, at(proposal, "go-live/"))
    refused = as_(cast.amara).post(at(proposal, "go-live/"), days(live_on=timezone.localdate()))
    assert refused.status_code == 422
    assert "recorded by the committee: Appoint a nurse" in refused.content.decode()
    page = f"/conditions/{Condition.objects.get().pk}/discharge/"
    posted(cast.chandra, page, {"evidence": "She starts on Monday."}, says="Condition 1 is met.")
    assert at(proposal, "go-live/") in seen(cast.ben, at(proposal))
    gone_live(proposal, cast)
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.LIVE)
    posted(cast.ben, at(proposal, "pause/"), {"reason": "Two falls in a week."}, says="It is paused.")
    assert "Two falls in a week." in seen(cast.chandra, at(proposal, "resumption/"))
    posted(cast.chandra, at(proposal, "resumption/"), {"reason": "The floor is mended."}, says="It goes on.")
    early = {"reason": "The money ends in spring."}
    posted(cast.amara, at(proposal, "evaluation-start/"), early, says="The evaluation is open.")
    assert stage_of(proposal) == (Stage.EVALUATION, Status.DRAFTING)
    decided(proposal, cast, {"kind": "approve", "outcome": "adopt"}, says="Recorded: adopted.")
    assert stage_of(proposal) == (Stage.CLOSED, Status.ADOPTED)
    page = seen(cast.amara, at(proposal))
    for told in (
        "Ben Adeyemi handed it in as version",
        "Approved with conditions",
        "Chandra Rao recorded that condition 1 is met",
        "Amara Okafor said that it is live from",
        "Ben Adeyemi paused it: Two falls in a week.",
        "Chandra Rao let it go on: The floor is mended.",
        "Amara Okafor began the evaluation: The money ends in spring.",
        "Adopted: ",
    ):
        assert told in page
    assert "are writing" not in page
    for twice in (
        "closed the concept",
        "opened the",
        "began the business case",
        "Ben Adeyemi said that it is live",
    ):
        assert twice not in page
    assert page.count("began the evaluation") == 1


def test_what_cannot_be_done_here(cast: Cast, proposal: Proposal) -> None:
    """[WF66] The list stands where the form would, and whoever tries gets the same sentences."""
    make_committee(cast)
    under(proposal, Status.TESTING)
    said = "This cannot be done where the proposal stands now: Implementation, testing."
    for person, rest in ((cast.amara, "go-live/"), (cast.ben, "pause/"), (cast.chandra, "resumption/")):
        page = seen(person, at(proposal, rest))
        assert said in page
        assert 'method="post" novalidate' not in page
        answer = as_(person).post(at(proposal, rest), {"reason": "Now."})
        assert answer.status_code == 422
        assert answer.content.decode().count(said) == 2
    assert not Transition.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Write a day, for example 27 3 2027."),
        ({"live_on": 1}, "That day has not come yet."),
        ({"live_on": -9, "review_on": -10}, "Choose a day for looking at the effect that comes after"),
    ],
)
def test_a_day_that_cannot_be(
    cast: Cast, proposal: Proposal, *, given: dict[str, int], sentence: str
) -> None:
    """[WF67] What is wrong with a day is said beside it, and nothing is written."""
    make_committee(cast)
    under(proposal, Status.MOBILISING)
    today = timezone.localdate()
    sent = days(**{name: today + timedelta(many) for name, many in given.items()})
    answer = as_(cast.amara).post(at(proposal, "go-live/"), sent)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "There is a problem" in body
    assert sentence in body
    assert not Launch.objects.exists()


def test_two_days_are_two_things(cast: Cast, proposal: Proposal) -> None:
    """[WF67] It is live once both have said the same day, and not before."""
    make_committee(cast)
    under(proposal, Status.MOBILISING)
    today = timezone.localdate()
    waits = "It waits for the other half."
    posted(cast.amara, at(proposal, "go-live/"), days(live_on=today), says=waits)
    posted(cast.ben, at(proposal, "go-live/"), days(live_on=today - timedelta(1)), says=waits)
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.MOBILISING)
    posted(cast.amara, at(proposal, "go-live/"), days(live_on=today - timedelta(1)), says="It is live.")
    assert Launch.objects.get().live_on == today - timedelta(1)


def test_reasons(cast: Cast, proposal: Proposal) -> None:
    """[WF68] A pause, a going on and an early evaluation are refused without their reasons."""
    make_committee(cast)
    for status, person, rest in (
        (Status.LIVE, cast.ben, "pause/"),
        (Status.PAUSED, cast.chandra, "resumption/"),
        (Status.LIVE, cast.amara, "evaluation-start/"),
    ):
        under(proposal, status)
        answer = as_(person).post(at(proposal, rest), {"reason": " "})
        assert answer.status_code == 422
        assert "Write the reason in a sentence or two." in answer.content.decode()
    assert not Transition.objects.exists()


def test_after_the_day_of_review(cast: Cast, proposal: Proposal) -> None:
    """[WF68] Once the planned day has come, an evaluation begins without a reason."""
    make_committee(cast)
    under(proposal, Status.LIVE)
    today = timezone.localdate()
    Launch.objects.create(proposal=proposal, live_on=today - timedelta(200), review_on=today)
    posted(cast.ben, at(proposal, "evaluation-start/"), {}, says="The evaluation is open.")


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[WF69] As for everything of another trust."""
    for rest in ("go-live/", "pause/", "resumption/", "evaluation-start/"):
        assert as_(cast.eve).get(at(proposal, rest)).status_code == 404
        assert as_(cast.eve).post(at(proposal, rest)).status_code == 404


def test_nobody_else_does_it(cast: Cast, proposal: Proposal) -> None:
    """[WF69] The pair makes its moves, the chair theirs; everybody else is told so, and sees no link."""
    make_committee(cast)
    under(proposal, Status.LIVE)
    pair_only = "Only the clinician and the manager of the pair can do this."
    for person in (cast.chandra, cast.dele):
        for rest in ("go-live/", "pause/", "evaluation-start/"):
            answer = as_(person).get(at(proposal, rest))
            assert answer.status_code == 403
            assert pair_only in answer.content.decode()
        assert at(proposal, "pause/") not in seen(person, at(proposal))
    assert at(proposal, "pause/") in seen(cast.ben, at(proposal))
    under(proposal, Status.PAUSED)
    for person, sentence in (
        (cast.amara, "others of the committee deal with it"),
        (grace(), "Only the chair of the committee lets it go on."),
        (cast.dele, "Only the chair of the committee lets it go on."),
    ):
        answer = as_(person).post(at(proposal, "resumption/"), {"reason": "All is well."})
        assert answer.status_code == 403
        assert sentence in answer.content.decode()
    assert at(proposal, "resumption/") in seen(cast.chandra, at(proposal))
    assert at(proposal, "evaluation-start/") in seen(cast.amara, at(proposal))
