"""Going on with another colleague after a pair has ended."""

import pytest

from proposals.portfolio import services
from proposals.portfolio.models import Proposal
from tests.people import Cast, as_, join, make_person
from workspaces.domain.pairing import Side
from workspaces.services import end_pair

URL = "/proposals/MB-2026-001/pair/"


@pytest.fixture
def ended(cast: Cast, proposal: Proposal) -> Proposal:
    end_pair(proposal.pair, by=cast.ben, reason="A new job.")
    return proposal


def test_it_works(cast: Cast, ended: Proposal) -> None:
    """[PF13] The reason is shown, the newcomer is asked."""
    priya = join(make_person("Priya Nair"), cast.workspace, Side.MANAGER)
    client = as_(cast.amara)
    assert "A new job." in client.get(URL).content.decode()
    assert client.post(URL, {}).status_code == 422
    response = client.post(URL, {"colleague": priya.pk}, follow=True)
    assert "Priya Nair has been asked to accept." in response.content.decode()
    assert Proposal.objects.get(pk=ended.pk).pair.manager == priya


def test_eve_gets_404(cast: Cast, ended: Proposal) -> None:
    """[PF1] Not hers to see."""
    assert as_(cast.eve).get(URL).status_code == 404
    assert as_(cast.eve).post(URL, {}).status_code == 404


def test_only_after_the_end(cast: Cast, proposal: Proposal) -> None:
    """[PF2] [PF13] While the pair lasts nobody is replaced."""
    response = as_(cast.amara).get(URL)
    assert response.status_code == 403
    assert "This pair has not ended." in response.content.decode()


def test_nobody_else_to_ask(cast: Cast, ended: Proposal) -> None:
    """[PF17] Where nobody is left, the way is an invitation."""
    services.rename(ended, "Alone", by=cast.amara)
    end = cast.workspace.memberships.get(person=cast.ben)
    end.ended_at = ended.created_at
    end.save()
    assert 'href="/workspaces/marlbeck-urgent-care/invitations/"' in as_(cast.amara).get(URL).content.decode()
