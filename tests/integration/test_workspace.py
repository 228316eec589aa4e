"""/workspaces/<slug>/: the people of a workspace."""

import pytest
from django.test import Client
from django.utils.html import escape

from tests.people import Cast, as_, join, make_person, make_workspace
from workspaces import services
from workspaces.domain.pairing import Side


def page(client: Client, slug: str, *, status: int = 200) -> str:
    response = client.get(f"/workspaces/{slug}/")
    assert response.status_code == status
    return response.content.decode()


def test_it_works(cast: Cast) -> None:
    html = page(as_(cast.amara), cast.workspace.slug)
    for name in ("Amara Okafor", "Ben Adeyemi", "Mags Doyle", "Chandra Rao", "Dele Ogun"):
        assert name in html
    for side in ("Clinician", "Manager", "Patient partner", "Other colleague"):
        assert side in html
    assert "Service manager" in html
    assert "No invitations are waiting" in html
    assert "Leave this workspace" in html


def test_eve_gets_404(cast: Cast) -> None:
    """[WS1]"""
    page(as_(cast.eve), cast.workspace.slug, status=404)


def test_visitors_are_asked_to_sign_in(cast: Cast) -> None:
    response = Client().get(f"/workspaces/{cast.workspace.slug}/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


def test_those_who_look_after_it_see_the_form(cast: Cast) -> None:
    """[WS9]"""
    assert "Send invitation" in page(as_(cast.ben), cast.workspace.slug)
    html = page(as_(cast.mags), cast.workspace.slug)
    assert "Send invitation" not in html
    assert "End membership" not in html
    assert "ask a member who looks after this workspace" in html


def test_waiting_invitations_are_listed(cast: Cast) -> None:
    services.invite(cast.workspace, "noor@marlbeck.example", Side.CLINICIAN, by=cast.amara)
    html = page(as_(cast.ben), cast.workspace.slug)
    assert "noor@marlbeck.example" in html
    assert "Invited by Amara Okafor" in html
    assert "Take back" in html
    assert "Take back" not in page(as_(cast.dele), cast.workspace.slug)


def test_the_link_of_an_invitation_is_nobodys_to_copy(cast: Cast) -> None:
    """[WS10]"""
    row = services.invite(cast.workspace, "noor@marlbeck.example", Side.CLINICIAN, by=cast.amara)
    assert row.token not in page(as_(cast.amara), cast.workspace.slug)


def test_an_empty_workspace_says_what_to_do_next(cast: Cast) -> None:
    place = make_workspace("Quiet Ward", "QW", "Marlbeck Trust")
    join(cast.amara, place, Side.CLINICIAN, is_admin=True)
    assert "You are the only member so far" in page(as_(cast.amara), place.slug)
    join(cast.dele, place, Side.OTHER)
    assert "There is no manager here yet" in page(as_(cast.amara), place.slug)
    join(cast.ben, place, Side.MANAGER)
    assert "here yet" not in page(as_(cast.amara), place.slug)


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7|add:7 }}"]
)
def test_names_are_text(cast: Cast, name: str) -> None:
    """[WS24]"""
    cast.dele.name = name
    cast.dele.save()
    mallory = make_person("Mallory Quill")
    join(mallory, cast.workspace, Side.OTHER, title=name)
    html = page(as_(cast.amara), cast.workspace.slug)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert html.count(escape(name)) == 3
