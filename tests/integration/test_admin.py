"""/admin/: the site administration's view of people."""

from datetime import date

import pytest

from proposals.portfolio.models import DelegationLimit
from tests.people import PASSWORD, Cast, as_
from workspaces import services
from workspaces.domain.pairing import Side
from workspaces.models import AuditEntry, Membership, Organisation, Person


@pytest.fixture
def root(cast: Cast) -> Person:
    return Person.objects.create_superuser("root@marlbeck.example", PASSWORD, name="Rosa Root")


@pytest.mark.parametrize(
    "model", ["person", "organisation", "workspace", "membership", "invitation", "auditentry"]
)
def test_it_works(cast: Cast, root: Person, model: str) -> None:
    services.invite(cast.workspace, "noor@marlbeck.example", Side.CLINICIAN, by=cast.amara)
    assert as_(root).get(f"/admin/workspaces/{model}/").status_code == 200


def test_eve_gets_404(cast: Cast) -> None:
    """Everybody without the right is sent away; the administration's existence is no secret."""
    response = as_(cast.eve).get("/admin/workspaces/person/")
    assert response.status_code == 302
    assert as_(cast.eve).get(response["Location"]).status_code == 403


def test_a_person_is_made_and_placed(cast: Cast, root: Person) -> None:
    client = as_(root)
    facts = {
        "email": "noor@marlbeck.example",
        "name": "Noor Aziz",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    assert client.get("/admin/workspaces/person/add/").status_code == 200
    assert client.post("/admin/workspaces/person/add/", facts).status_code == 302
    noor = Person.objects.get(email="noor@marlbeck.example")
    assert noor.check_password(PASSWORD)
    assert client.get(f"/admin/workspaces/person/{noor.pk}/change/").status_code == 200
    place = {"workspace": cast.workspace.pk, "person": noor.pk, "side": "clinician", "title": "Registrar"}
    assert client.post("/admin/workspaces/membership/add/", place).status_code == 302
    assert Membership.objects.filter(person=noor, workspace=cast.workspace).exists()


def test_an_organisation_is_made(root: Person) -> None:
    facts = {"name": "Third Trust", "slug": "third-trust"}
    assert as_(root).post("/admin/workspaces/organisation/add/", facts).status_code == 302
    assert Organisation.objects.filter(name="Third Trust").exists()


def test_a_limit_is_a_dated_row(root: Person) -> None:
    """[PF42] A new one beside the old; two of one level on one day are refused with a sentence."""
    facts = {"level": "division", "revenue": 90_000, "capital": 50_000, "source": "Scheme of delegation"}
    address = "/admin/portfolio/delegationlimit/add/"
    client = as_(root)
    assert client.get("/admin/portfolio/delegationlimit/").status_code == 200
    assert client.post(address, {**facts, "valid_from": "2027-04-01"}).status_code == 302
    again = client.post(address, {**facts, "valid_from": "2027-04-01"})
    assert again.status_code == 200
    assert DelegationLimit.objects.filter(valid_from=date(2027, 4, 1)).count() == 1


def test_the_record_is_read_only(cast: Cast, root: Person) -> None:
    """[WS19]"""
    services.end_pair(cast.pair, by=cast.ben)
    entry = AuditEntry.objects.get()
    client = as_(root)
    page = f"/admin/workspaces/auditentry/{entry.pk}"
    assert "end_pair" in client.get(f"{page}/change/").content.decode()
    assert client.post(f"{page}/change/", {"verb": "nothing"}).status_code == 403
    assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    assert client.post("/admin/workspaces/auditentry/add/", {"verb": "x"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"}
    client.post("/admin/workspaces/auditentry/", bulk)
    entry.refresh_from_db()
    assert entry.verb == "end_pair"


def test_links_of_invitations_are_not_shown(cast: Cast, root: Person) -> None:
    """[WS10]"""
    row = services.invite(cast.workspace, "noor@marlbeck.example", Side.CLINICIAN, by=cast.amara)
    html = as_(root).get(f"/admin/workspaces/invitation/{row.pk}/change/").content.decode()
    assert "noor@marlbeck.example" in html
    assert row.token not in html
