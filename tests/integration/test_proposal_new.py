"""Beginning a proposal."""

from django.utils import timezone

from proposals.portfolio.models import Proposal, Template
from tests.people import Cast, as_, join, make_person, make_workspace
from tests.proposals import concept_template
from workspaces.domain.pairing import Side
from workspaces.models import Membership, Person

URL = "/proposals/new/"


def place(person: Person) -> Membership:
    return Membership.objects.get(person=person, ended_at=None)


def test_it_works(cast: Cast) -> None:
    """[PF10] [PF11] A title, a colleague, and one lands on the proposal's page."""
    concept_template()
    client = as_(cast.amara)
    page = client.get(URL).content.decode()
    assert "Ben Adeyemi, Service manager" in page
    assert "Chandra" not in page
    response = client.post(URL, {"title": "Fewer falls", "colleague": place(cast.ben).pk}, follow=True)
    proposal = Proposal.objects.get()
    assert response.redirect_chain == [(f"/proposals/{proposal.reference}/", 302)]
    assert proposal.reference == f"MB-{timezone.localdate().year}-001"
    assert (
        f"{proposal.reference} has begun. Ben Adeyemi has been asked to accept." in response.content.decode()
    )


def test_eve_gets_404(cast: Cast) -> None:
    """[PF1] [PF10] She can begin her own, but not with our colleagues; nothing of ours shows."""
    page = as_(cast.eve).get(URL).content.decode()
    assert "Ben Adeyemi" not in page
    response = as_(cast.eve).post(URL, {"title": "x", "colleague": place(cast.ben).pk})
    assert response.status_code == 422
    assert not Proposal.objects.exists()


def test_what_is_missing_is_said_by_field(cast: Cast) -> None:
    """[PF17] The summary leads to the field; what was typed stays."""
    response = as_(cast.amara).post(URL, {"title": "Kept words"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert 'href="#id_colleague' in page
    assert "Choose a colleague." in page
    assert 'value="Kept words"' in page
    assert "Write a title." in as_(cast.amara).post(URL, {"title": " "}).content.decode()


def test_neither_clinician_nor_manager(cast: Cast) -> None:
    """[PF17] Somebody of neither side reads whom to tell the idea to."""
    page = as_(cast.mags).get(URL).content.decode()
    assert "A proposal begins with a clinician and a manager" in page
    assert "Amara Okafor" in page
    assert "Begin the proposal" not in page
    assert as_(cast.mags).post(URL, {"title": "x", "colleague": place(cast.ben).pk}).status_code == 422


def test_nobody_of_the_other_side(cast: Cast) -> None:
    """[PF17] The way there is an invitation."""
    page = as_(cast.eve).get(URL).content.decode()
    assert 'href="/workspaces/thornby-surgery/invitations/"' in page
    assert "Invite a manager to Thornby Surgery" in page


def test_no_workspace_at_all(cast: Cast) -> None:
    """[PF17] Somebody without a workspace reads how to get into one."""
    assert "not a member of a workspace yet" in as_(make_person("Nora Lane")).get(URL).content.decode()


def test_no_template_in_force(cast: Cast) -> None:
    """[PF17] What the service lacks is said at the top of the form."""
    Template.objects.all().delete()
    response = as_(cast.amara).post(URL, {"title": "x", "colleague": place(cast.ben).pk})
    assert response.status_code == 422
    assert "No concept template is in force" in response.content.decode()


def test_colleagues_of_two_workspaces_are_told_apart(cast: Cast) -> None:
    """[PF10] The colleague decides the workspace."""
    concept_template()
    other = make_workspace("Marlbeck Birth Centre", "BC", "Marlbeck Trust")
    join(cast.amara, other, Side.CLINICIAN)
    colleague = join(make_person("Priya Nair"), other, Side.MANAGER)
    client = as_(cast.amara)
    page = client.get(URL).content.decode()
    assert "Ben Adeyemi, Service manager, Marlbeck Urgent Care" in page
    assert "Priya Nair, Marlbeck Birth Centre" in page
    client.post(URL, {"title": "Births", "colleague": colleague.pk})
    assert Proposal.objects.get().workspace == other


def test_many_colleagues_become_a_list(cast: Cast) -> None:
    """[PF17] More than eight are a list to open, not a wall of buttons."""
    for number in range(9):
        join(make_person(f"Manager{number} Lane"), cast.workspace, Side.MANAGER)
    page = as_(cast.amara).get(URL).content.decode()
    assert '<select class="nhsuk-select" id="id_colleague"' in page
