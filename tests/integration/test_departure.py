"""/workspaces/<slug>/members/<id>/departure/: ending a membership."""

from tests.people import Cast, as_
from workspaces import selectors, services
from workspaces.models import Membership, Person


def place(cast: Cast, person: Person) -> Membership:
    membership = selectors.membership_of(person, cast.workspace)
    assert membership is not None
    return membership


def address(cast: Cast, person: Person) -> str:
    return f"/workspaces/{cast.workspace.slug}/members/{place(cast, person).pk}/departure/"


def test_it_works(cast: Cast) -> None:
    """[WS15]"""
    client = as_(cast.amara)
    url = address(cast, cast.ben)
    html = client.get(url).content.decode()
    assert "End the membership of Ben Adeyemi?" in html
    assert "Amara Okafor and Ben Adeyemi" in html
    assert place(cast, cast.ben)
    html = client.post(url, follow=True).content.decode()
    assert "Ben Adeyemi is no longer a member" in html
    cast.pair.refresh_from_db()
    assert not cast.pair.stands
    assert client.post(url).status_code == 404


def test_eve_gets_404(cast: Cast) -> None:
    """[WS1]"""
    client = as_(cast.eve)
    assert client.get(address(cast, cast.ben)).status_code == 404
    assert client.post(address(cast, cast.ben)).status_code == 404
    forged = f"/workspaces/{cast.elsewhere.slug}/members/{place(cast, cast.ben).pk}/departure/"
    assert client.post(forged).status_code == 404
    assert place(cast, cast.ben)


def test_one_may_leave_oneself(cast: Cast) -> None:
    client = as_(cast.dele)
    url = address(cast, cast.dele)
    assert "Leave Marlbeck Urgent Care?" in client.get(url).content.decode()
    assert client.post(url)["Location"] == "/"
    assert client.get(f"/workspaces/{cast.workspace.slug}/").status_code == 404


def test_others_are_told_why_not(cast: Cast) -> None:
    """[WS9]"""
    client = as_(cast.mags)
    for response in (client.get(address(cast, cast.ben)), client.post(address(cast, cast.ben))):
        assert response.status_code == 403
        assert "look after this workspace" in response.content.decode()


def test_the_last_one_who_can_invite_is_told_first(cast: Cast) -> None:
    """[WS16]"""
    services.end_membership(place(cast, cast.ben), by=cast.ben)
    client = as_(cast.amara)
    url = address(cast, cast.amara)
    html = client.get(url).content.decode()
    assert "Nobody else looks after this workspace" in html
    assert "nhsuk-button--warning" not in html
    assert client.post(url).status_code == 422
    assert place(cast, cast.amara)
