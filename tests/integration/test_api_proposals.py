"""Proposals as JSON."""

import pytest
from django.test import Client
from django.utils import timezone

from proposals.portfolio.access import abilities_for
from proposals.portfolio.models import Proposal
from tests.people import Cast, as_
from tests.proposals import concept_template, make_proposal, make_supporter
from workspaces.models import Pair

URL = "/api/proposals/"
PROBLEM = "application/problem+json"


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[WF9] The list and one proposal, with the same abilities and reasons as the pages."""
    make_supporter(proposal, cast.mags)
    client = as_(cast.dele)
    listed = client.get(URL).json()
    assert (listed["count"], listed["results"][0]["reference"]) == (1, "MB-2026-001")
    one = client.get(listed["results"][0]["url"]).json()
    assert one["stage"] == "concept"
    assert one["turn"] == "Amara Okafor and Ben Adeyemi are writing"
    assert one["pair"]["clinician"]["name"] == "Amara Okafor"
    assert one["pair"]["stands"] is True
    assert one["supporters"] == [{"name": "Mags Doyle", "role": "patient_partner"}]
    assert one["documents"] == [{"id": proposal.documents.get().pk, "stage": "concept", "template": "2026.2"}]
    for ability, grant in abilities_for(cast.dele, proposal).items():
        assert one["abilities"][ability.value] == {"allowed": grant.allowed, "reason": grant.reason}


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[PF1] [WF8] Not listed, not found; the answer is the same as for what does not exist."""
    client = as_(cast.eve)
    assert client.get(URL).json()["count"] == 0
    hidden, absent = client.get(f"{URL}MB-2026-001/"), client.get(f"{URL}MB-2026-999/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden["Content-Type"] == PROBLEM
    assert hidden.json() == absent.json()
    assert hidden.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing here that you can see.",
    }


def test_a_patient_partner_sees_what_they_support(cast: Cast, proposal: Proposal) -> None:
    """[PF26] Not listed, not found by words or reference, before the pair has invited them."""
    client = as_(cast.mags)
    assert client.get(URL).json()["count"] == client.get(URL, {"words": "frailty"}).json()["count"] == 0
    assert client.get(f"{URL}MB-2026-001/").status_code == 404
    make_supporter(proposal, cast.mags)
    assert client.get(URL).json()["count"] == 1


def test_a_visitor_is_asked_to_sign_in(client: Client, proposal: Proposal) -> None:
    """[WF8] 401 with a sentence, no redirect to a page."""
    for answer in (client.get(URL), client.get(f"{URL}MB-2026-001/"), client.post(URL)):
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"]
        assert answer.json()["title"] == "Unauthorized"


def test_beginning_one(cast: Cast) -> None:
    """[PF10] [WF9] As on the page: the other half is asked."""
    concept_template()
    sent = {"workspace": "marlbeck-urgent-care", "title": "Fewer falls", "colleague": "BEN@marlbeck.example"}
    answer = as_(cast.amara).post(URL, sent, content_type="application/json")
    assert answer.status_code == 201
    made = Proposal.objects.get()
    assert made.reference == f"MB-{timezone.localdate().year}-001"
    assert answer["Location"] == f"{URL}{made.reference}/"
    assert answer.json()["abilities"]["edit"] == {
        "allowed": False,
        "reason": "Waiting for Ben Adeyemi to accept. Writing opens when you are both in.",
    }


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({}, "title", "This field is required."),
        ({"title": "x" * 161}, "title", "no more than 160"),
        ({"workspace": "thornby-surgery"}, "workspace", "You are not a member of such a workspace."),
        ({"colleague": "eve@marlbeck.example"}, "colleague", "No member of this workspace has this address."),
        ({"colleague": "nonsense"}, "colleague", "valid email"),
    ],
)
def test_wrong_input_names_its_fields(*, cast: Cast, sent: dict[str, str], field: str, words: str) -> None:
    """[WF8] 400 with a list for each field."""
    whole = {"workspace": "marlbeck-urgent-care", "title": "x", "colleague": "ben@marlbeck.example"}
    body = {**whole, **sent} if sent else {}
    answer = as_(cast.amara).post(URL, body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    problem = answer.json()
    assert problem["detail"]
    assert any(words in sentence for sentence in problem["errors"][field])
    assert not Proposal.objects.exists()


def test_a_rule_that_says_no(cast: Cast) -> None:
    """[WF8] 422 with the rule's own sentence."""
    concept_template()
    sent = {"workspace": "marlbeck-urgent-care", "title": "x", "colleague": "dele@marlbeck.example"}
    answer = as_(cast.amara).post(URL, sent, content_type="application/json")
    assert answer.status_code == 422
    assert "Dele Ogun is not a manager in this workspace." in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [("{", "application/json", 400), ("[1]", "application/json", 400), ("a", "text/csv", 415)],
)
def test_what_cannot_be_read(*, cast: Cast, body: str, kind: str, status: int) -> None:
    """[WF8] Broken JSON, the wrong shape, a foreign type: each a problem with a sentence."""
    answer = as_(cast.amara).generic("POST", URL, body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert answer.json()["detail"]


def test_what_is_not_offered(cast: Cast, proposal: Proposal) -> None:
    """[WF8] A method that does not exist here is a problem too."""
    answer = as_(cast.amara).delete(f"{URL}MB-2026-001/")
    assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM)


def test_pages_and_words(cast: Cast, pair: Pair) -> None:
    """[WF3] Limit, offset and search; no page is larger than 200."""
    for number in range(1, 6):
        make_proposal(pair, f"Idea {number}", f"MB-2026-10{number}")
    client = as_(cast.dele)
    page = client.get(URL, {"limit": 2, "offset": 2}).json()
    assert [each["title"] for each in page["results"]] == ["Idea 3", "Idea 2"]
    assert page["count"] == 5
    assert client.get(URL, {"words": "idea 104"}).json()["count"] == 1
    assert len(client.get(URL, {"limit": 10**9}).json()["results"]) == 5


def test_what_is_nested_without_end_is_refused(cast: Cast) -> None:
    """[WF8] A sentence and 400, not a failure of the server."""
    answer = as_(cast.amara).post("/api/proposals/", "[" * 200_000, content_type="application/json")
    assert (answer.status_code, answer.json()["detail"]) == (400, "What was sent is nested too deeply.")
