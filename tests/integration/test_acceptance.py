"""The invited half answers."""

import pytest

from proposals.portfolio import services
from proposals.portfolio.access import may_write
from proposals.portfolio.models import Proposal
from tests.people import Cast, as_
from tests.proposals import concept_template
from workspaces.models import Membership


@pytest.fixture
def asked(cast: Cast) -> Proposal:
    concept_template()
    ben = Membership.objects.get(person=cast.ben)
    return services.propose(cast.workspace, "Fewer falls", ben, by=cast.amara)


def url(proposal: Proposal) -> str:
    return f"/proposals/{proposal.reference}/acceptance/"


def test_it_works(cast: Cast, asked: Proposal) -> None:
    """[PF13] Yes, and writing is open."""
    client = as_(cast.ben)
    assert "Amara Okafor asks you to write this proposal together" in client.get(url(asked)).content.decode()
    response = client.post(url(asked), {"answer": "accept"}, follow=True)
    assert "You are both in." in response.content.decode()
    assert may_write(cast.amara.pk, asked.documents.get().pk)


def test_eve_gets_404(cast: Cast, asked: Proposal) -> None:
    """[PF1] Neither the question nor the answer is hers."""
    assert as_(cast.eve).get(url(asked)).status_code == 404
    assert as_(cast.eve).post(url(asked), {"answer": "accept"}).status_code == 404


def test_no_needs_a_reason(cast: Cast, asked: Proposal) -> None:
    """[PF13] A no without a word is asked again; with one, the pair ends."""
    client = as_(cast.ben)
    response = client.post(url(asked), {"answer": "decline"})
    assert response.status_code == 422
    assert "Say in a sentence why not" in response.content.decode()
    assert client.post(url(asked), {}).status_code == 422
    assert client.post(url(asked), {"answer": "decline", "reason": "Away."}).status_code == 302
    assert Proposal.objects.get().pair.ended_at


@pytest.mark.parametrize("who", ["amara", "dele"])
def test_nobody_answers_for_another(cast: Cast, asked: Proposal, who: str) -> None:
    """[PF2] [PF7] The page says who can; the answer is refused with the same sentence."""
    client = as_(getattr(cast, who))
    assert "Only Ben Adeyemi can accept." in client.get(url(asked)).content.decode()
    response = client.post(url(asked), {"answer": "accept"})
    assert response.status_code == 403
    assert "Only Ben Adeyemi can accept." in response.content.decode()
    assert Proposal.objects.get().pair.manager_accepted_at is None


def test_too_late(cast: Cast, asked: Proposal) -> None:
    """[PF2] After the answer there is no second one."""
    services.accept(asked, by=cast.ben)
    assert "Both have accepted already." in as_(cast.ben).get(url(asked)).content.decode()
    assert as_(cast.ben).post(url(asked), {"answer": "decline", "reason": "x"}).status_code == 403
