"""/proposals/<reference>/decision/: what the committee decided, by whom and with what."""

from datetime import timedelta

from django.utils import timezone

from proposals.portfolio.models import Proposal
from proposals.review.models import Decision
from tests.moving import grace, in_review, make_committee
from tests.people import Cast, as_


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[WF64] The chair records it; the page of the proposal shows it with its conditions; the stage moves."""
    make_committee(cast)
    in_review(proposal, cast)
    page = f"/proposals/{proposal.reference}/decision/"
    assert page in as_(cast.chandra).get(f"/proposals/{proposal.reference}/").content.decode()
    due = timezone.localdate() + timedelta(30)
    given = {
        "kind": "approve_with_conditions",
        "reasons": "Sound, once there is a rota.",
        "permissions": ["case"],
        "text_2": "A weekend rota",
    }
    refused = as_(cast.chandra).post(page, given)
    assert refused.status_code == 422
    assert "Condition 1: name who sees to it." in refused.content.decode()
    assert not Decision.objects.exists()
    given |= {
        "owner_2": str(cast.amara.pk),
        "due_2_day": str(due.day),
        "due_2_month": str(due.month),
        "due_2_year": str(due.year),
    }
    answer = as_(cast.chandra).post(page, given, follow=True)
    body = answer.content.decode()
    assert "Recorded: approved with conditions." in body
    assert "A weekend rota" in body
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.status) == ("business_case", "drafting")
    assert (
        "Sound, once there is a rota."
        in as_(cast.amara).get(f"/proposals/{proposal.reference}/").content.decode()
    )


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    assert as_(cast.eve).get(f"/proposals/{proposal.reference}/decision/").status_code == 404


def test_nobody_else_decides(cast: Cast, proposal: Proposal) -> None:
    """[WF64] Not a member, not the pair; and not before the papers are out."""
    make_committee(cast)
    in_review(proposal, cast)
    page = f"/proposals/{proposal.reference}/decision/"
    for person in (cast.amara, cast.dele):
        assert as_(person).post(page, {"kind": "decline", "reasons": "No."}).status_code == 403
    assert as_(grace()).post(page, {"kind": "decline", "reasons": "No room."}).status_code == 302
    assert as_(cast.chandra).post(page, {"kind": "decline", "reasons": "No."}).status_code == 422
