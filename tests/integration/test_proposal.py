"""The page of a proposal."""

from datetime import timedelta

from django.utils import timezone

from proposals.portfolio import services
from proposals.portfolio.models import Proposal, Supporter
from tests.moving import put_away
from tests.people import Cast, as_, join, make_person
from tests.proposals import concept_template, make_supporter
from workspaces.domain.pairing import Side
from workspaces.models import Membership, Person
from workspaces.services import appoint_deputy


def seen(person: Person, proposal: Proposal) -> str:
    response = as_(person).get(f"/proposals/{proposal.reference}/")
    assert response.status_code == 200
    return response.content.decode()


def propose(cast: Cast) -> Proposal:
    concept_template()
    ben = Membership.objects.get(person=cast.ben)
    return services.propose(cast.workspace, "Fewer falls", ben, by=cast.amara)


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[WF5] [WF6] Reference, stage in words, both halves, and what to do."""
    make_supporter(proposal, cast.mags)
    page = seen(cast.amara, proposal)
    for words in (
        "MB-2026-001", proposal.title, 'aria-current="step"', "Patient-impact evaluation", "Clinician",
        "Manager", "Amara Okafor", "Ben Adeyemi", "Mags Doyle, patient partner", "Write the concept",
    ):  # fmt: skip
        assert words in page
    assert 'href="/proposals/MB-2026-001/concept/"' in page


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[PF1] Nothing there for her."""
    client = as_(cast.eve)
    assert client.get(f"/proposals/{proposal.reference}/").status_code == 404
    assert client.get("/proposals/MB-2026-999/").status_code == 404


def test_a_reader_learns_why_they_do_not_write(cast: Cast, proposal: Proposal) -> None:
    """[WF6] The reason, and the way to the text."""
    make_supporter(proposal, cast.dele, Supporter.READER)
    page = seen(cast.dele, proposal)
    assert "Only the pair, their deputies and their patient partner write here." in page
    assert 'href="/proposals/MB-2026-001/concept/text/"' in page
    assert "Write the concept" not in page
    assert "Withdraw this proposal" not in page


def test_a_colleague_learns_who_reads_the_draft(cast: Cast, proposal: Proposal) -> None:
    """[PF25] [WF6] Where the way to the text would be stands whom to ask; the history is there for all."""
    page = seen(cast.dele, proposal)
    assert "Ask Amara Okafor or Ben Adeyemi to add you." in page
    assert "/concept/" not in page
    put_away(proposal, "Merged.", cast.amara, cast.ben)
    page = seen(cast.dele, proposal)
    assert "Drafts are seen only by the pair and the people they invite.<" in page
    assert "Amara Okafor and Ben Adeyemi withdrew the proposal: Merged." in page


def test_a_patient_partner_sees_what_they_support(cast: Cast, proposal: Proposal) -> None:
    """[PF26] Before they are invited there is nothing."""
    assert as_(cast.mags).get(f"/proposals/{proposal.reference}/").status_code == 404
    make_supporter(proposal, cast.mags)
    assert "Write the concept" in seen(cast.mags, proposal)


def test_before_both_are_in(cast: Cast) -> None:
    """[WF5] [WF6] The invited half is offered the answer, the other reads for whom they wait."""
    proposal = propose(cast)
    assert "Asked, not answered yet" in seen(cast.amara, proposal)
    page = seen(cast.amara, proposal)
    assert "Waiting for Ben Adeyemi to accept. Writing opens when you are both in." in page
    assert page.count("Waiting for Ben Adeyemi to accept") == 1
    assert f'href="/proposals/{proposal.reference}/acceptance/"' in seen(cast.ben, proposal)


def test_after_a_no(cast: Cast) -> None:
    """[WF6] [WF7] The way on, and the reason for the pair alone."""
    proposal = propose(cast)
    services.decline(proposal, "Away from May.", by=cast.ben)
    assert "Ben Adeyemi said: Away from May." in seen(cast.amara, proposal)
    assert f'href="/proposals/{proposal.reference}/pair/"' in seen(cast.amara, proposal)
    assert "Away from May" not in seen(cast.dele, proposal)
    assert "Ben Adeyemi declined" in seen(cast.dele, proposal)


def test_withdrawn(cast: Cast, proposal: Proposal) -> None:
    """[WF6] [PF15] What was, and why it ended."""
    put_away(proposal, "Merged with another.", cast.amara, cast.ben)
    page = seen(cast.amara, proposal)
    assert "Merged with another." in page
    assert "Read the concept" in page
    assert "Change the title" not in page


def test_the_history_in_sentences(cast: Cast) -> None:
    """[WF7] Newest first, through a change of pair, deputies included."""
    proposal = propose(cast)
    services.decline(proposal, "No.", by=cast.ben)
    priya = join(make_person("Priya Nair"), cast.workspace, Side.MANAGER)
    proposal = Proposal.objects.get(pk=proposal.pk)
    services.pair_again(proposal, priya, by=cast.amara)
    services.accept(proposal, by=priya.person)
    services.rename(proposal, "No falls", by=cast.amara)
    stand_in = join(make_person("Sana Iqbal"), cast.workspace, Side.CLINICIAN)
    today = timezone.localdate()
    appoint_deputy(
        Proposal.objects.get(pk=proposal.pk).pair,
        stand_in,
        side=Side.CLINICIAN,
        starts_on=today,
        ends_on=today + timedelta(7),
        by=cast.amara,
    )
    page = seen(cast.dele, proposal)
    told = [
        "Amara Okafor made Sana Iqbal deputy from",
        "Amara Okafor changed the title from “Fewer falls” to “No falls”",
        "Priya Nair accepted",
        "Amara Okafor asked Priya Nair to go on together",
        "Ben Adeyemi declined",
        "Amara Okafor began the proposal and asked Ben Adeyemi to write it together",
    ]
    assert [words for words in told if words not in page] == []
    assert sorted(told, key=page.index) == told
    assert "Deputy Sana Iqbal" in page
