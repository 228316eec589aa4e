"""The pages of a route: six questions, the route they lead to, and a secretary's change."""

from collections.abc import Callable

import pytest

from proposals.portfolio.models import Proposal, Triage
from tests.people import Cast, as_
from workspaces.models import AuditEntry, Committee, Person, Seat

NOTHING = dict.fromkeys(("recurrent", "capital", "care", "staff", "data", "organisations"), "no")
Seated = Callable[[Person], Person]


def page(proposal: Proposal, name: str = "triage") -> str:
    return f"/proposals/{proposal.reference}/{name}/"


@pytest.fixture
def secretary(cast: Cast) -> Person:
    """Chandra, of the trust's committee and a member of the workspace."""
    committee = Committee.objects.create(
        organisation=cast.workspace.organisation, name="Investment committee", slug="investment"
    )
    Seat.objects.create(committee=committee, person=cast.chandra, role=Seat.SECRETARY)
    return cast.chandra


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[PF40] No script; the page explains the result and what the route asks for."""
    client = as_(cast.amara)
    html = client.get(page(proposal)).content.decode()
    assert "No route has been chosen yet." in html
    assert html.count("<legend") == 6
    response = client.post(page(proposal), NOTHING, follow=True)
    html = response.content.decode()
    assert "The route is “Test”" in html
    assert "It needs no new money and changes nothing outside your team." in html
    assert "a log of your tests" in html
    assert "£100,000" in html
    proposal.refresh_from_db()
    assert proposal.route == "A"
    assert "On the route “Test”" in client.get(f"/proposals/{proposal.reference}/").content.decode()
    assert client.get(f"/api/proposals/{proposal.reference}/").json()["route"] == "A"
    assert AuditEntry.objects.get(verb="triage").facts == {"route": "A"}


def test_the_newest_answers_count(cast: Cast, proposal: Proposal) -> None:
    """[PF40] Answers can be changed while the concept is written; the old ones stay as rows."""
    client = as_(cast.ben)
    client.post(page(proposal), NOTHING)
    client.post(page(proposal), NOTHING | {"recurrent": "yes", "recurrent_amount": "£80k"})
    proposal.refresh_from_db()
    assert proposal.route == "B"
    assert [row.route for row in Triage.objects.order_by("pk")] == ["A", "B"]
    html = client.get(page(proposal)).content.decode()
    assert "The money is within what the divisional board may decide." in html
    assert 'value="£80k"' in html


def test_what_is_missing_is_said_by_field(cast: Cast, proposal: Proposal) -> None:
    """[PF40] 422, and nothing is written."""
    response = as_(cast.amara).post(
        page(proposal), NOTHING | {"care": "", "recurrent": "yes", "recurrent_amount": "some"}
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "Choose yes, no or not sure." in html
    assert "Write pounds in figures, for example 25,000." in html
    assert not Triage.objects.exists()


def test_others_of_the_workspace_read_it(cast: Cast, proposal: Proposal) -> None:
    """[PF40] And are told why they cannot answer."""
    client = as_(cast.dele)
    assert (
        "Only the clinician and the manager of the pair can do this."
        in client.get(page(proposal)).content.decode()
    )
    assert client.post(page(proposal), NOTHING).status_code == 403
    assert not Triage.objects.exists()


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[PF1]"""
    assert as_(cast.eve).get(page(proposal)).status_code == 404
    assert as_(cast.eve).get(page(proposal, "route")).status_code == 404


def test_once_the_concept_is_handed_in_the_answers_stay(cast: Cast, proposal: Proposal) -> None:
    """[PF41]"""
    Proposal.objects.filter(pk=proposal.pk).update(status="submitted")
    client = as_(cast.amara)
    assert "The route is chosen while the concept is written." in client.get(page(proposal)).content.decode()
    assert client.post(page(proposal), NOTHING).status_code == 403


def test_a_secretary_sets_another_route_with_a_reason(
    cast: Cast, proposal: Proposal, secretary: Person
) -> None:
    """[PF41] The pair reads it, and their answers do not bring the old one back."""
    as_(cast.amara).post(page(proposal), NOTHING)
    client = as_(secretary)
    assert "Set another route" in client.get(page(proposal)).content.decode()
    refused = client.post(page(proposal, "route"), {"route": "C", "reason": ""})
    assert (refused.status_code, Triage.objects.count()) == (422, 1)
    same = client.post(page(proposal, "route"), {"route": "A", "reason": "As it is."})
    assert "The proposal is on this route already." in same.content.decode()
    client.post(page(proposal, "route"), {"route": "C", "reason": "It is new here, and people will ask."})
    proposal.refresh_from_db()
    assert proposal.route == "C"
    html = as_(cast.amara).get(page(proposal)).content.decode()
    assert "It is new here, and people will ask." in html
    assert "The answers had suggested “Test”." in html
    assert "The committee&#x27;s secretary has set the route." in html
    assert as_(cast.amara).post(page(proposal), NOTHING).status_code == 403
    history = as_(cast.amara).get(f"/proposals/{proposal.reference}/").content.decode()
    assert "changed the route to “Full case”: It is new here" in history


def test_nobody_else_sets_a_route(cast: Cast, proposal: Proposal, secretary: Person) -> None:
    """[PF41] Neither a member nor a secretary of another trust, nor one for a proposal of their own."""
    assert as_(cast.dele).get(page(proposal, "route")).status_code == 403
    Seat.objects.filter(person=secretary).update(person=cast.amara)
    assert as_(cast.amara).get(page(proposal, "route")).status_code == 403
    assert as_(cast.chandra).post(page(proposal, "route"), {"route": "B", "reason": "x"}).status_code == 403
    assert not Triage.objects.exists()
