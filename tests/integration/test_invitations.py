"""/workspaces/<slug>/invitations/: inviting people and taking invitations back."""

import pytest
from django.test import Client

from tests.people import Cast, as_
from tests.post import delivered
from workspaces import services
from workspaces.domain.pairing import Side
from workspaces.models import Invitation, Person


def address(cast: Cast) -> str:
    return f"/workspaces/{cast.workspace.slug}/invitations/"


def revocation(cast: Cast, invitation: Invitation) -> str:
    return f"{address(cast)}{invitation.pk}/revocation/"


@pytest.fixture
def waiting(cast: Cast) -> Invitation:
    return services.invite(cast.workspace, "noor@marlbeck.example", Side.CLINICIAN, by=cast.amara)


@pytest.mark.django_db(transaction=True)
def test_it_works(cast: Cast) -> None:
    facts = {"email": "Noor@Marlbeck.example", "side": "manager"}
    response = as_(cast.amara).post(address(cast), facts, follow=True)
    assert response.redirect_chain == [(f"/workspaces/{cast.workspace.slug}/", 302)]
    assert "on its way to noor@marlbeck.example" in response.content.decode()
    row = Invitation.objects.get()
    assert (row.email, row.side, row.invited_by) == ("noor@marlbeck.example", "manager", cast.amara)
    assert f"http://testserver/invitations/{row.token}/" in str(delivered()[0].body)


def test_eve_gets_404(cast: Cast, waiting: Invitation) -> None:
    """[WS1]"""
    client = as_(cast.eve)
    facts = {"email": "eve@marlbeck.example", "side": "manager"}
    assert client.get(address(cast)).status_code == 404
    assert client.post(address(cast), facts).status_code == 404
    assert client.get(revocation(cast, waiting)).status_code == 404
    assert client.post(revocation(cast, waiting)).status_code == 404


def test_the_list_is_part_of_the_workspace(cast: Cast) -> None:
    assert as_(cast.mags).get(address(cast))["Location"] == f"/workspaces/{cast.workspace.slug}/"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Enter the email address of the person you invite"),
        ({"email": "not an address", "side": "manager"}, "in the right format"),
        ({"email": "a" * 250 + "@marlbeck.example", "side": "manager"}, "at most 254"),
        ({"email": "noor@marlbeck.example\r\nBcc: x@example.org", "side": "manager"}, "in the right format"),
        ({"email": "noor@marlbeck.example"}, "Choose which side they join on"),
        ({"email": "noor@marlbeck.example", "side": "chief"}, "valid choice"),
        ({"email": "<script>@marlbeck.example", "side": "manager"}, "in the right format"),
        ({"email": "mags@marlbeck.example", "side": "manager"}, "already a member"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(cast: Cast, facts: dict[str, str], words: str) -> None:
    response = as_(cast.amara).post(address(cast), facts)
    assert response.status_code == 422
    html = response.content.decode()
    assert "There is a problem" in html
    assert words in html
    assert "<script>@" not in html
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("who", ["mags", "chandra"])
def test_others_are_told_why_not(cast: Cast, waiting: Invitation, who: str) -> None:
    """[WS9]"""
    person: Person = getattr(cast, who)
    client = as_(person)
    for response in (
        client.post(address(cast), {"email": "x@marlbeck.example", "side": "manager"}),
        client.get(revocation(cast, waiting)),
        client.post(revocation(cast, waiting)),
    ):
        assert response.status_code == 403
        assert "look after this workspace" in response.content.decode()
    waiting.refresh_from_db()
    assert waiting.revoked_at is None


def test_taking_back_asks_first(cast: Cast, waiting: Invitation) -> None:
    client = as_(cast.ben)
    assert (
        "Take back the invitation to noor@marlbeck.example?"
        in client.get(revocation(cast, waiting)).content.decode()
    )
    waiting.refresh_from_db()
    assert waiting.revoked_at is None
    html = client.post(revocation(cast, waiting), follow=True).content.decode()
    assert "no longer works" in html
    assert client.post(revocation(cast, waiting)).status_code == 404


def test_an_invitation_of_another_workspace_is_out_of_reach(cast: Cast, waiting: Invitation) -> None:
    """[WS1]"""
    forged = f"/workspaces/{cast.elsewhere.slug}/invitations/{waiting.pk}/revocation/"
    assert as_(cast.eve).post(forged).status_code == 404
    waiting.refresh_from_db()
    assert waiting.revoked_at is None


def test_a_form_from_another_site_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.amara)
    facts = {"email": "x@marlbeck.example", "side": "manager"}
    assert client.post(address(cast), facts).status_code == 403
    assert not Invitation.objects.exists()
