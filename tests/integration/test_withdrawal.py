"""Putting a proposal away, on pages."""

from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.workflow.models import Consent
from tests.moving import put_away, stage_of
from tests.people import Cast, as_
from tests.proposals import make_supporter
from workspaces.models import Membership, Pair, Person
from workspaces.services import end_membership

URL = "/proposals/MB-2026-001/withdrawal/"
HERE = "/proposals/MB-2026-001/"


def page(person: Person, given: dict[str, object] | None = None, *, path: str = URL) -> str:
    client = as_(person)
    answer = client.get(path) if given is None else client.post(path, given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[PF15] [WF80] [WF82] Said to be final; asked, agreed, and then it is."""
    assert "Once they agree, this cannot be undone" in page(cast.amara)
    said = page(cast.amara, {"reason": "Merged with another."})
    assert "It waits for your colleague, and stays open until then." in said
    assert "You asked for this on" in page(cast.amara)
    assert "Amara Okafor wants to withdraw this proposal." in page(cast.ben, path=HERE)
    assert "wants to withdraw this proposal" not in page(cast.amara, path=HERE)
    assert "Merged with another." in page(cast.ben)
    agreed = page(cast.ben, {"seen": Consent.objects.get().pk, "answer": "agree"})
    assert "MB-2026-001 has been withdrawn." in agreed
    assert "Amara Okafor and Ben Adeyemi withdrew the proposal: Merged with another." in agreed
    assert '<span class="coprod-steps__state">Withdrawn</span>' in agreed
    assert agreed.count('coprod-steps__state">Not reached') == 3
    assert 'href="/proposals/MB-2026-001/concept/text/"' in agreed
    assert 'href="/proposals/MB-2026-001/concept/threads/"' in agreed
    assert stage_of(proposal) == (Stage.CLOSED, Status.WITHDRAWN)
    response = as_(cast.amara).get(URL)
    assert response.status_code == 403
    assert "This proposal has been withdrawn." in response.content.decode()


def test_kept_with_a_reason(cast: Cast, proposal: Proposal) -> None:
    """[WF80] A no without a reason is refused beside its field; with one, it stays open."""
    page(cast.amara, {"reason": "Merged."})
    given: dict[str, object] = {"seen": Consent.objects.get().pk, "answer": "keep"}
    refused = as_(cast.ben).post(URL, given)
    assert refused.status_code == 422
    assert "Write the reason in a sentence or two." in refused.content.decode()
    assert "stays open. Your colleague can read why." in page(
        cast.ben, given | {"reason": "It is not ready."}
    )
    told = page(cast.amara, path=HERE)
    assert "Ben Adeyemi wanted to keep it: It is not ready." in told
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)


def test_taken_back(cast: Cast, proposal: Proposal) -> None:
    """[WF80] And an answer to what is not asked any more says so."""
    page(cast.amara, {"reason": "Merged."})
    seen = Consent.objects.get().pk
    assert "MB-2026-001 stays open." in page(cast.amara, {"take_back": "yes"})
    for late in (seen, "none"):
        answer = as_(cast.ben).post(URL, {"seen": late, "answer": "agree"})
        assert answer.status_code == 422
        assert "Your colleague no longer asks for this" in answer.content.decode()
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)


def test_the_board_says_by_whom(cast: Cast, proposal: Proposal) -> None:
    """[WF101] Both asked and agreed; a wish that was taken back is nobody's word."""
    put_away(proposal, "Merged.", cast.amara)
    page(cast.amara, {"take_back": "yes"})
    put_away(proposal, "Merged.", cast.ben, cast.amara)
    for path in ("/?stage=withdrawn", HERE):
        assert "by Amara Okafor and Ben Adeyemi" in page(cast.dele, path=path)


def test_the_board_names_the_one(cast: Cast, proposal: Proposal) -> None:
    """[WF101] Whose word was enough, because the other has left."""
    put_away(proposal, "Merged.", cast.ben)
    page(cast.ben, {"take_back": "yes"})
    end_membership(Membership.objects.get(person=cast.ben), by=cast.ben)
    put_away(proposal, "It is over.", cast.amara)
    assert "by Amara Okafor</p>" in page(cast.dele, path="/?stage=withdrawn")


def test_why_is_between_the_two(cast: Cast, proposal: Proposal) -> None:
    """[WF83] Until it is done; then everybody reads it."""
    make_supporter(proposal, cast.mags)
    put_away(proposal, "We quarrel.", cast.amara)
    for person in (cast.dele, cast.mags):
        told = page(person, path=HERE)
        assert "Amara Okafor wanted to withdraw it" in told
        assert "We quarrel." not in told
    put_away(proposal, "We quarrel.", cast.ben)
    assert "We quarrel." in page(cast.dele, path=HERE)


def test_alone_before_the_other_accepts(cast: Cast, proposal: Proposal) -> None:
    """[WF81] The page says that it happens at once."""
    Pair.objects.update(manager_accepted_at=None)
    assert "This cannot be undone" in page(cast.amara)
    assert "has been withdrawn" in page(cast.amara, {"reason": "Not now."})


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
    assert not Consent.objects.exists()


def test_only_the_halves(cast: Cast, proposal: Proposal) -> None:
    """[PF2] [PF7] Others get the reason."""
    assert as_(cast.dele).get(URL).status_code == 403
