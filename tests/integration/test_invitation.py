"""/invitations/<token>/: what whoever holds the link can do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.people import PASSWORD, Cast, as_, make_person
from workspaces import selectors, services
from workspaces.domain.pairing import Side
from workspaces.models import Invitation, Person

NEW = {"name": "Noor Aziz", "title": "Registrar", "password": PASSWORD}


@pytest.fixture
def offer(cast: Cast) -> Invitation:
    return services.invite(cast.workspace, "noor@marlbeck.example", Side.CLINICIAN, by=cast.amara)


def link(offer: Invitation) -> str:
    return f"/invitations/{offer.token}/"


def test_it_works(cast: Cast, offer: Invitation) -> None:
    """[WS14]"""
    client = Client()
    html = client.get(link(offer)).content.decode()
    assert "Join Marlbeck Urgent Care" in html
    assert "You will sign in with noor@marlbeck.example" in html
    response = client.post(link(offer), NEW, follow=True)
    assert response.redirect_chain == [(f"/workspaces/{cast.workspace.slug}/", 302)]
    assert "You are now a member of Marlbeck Urgent Care" in response.content.decode()
    noor = Person.objects.get(email="noor@marlbeck.example")
    assert (noor.name, noor.check_password(PASSWORD)) == ("Noor Aziz", True)


def test_eve_gets_404(cast: Cast, offer: Invitation) -> None:
    """[WS10] Eve finds nothing at a guessed link, and cannot use one sent to somebody else."""
    assert as_(cast.eve).get("/invitations/guessed/").status_code == 404
    html = as_(cast.eve).get(link(offer)).content.decode()
    assert "it is not meant for you" in html
    response = as_(cast.eve).post(link(offer), {"title": ""})
    assert response.status_code == 403
    assert "signed in as eve@marlbeck.example" in response.content.decode()
    assert selectors.membership_of(cast.eve, cast.workspace) is None


def test_the_address_comes_from_the_invitation(cast: Cast, offer: Invitation) -> None:
    """[WS14]"""
    Client().post(link(offer), {**NEW, "email": "mallory@example.org", "is_staff": "1", "side": "manager"})
    assert not Person.objects.filter(email="mallory@example.org").exists()
    noor = Person.objects.get(email="noor@marlbeck.example")
    assert not noor.is_staff
    membership = selectors.membership_of(noor, cast.workspace)
    assert membership is not None
    assert (membership.side, membership.is_admin) == ("clinician", False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Enter your name."),
        ({"name": "N" * 121}, "at most 120"),
        ({"name": "N\x00r"}, "Null characters"),
        ({"title": "T" * 121}, "at most 120"),
        ({"password": ""}, "Choose a password."),
        ({"password": "short"}, "at least 10 characters"),
        ({"password": "1234567890"}, "too common"),
        ({"password": "noor@marlbeck.example"}, "too similar"),
    ],
)
def test_what_is_wrong_is_said(offer: Invitation, change: dict[str, str], words: str) -> None:
    response = Client().post(link(offer), {**NEW, **change})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Person.objects.filter(email="noor@marlbeck.example").exists()


def test_a_name_is_one_line_of_text(cast: Cast, offer: Invitation) -> None:
    """[WS24]"""
    client = Client()
    response = client.post(link(offer), {**NEW, "name": "  <b>Noor</b>\n Aziz "}, follow=True)
    assert Person.objects.get(email="noor@marlbeck.example").name == "<b>Noor</b> Aziz"
    html = response.content.decode()
    assert "<b>Noor" not in html
    assert "&lt;b&gt;Noor&lt;/b&gt; Aziz" in html


def test_somebody_with_an_account_signs_in_first(offer: Invitation) -> None:
    """[WS14]"""
    noor = make_person("Noor Aziz")
    html = Client().get(link(offer)).content.decode()
    assert "You already have an account" in html
    assert f"/accounts/login/?next=/invitations/{offer.token}/" in html
    response = Client().post(link(offer), {**NEW, "password": "taken-over-now"}, follow=True)
    assert "You already have an account" in response.content.decode()
    noor.refresh_from_db()
    assert noor.check_password(PASSWORD)


def test_somebody_signed_in_with_another_address_comes_back_signed_out(cast: Cast, offer: Invitation) -> None:
    client = as_(cast.eve)
    assert "Sign out and come back" in client.get(link(offer)).content.decode()
    response = client.post("/accounts/logout/", {"next": link(offer)}, follow=True)
    assert response.redirect_chain == [(link(offer), 302)]
    assert "You will sign in with noor@marlbeck.example" in response.content.decode()


def test_somebody_signed_in_accepts_with_one_button(cast: Cast, offer: Invitation) -> None:
    noor = make_person("Noor Aziz")
    client = as_(noor)
    assert "Choose a password" not in client.get(link(offer)).content.decode()
    assert client.post(link(offer), {"title": "T" * 121}).status_code == 422
    response = client.post(link(offer), {"title": "Registrar"})
    assert response["Location"] == f"/workspaces/{cast.workspace.slug}/"
    membership = selectors.membership_of(noor, cast.workspace)
    assert membership is not None
    assert membership.title == "Registrar"


def test_a_second_acceptance_leads_to_the_workspace(cast: Cast, offer: Invitation) -> None:
    """[WS13]"""
    client = Client()
    client.post(link(offer), NEW)
    for answer in (client.post(link(offer), NEW), client.get(link(offer))):
        assert answer["Location"] == f"/workspaces/{cast.workspace.slug}/"
    assert cast.workspace.memberships.filter(person__email=offer.email).count() == 1


def test_a_used_link_is_closed_to_everybody_else(cast: Cast, offer: Invitation) -> None:
    """[WS12]"""
    Client().post(link(offer), NEW)
    response = Client().get(link(offer))
    assert response.status_code == 410
    assert "has already been used" in response.content.decode()
    assert Client().post(link(offer), {**NEW, "name": "Mallory"}).status_code == 410


def test_expired_and_taken_back_links_say_whom_to_ask(cast: Cast, offer: Invitation) -> None:
    """[WS12]"""
    offer.expires_at = timezone.now() - timedelta(seconds=1)
    offer.save()
    response = Client().get(link(offer))
    assert response.status_code == 410
    assert "Ask Amara Okafor to send a new one" in response.content.decode()
    services.revoke_invitation(offer, by=cast.ben)
    assert "was taken back" in Client().get(link(offer)).content.decode()


def test_the_page_is_not_kept_by_caches(offer: Invitation) -> None:
    assert "no-store" in Client().get(link(offer))["Cache-Control"]
