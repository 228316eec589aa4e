"""Another title."""

from proposals.portfolio.models import Proposal
from tests.people import Cast, as_
from tests.proposals import make_supporter

URL = "/proposals/MB-2026-001/title/"


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[PF14] Either half; the page begins with the present title."""
    client = as_(cast.ben)
    assert f'value="{proposal.title}"' in client.get(URL).content.decode()
    page = client.post(URL, {"title": "Frailty at the door"}, follow=True).content.decode()
    assert "The title has been changed." in page
    assert Proposal.objects.get().title == "Frailty at the door"


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[PF1] Not hers."""
    assert as_(cast.eve).get(URL).status_code == 404
    assert as_(cast.eve).post(URL, {"title": "x"}).status_code == 404


def test_others_hear_why_not(cast: Cast, proposal: Proposal) -> None:
    """[PF2] [PF7] Members and the patient partner get the reason."""
    make_supporter(proposal, cast.mags)
    for person in (cast.dele, cast.mags):
        response = as_(person).post(URL, {"title": "x"})
        assert response.status_code == 403
        assert "Only the clinician and the manager of the pair can do this." in response.content.decode()


def test_a_title_has_a_length(cast: Cast, proposal: Proposal) -> None:
    """[PF14] Too long or empty is said."""
    response = as_(cast.ben).post(URL, {"title": "x" * 161})
    assert response.status_code == 422
    assert "The title can have 160 characters at most." in response.content.decode()
