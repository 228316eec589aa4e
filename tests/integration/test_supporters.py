"""The patient partner, the coach and the readers."""

from proposals.portfolio.access import may_write
from proposals.portfolio.models import Proposal, Supporter
from tests.people import Cast, as_
from tests.proposals import make_supporter
from workspaces.models import Membership, Person

URL = "/proposals/MB-2026-001/supporters/"


def place(person: Person) -> int:
    return Membership.objects.get(person=person).pk


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[PF16] Added by one half, removed by the other."""
    sent = {"person": place(cast.mags), "role": "patient_partner"}
    page = as_(cast.amara).post(URL, sent, follow=True).content.decode()
    assert "Mags Doyle is now the patient partner." in page
    document = proposal.documents.get()
    assert may_write(cast.mags.pk, document.pk)
    assert "Mags Doyle" in as_(cast.dele).get(URL).content.decode()
    ending = f"{URL}{Supporter.objects.get().pk}/ending/"
    page = as_(cast.ben).post(ending, follow=True).content.decode()
    assert "Mags Doyle is no longer the patient partner." in page
    assert not may_write(cast.mags.pk, document.pk)
    assert as_(cast.ben).post(ending).status_code == 404


def test_a_reader_reads_along(cast: Cast, proposal: Proposal) -> None:
    """[PF16] [PF24] Invited, listed after the others, and out again the moment they are removed."""
    text = f"/proposals/{proposal.reference}/concept/text/"
    make_supporter(proposal, cast.mags)
    assert as_(cast.dele).get(text).status_code == 403
    sent = {"person": place(cast.dele), "role": "reader"}
    page = as_(cast.ben).post(URL, sent, follow=True).content.decode()
    assert "Dele Ogun is now a reader." in page
    assert page.index("<strong>Mags Doyle</strong>") < page.index("<strong>Dele Ogun</strong>, reader")
    assert as_(cast.dele).get(text).status_code == 200
    assert not may_write(cast.dele.pk, proposal.documents.get().pk)
    page = as_(cast.amara).get(f"/proposals/{proposal.reference}/").content.decode()
    assert "Ben Adeyemi made Dele Ogun a reader" in page
    ending = f"{URL}{Supporter.objects.get(role='reader').pk}/ending/"
    assert "Dele Ogun is no longer a reader." in as_(cast.amara).post(ending, follow=True).content.decode()
    assert as_(cast.dele).get(text).status_code == 403
    assert (
        "Amara Okafor ended the part of Dele Ogun as reader"
        in as_(cast.dele).get(f"/proposals/{proposal.reference}/").content.decode()
    )


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[PF1] Not hers to see or to change."""
    made = make_supporter(proposal, cast.mags)
    assert as_(cast.eve).get(URL).status_code == 404
    assert as_(cast.eve).post(URL, {}).status_code == 404
    assert as_(cast.eve).post(f"{URL}{made.pk}/ending/").status_code == 404


def test_a_part_that_does_not_suit(cast: Cast, proposal: Proposal) -> None:
    """[PF16] The rule's sentence stands at the top of the form."""
    response = as_(cast.amara).post(URL, {"person": place(cast.dele), "role": "patient_partner"})
    assert response.status_code == 422
    assert "did not join as a patient partner" in response.content.decode()
    response = as_(cast.amara).post(URL, {})
    assert "Choose a part." in response.content.decode()


def test_others_read_why_they_cannot(cast: Cast, proposal: Proposal) -> None:
    """[PF2] [PF7] Not even the patient partner chooses who else stands there."""
    made = make_supporter(proposal, cast.mags)
    client = as_(cast.mags)
    assert "Only the clinician and the manager of the pair can do this." in client.get(URL).content.decode()
    assert client.post(URL, {"person": place(cast.dele), "role": "coach"}).status_code == 403
    assert client.post(f"{URL}{made.pk}/ending/").status_code == 403
