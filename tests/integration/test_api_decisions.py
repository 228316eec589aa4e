"""/api/decisions/: those one may see, and one of them."""

from proposals.portfolio.models import Proposal
from proposals.review import services
from proposals.review.domain.decisions import Said
from proposals.review.domain.kinds import Kind
from proposals.review.models import Decision
from tests.committees import lay_before, make_bench
from tests.people import Cast, as_, join, make_person
from workspaces.domain.pairing import Side
from workspaces.models import Seat


def decline(cast: Cast, proposal: Proposal) -> Decision:
    bench = make_bench(cast)
    return services.record_decision(
        proposal, lay_before(proposal, bench), Said(Kind.DECLINE, "No room."), by=bench.grace
    )


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[RV13] [RV9] The list, one by itself, and those of one proposal."""
    decision = decline(cast, proposal)
    for person in (cast.amara, cast.chandra, cast.dele):
        facts = as_(person).get("/api/decisions/").json()
        assert facts["count"] == 1
        (row,) = facts["results"]
        assert (row["kind"], row["reasons"], row["proposal"]) == ("decline", "No room.", proposal.reference)
        assert row["sha256"] == decision.version.sha256
        assert as_(person).get(row["url"]).json() == row
    assert as_(cast.amara).get("/api/decisions/?proposal=mb-2026-001").json()["count"] == 1
    assert as_(cast.amara).get("/api/decisions/?proposal=MB-2026-999").json()["count"] == 0


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[RV13]"""
    decision = decline(cast, proposal)
    assert as_(cast.eve).get("/api/decisions/").json()["count"] == 0
    assert as_(cast.eve).get(f"/api/decisions/{decision.pk}/").status_code == 404


def test_a_seat_is_enough(cast: Cast, proposal: Proposal) -> None:
    """[RV13]"""
    decision = decline(cast, proposal)
    assert as_(cast.mags).get(f"/api/decisions/{decision.pk}/").status_code == 404
    nia = make_person("Nia Pryce")
    join(nia, cast.elsewhere, Side.OTHER)
    assert as_(nia).get(f"/api/decisions/{decision.pk}/").status_code == 404
    Seat.objects.create(committee=decision.committee, person=nia, role="member")
    assert as_(nia).get(f"/api/decisions/{decision.pk}/").status_code == 200
