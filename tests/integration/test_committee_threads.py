"""Which committee reads what was said on a text that was handed in, when another one has the proposal."""

import pytest
from django.urls import reverse

from proposals.comments.models import Mention, Thread
from proposals.comments.selectors import names_for
from proposals.portfolio.models import Proposal
from proposals.review.domain.decisions import Said
from proposals.review.domain.kinds import Kind
from proposals.workflow import services as workflow
from proposals.workflow.models import Submission
from tests.moving import in_review, make_committee
from tests.people import Cast, as_, make_person
from workspaces.models import Committee, Person, Seat

SAID = "What does a nurse cost?"


@pytest.fixture
def hana(cast: Cast) -> Person:
    """In the chair of the board above the committee."""
    committee = make_committee(cast)
    board = seated("Trust board", hana := make_person("Hana Kovac"), committee)
    Committee.objects.filter(pk=committee.pk).update(parent=board)
    return hana


@pytest.fixture
def asked(cast: Cast, hana: Person, proposal: Proposal) -> Thread:
    """Dele's question, for the committee that has the proposal."""
    in_review(proposal, cast)
    assert hana.seats.exists()
    return ask(cast.dele, SAID)


def seated(name: str, person: Person, beside: Committee) -> Committee:
    made = Committee.objects.create(
        organisation=beside.organisation, name=name, slug=name.lower().replace(" ", "-")
    )
    Seat.objects.create(committee=made, person=person, role=Seat.CHAIR)
    return made


def ask(person: Person, body: str) -> Thread:
    version = Submission.objects.latest("pk").version
    sent = {"section": "summary", "kind": "question", "body": body, "version": version.number}
    address = f"/api/documents/{version.document_id}/threads/"
    made = as_(person).post(address, sent, content_type="application/json")
    assert made.status_code == 201, made.content
    return Thread.objects.get(pk=made.json()["id"])


def everywhere(person: Person, thread: Thread) -> str:
    """The version's page, the list of threads and their JSON, as somebody reads them."""
    document, version = thread.document, thread.version
    at = [document.proposal.reference, document.stage]
    assert version
    addresses = [reverse("version", args=[*at, version.number]), reverse("threads", args=at)]
    answers = [as_(person).get(path) for path in (*addresses, f"/api/documents/{document.pk}/threads/")]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.content.decode() for answer in answers)


def status(person: Person, thread: Thread, way: str = "get", **sent: object) -> int:
    return int(getattr(as_(person), way)(f"/api/threads/{thread.pk}/", **sent).status_code)


def test_another_committee_reads_what_was_said_for_it(asked: Thread, proposal: Proposal, cast: Cast) -> None:
    """[CM38] Nothing of what was said for the one before, at any address; it is not called there, either."""
    nia = make_person("Nia Rees")
    other = seated("Digital board", nia, Committee.objects.get(slug="investment"))
    Proposal.objects.filter(pk=proposal.pk).update(committee=other)
    assert SAID not in everywhere(nia, asked)
    assert status(nia, asked) == 403
    replied = as_(nia).post(
        f"/api/threads/{asked.pk}/comments/", {"body": "?"}, content_type="application/json"
    )
    assert replied.status_code == 403
    hidden = as_(nia).post(
        f"/api/threads/{asked.pk}/comments/1/hiding/", {"why": "No"}, content_type="application/json"
    )
    assert hidden.status_code == 403
    as_(cast.amara).post(
        f"/api/threads/{asked.pk}/comments/", {"body": "@Nia, so?"}, content_type="application/json"
    )
    assert not Mention.objects.filter(person=nia).exists()
    theirs = ask(nia, "And who runs it?")
    assert "And who runs it?" in everywhere(nia, theirs)
    assert "Nia Rees" in [name.call for name in names_for(cast.amara, proposal_now(), version=True)]
    shown = {
        each["id"]: each["committee_reads"]
        for each in as_(cast.amara).get(f"/api/documents/{asked.document_id}/threads/").json()["results"]
    }
    assert shown == {asked.pk: False, theirs.pk: True}
    # Back with the first, each reads its own again.
    Proposal.objects.filter(pk=proposal.pk).update(committee=Committee.objects.get(slug="investment"))
    assert SAID in everywhere(cast.dele, asked)
    assert "And who runs it?" not in everywhere(cast.dele, asked)


def proposal_now() -> Proposal:
    return Proposal.objects.select_related("pair").get()


def test_eve_gets_404(asked: Thread, cast: Cast) -> None:
    """[CM38]"""
    assert status(cast.eve, asked) == 404


def test_what_is_referred_up_takes_its_history_along(asked: Thread, hana: Person, cast: Cast) -> None:
    """[CM38] The committee above reads and answers what was asked below."""
    assert status(hana, asked) == 404
    workflow.decide(proposal_now(), Said(Kind.REFER_UP, "It is new."), by=cast.chandra)
    assert SAID in everywhere(hana, asked)
    answer = {"body": "@Hana, ninety thousand.", "answers": True}
    as_(cast.ben).post(f"/api/threads/{asked.pk}/comments/", answer, content_type="application/json")
    assert Mention.objects.filter(person=hana).exists()
    assert status(cast.dele, asked) == 403


def test_a_second_look_does_too(asked: Thread, hana: Person, cast: Cast) -> None:
    """[CM38] Whoever looks at a decline reads what was said before it; then the board does."""
    workflow.decide(proposal_now(), Said(Kind.DECLINE, "There is no money."), by=cast.chandra)
    assert SAID in everywhere(hana, asked)
    workflow.ask_again(proposal_now(), "new_fact", "The region pays.", by=cast.ben)
    workflow.reconsider(proposal_now(), "It does.", granted=True, by=hana)
    assert SAID in everywhere(hana, asked)
