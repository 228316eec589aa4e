"""Putting a proposal away."""

from proposals.portfolio.models import Proposal
from tests.people import Cast, as_

URL = "/proposals/MB-2026-001/withdrawal/"


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[PF15] Said to be final, then final."""
    client = as_(cast.amara)
    assert "This cannot be undone" in client.get(URL).content.decode()
    page = client.post(URL, {"reason": "Merged with another."}, follow=True).content.decode()
    assert "MB-2026-001 has been withdrawn." in page
    assert Proposal.objects.get().withdrawn_at
    response = client.get(URL)
    assert response.status_code == 403
    assert "This proposal has been withdrawn." in response.content.decode()


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[PF1] Not hers."""
    assert as_(cast.eve).get(URL).status_code == 404
    assert as_(cast.eve).post(URL, {"reason": "x"}).status_code == 404
    assert Proposal.objects.get().withdrawn_at is None


def test_a_reason_is_needed(cast: Cast, proposal: Proposal) -> None:
    """[PF15] Nobody is left guessing."""
    response = as_(cast.amara).post(URL, {"reason": "  "})
    assert response.status_code == 422
    assert "Write the reason in a sentence or two." in response.content.decode()
    assert Proposal.objects.get().withdrawn_at is None


def test_only_the_halves(cast: Cast, proposal: Proposal) -> None:
    """[PF2] [PF7] Others get the reason."""
    assert as_(cast.dele).get(URL).status_code == 403
