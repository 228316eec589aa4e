"""A committee reads what was handed in to it, by page and by JSON, and never a draft."""

from django.urls import reverse

from proposals.editing import services as editing
from proposals.portfolio.models import Proposal
from proposals.workflow.models import Submission
from tests.moving import grace, make_committee, submitted, written
from tests.people import Cast, as_
from tests.threads import insert, write
from workspaces.models import Person


def status(person: Person, path: str) -> int:
    return as_(person).get(path).status_code


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[WF70] From the proposal's page to the words, for the chair, the secretary and a member."""
    make_committee(cast)
    submitted(proposal, cast)
    version = Submission.objects.get().version
    page = reverse("version", args=[proposal.reference, "concept", version.number])
    for person in (cast.chandra, cast.dele, grace()):
        shown = as_(person).get(f"/proposals/{proposal.reference}/").content.decode()
        assert "Read what was handed in" in shown
        assert page in shown
        words = as_(person).get(page).content.decode()
        assert "What we say about in a few words." in words
        assert "What has changed since" not in words
        whole = as_(person).get(f"/api/versions/{version.sha256}/")
        assert whole.json()["sha256"] == version.sha256
    assert page in as_(grace()).get(f"/proposals/{proposal.reference}/screening/").content.decode()


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    make_committee(cast)
    submitted(proposal, cast)
    version = Submission.objects.get().version
    assert status(cast.eve, reverse("version", args=[proposal.reference, "concept", version.number])) == 404
    assert status(cast.eve, f"/api/versions/{version.sha256}/") == 404


def test_a_draft_stays_with_its_pair(cast: Cast, proposal: Proposal) -> None:
    """[WF70] Nothing before it is handed in; then only what was, not what the pair kept for themselves."""
    make_committee(cast)
    written(proposal)
    document = proposal.documents.get()
    own = editing.name_version(document, "Between us", by=cast.amara)
    write(document, insert("now ", "say"), by=cast.ben)
    at = [proposal.reference, "concept"]
    assert status(cast.chandra, reverse("versions", args=at)) == 403
    submitted(proposal, cast)
    handed_in = Submission.objects.get().version
    listed = as_(cast.chandra).get(reverse("versions", args=at)).content.decode()
    assert "Between us" not in listed
    assert "The text as it is now" not in listed
    assert status(cast.chandra, reverse("version", args=[*at, own.number])) == 403
    assert status(cast.chandra, f"/api/versions/{own.sha256}/") == 403
    assert status(cast.chandra, reverse("redline", args=[*at, handed_in.number, "now"])) == 403
    assert status(cast.chandra, reverse("redline", args=[*at, own.number, handed_in.number])) == 403
    found = as_(cast.chandra).get(f"/api/proposals/{proposal.reference}/versions/").json()
    assert [each["number"] for each in found] == [handed_in.number]
    for path in ("text", "editor"):
        assert status(cast.chandra, reverse(path, args=at)) == 403
    assert "Between us" in as_(cast.ben).get(reverse("versions", args=at)).content.decode()
