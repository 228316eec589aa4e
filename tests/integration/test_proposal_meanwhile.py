"""The page of a proposal after its text has left the pair: whose turn it is, and what happens meanwhile."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.portfolio import services as portfolio
from proposals.portfolio.domain.stages import Status
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import Proposal
from proposals.review.domain.decisions import Said
from proposals.review.domain.kinds import Kind
from proposals.workflow import services
from proposals.workflow.domain.waits import MEANWHILE
from tests.moving import grace, in_review, make_committee, submitted
from tests.people import Cast, as_, join, make_person
from tests.threads import insert, write
from workspaces.audit import record
from workspaces.domain.pairing import Side
from workspaces.models import AuditEntry, Membership, Person

MOVED = [Status.TESTING, Status.MOBILISING, Status.LIVE, Status.PAUSED]


def seen(person: Person, proposal: Proposal) -> str:
    response = as_(person).get(f"/proposals/{proposal.reference}/")
    assert response.status_code == 200
    return response.content.decode()


def test_with_the_secretary(cast: Cast, proposal: Proposal) -> None:
    """[WF77] [WF71] The secretary gets a button, the pair the sentence, and both what was handed in."""
    make_committee(cast)
    submitted(proposal, cast)
    page = seen(grace(), proposal)
    assert "Waiting since today for you to take it in or send it back." in page
    assert page.index("take it in or send it back") < page.index("Take it in or send it back")
    for person in (cast.amara, cast.ben):
        page = seen(person, proposal)
        assert "Grace Lyle, secretary of the Investment committee, to take it in" in page
        assert MEANWHILE[Status.SUBMITTED] in page
        assert "screening" not in page


def test_sent_back(cast: Cast, proposal: Proposal) -> None:
    """[WF23] [WF35] The pair is led to what is missing; the secretary, who reads no draft, is only told."""
    make_committee(cast)
    submitted(proposal, cast)
    services.send_back(proposal, [services.Change("Say more.", "summary")], by=grace())
    write(proposal.documents.get(), insert("quite ", "say"), by=cast.ben, root="t:summary")
    link = f'href="/proposals/{proposal.reference}/confirmations/'
    for person, led in ((cast.amara, True), (grace(), False)):
        page = seen(person, proposal)
        assert "What the next step needs" in page
        assert (link in page) is led


def test_with_the_committee(cast: Cast, proposal: Proposal) -> None:
    """[WF77] The chair finds the decision's page; a colleague reads why the text stays hidden."""
    make_committee(cast)
    in_review(proposal, cast)
    assert f"/proposals/{proposal.reference}/decision/" in seen(cast.chandra, proposal)
    colleague = make_person("Nora Lane")
    join(colleague, cast.workspace, Side.OTHER)
    page = seen(colleague, proposal)
    assert "for the Investment committee to decide" in page
    assert "Drafts are seen only by the pair" in page


@pytest.mark.parametrize("status", MOVED)
def test_under_way(cast: Cast, proposal: Proposal, status: Status) -> None:
    """[WF77] No dead end for the pair: what happens now, what they can do, and the last text."""
    make_committee(cast)
    submitted(proposal, cast)
    Proposal.objects.filter(pk=proposal.pk).update(stage="implementation", status=status)
    page = seen(cast.amara, proposal)
    assert MEANWHILE[status] in page
    assert "There is no text to write" not in page
    assert "Read what was handed in</a>: the concept, version 1." in page


def test_what_is_closed_is_read_only(cast: Cast, proposal: Proposal) -> None:
    """[WF101] How it ended and by whom; no other title and no deputy, on the page or by whoever tries."""
    make_committee(cast)
    in_review(proposal, cast)
    services.decide(proposal, Said(Kind.DECLINE, "No money."), by=cast.chandra)
    for person in (cast.amara, cast.dele):
        page = seen(person, proposal)
        assert "How it ended" in page
        assert "What comes next" not in page
        assert f"Declined on {timezone.localdate():%-d %B %Y} by the Investment committee." in page
        assert "Change the title" not in page
        assert "deput" not in page.lower()
    for path, given in (("title/", {"title": "Other"}), ("deputies/", {"deputy": "1"})):
        refused = as_(cast.amara).post(f"/proposals/{proposal.reference}/{path}", given)
        assert refused.status_code == 403
        assert "This proposal is closed. What was written stays." in refused.content.decode()
    with pytest.raises(PermissionDenied, match="closed"):
        portfolio.rename(proposal, "Other", by=cast.amara)
    assert "Invite readers" in seen(cast.amara, proposal)
    portfolio.add_supporter(proposal, Membership.objects.get(person=cast.dele), Role.READER, by=cast.amara)


def test_older_days_are_folded(cast: Cast, proposal: Proposal) -> None:
    """[WF77] One day is shown whole; a few lines are not worth a fold."""
    for n in range(30):
        record(
            by=cast.amara,
            verb="rename",
            target=f"proposal:{proposal.pk}",
            workspace=proposal.workspace,
            old=f"Title {n}",
            new=f"Title {n + 1}",
        )
    page = seen(cast.amara, proposal)
    assert page.count("coprod-timeline__entry") == 1
    assert "Earlier:" not in page
    for back, entry in enumerate(AuditEntry.objects.order_by("-pk")):
        AuditEntry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=back))
    page = seen(cast.amara, proposal)
    assert page.count("coprod-timeline__entry") == 30
    assert "Earlier: 26 more" in page
    assert page.index("Title 30") < page.index("Earlier: 26 more") < page.index("from “Title 0”")
