"""Confirming, signing, handing in, and the secretary's desk, as pages."""

from datetime import timedelta

from django.utils import timezone

from proposals.portfolio.models import Document, Proposal
from proposals.workflow.models import Submission
from tests.moving import confirmed, grace, make_committee, submitted, written
from tests.people import Cast, as_
from tests.threads import insert, write
from workspaces.models import Person


def at(proposal: Proposal, rest: str = "") -> str:
    return f"/proposals/{proposal.reference}/{rest}"


def seen(person: Person, path: str) -> str:
    response = as_(person).get(path)
    assert response.status_code == 200
    return response.content.decode()


def hash_on(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[WF60] From two keys on a section to the papers, through pages alone."""
    make_committee(cast)
    written(proposal)
    for person in (cast.amara, cast.ben):
        page = at(proposal, "confirmations/summary/")
        answer = as_(person).post(page, {"seen": hash_on(seen(person, page))}, follow=True)
        assert "You have confirmed" in answer.content.decode()
        confirmed(proposal, person)
    for person in (cast.amara, cast.ben):
        page = at(proposal, "sign-off/")
        answer = as_(person).post(page, {"seen": hash_on(seen(person, page))}, follow=True)
        assert "You have signed." in answer.content.decode()
    assert at(proposal, "submission/") in seen(cast.ben, at(proposal))
    answer = as_(cast.ben).post(at(proposal, "submission/"), follow=True)
    assert "has been handed in" in answer.content.decode()
    assert Submission.objects.get().by == cast.ben
    secretary = as_(grace())
    assert at(proposal, "screening/") in seen(grace(), at(proposal))
    assert secretary.post(at(proposal, "screening/"), {"answer": "accept"}).status_code == 302
    day = timezone.localdate() + timedelta(30)
    when = {"meets_on_day": day.day, "meets_on_month": day.month, "meets_on_year": day.year}
    assert secretary.post(at(proposal, "schedule/"), when).status_code == 302
    assert secretary.post(at(proposal, "papers/")).status_code == 302
    proposal.refresh_from_db()
    assert proposal.status == "in_review"


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    for rest in ("confirmations/summary/", "sign-off/", "submission/", "screening/", "schedule/", "papers/"):
        assert as_(cast.eve).get(at(proposal, rest)).status_code == 404


def test_a_refused_submission_names_everything_that_is_missing(cast: Cast, proposal: Proposal) -> None:
    """[WF61] The same list as on the page before, and no button that will refuse."""
    make_committee(cast)
    page = seen(cast.amara, at(proposal, "submission/"))
    assert "Hand it in" not in page
    assert "has to sign this text" in page
    answer = as_(cast.amara).post(at(proposal, "submission/"))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "There is a problem" in body
    assert "Amara Okafor has to sign this text." in body
    assert not Submission.objects.exists()


def test_a_colleague_who_edits_clears_a_confirmation(cast: Cast, proposal: Proposal) -> None:
    """[WF62] The other half sees the words that changed, marked in words, and confirms again."""
    written(proposal)
    confirmed(proposal, cast.amara)
    page = seen(cast.amara, at(proposal, "confirmations/summary/"))
    assert "You have confirmed these words." in page
    document = Document.objects.get(proposal=proposal)
    write(document, insert("quite ", "say"), by=cast.ben)
    page = seen(cast.amara, at(proposal, "confirmations/summary/"))
    assert "This has changed since you confirmed it" in page
    assert "[added: </span>quite" in page
    assert "Manager" in page
    assert "I have read this and can defend it" in page
    stale = as_(cast.ben).post(at(proposal, "confirmations/summary/"), {"seen": "0" * 64})
    assert stale.status_code == 422
    assert "changed since you opened this page" in stale.content.decode()
    assert as_(cast.ben).get(at(proposal, "confirmations/nonsense/")).status_code == 404


def test_a_draft_is_not_the_secretarys(cast: Cast, proposal: Proposal) -> None:
    """[WF60] Nobody outside the pair reads the sections on these pages or on the proposal's."""
    make_committee(cast)
    written(proposal)
    assert as_(cast.dele).get(at(proposal, "confirmations/summary/")).status_code == 403
    assert "What the next step needs" not in seen(cast.dele, at(proposal))
    assert as_(grace()).get(at(proposal, "screening/")).status_code == 404


def test_sending_back(cast: Cast, proposal: Proposal) -> None:
    """[WF63] With a list, one change on each line; without one it is refused."""
    make_committee(cast)
    submitted(proposal, cast)
    page = at(proposal, "screening/")
    secretary = as_(grace())
    assert secretary.post(page, {"answer": "return"}).status_code == 422
    assert secretary.post(page, {}).status_code == 422
    assert (
        secretary.post(page, {"answer": "return", "changes": "Name the ward\n\nGive a day"}).status_code
        == 302
    )
    proposal.refresh_from_db()
    assert proposal.status == "drafting"
    assert as_(cast.amara).post(page, {"answer": "accept"}).status_code == 403
