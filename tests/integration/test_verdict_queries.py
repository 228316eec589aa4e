"""What a verdict costs on a full case: every section written, with keys, a margin, conditions and a plan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from proposals.comments import services as comments
from proposals.comments.domain.threads import Kind as ThreadKind
from proposals.portfolio import services as portfolio
from proposals.portfolio.access import PAIR_PARTS, access_to
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.models import Document, Proposal
from proposals.review.domain.decisions import Said, Term
from proposals.review.domain.kinds import Kind
from proposals.workflow import services
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Plan
from proposals.workflow.selectors import verdict_of
from tests.moving import confirmed, grace, in_review, make_committee, submitted, written
from tests.people import Cast, as_
from tests.proposals import make_proposal
from workspaces.models import Person

pytestmark = pytest.mark.django_db
MOST = 12
# Who asks (session, person), the proposal with its pair, and what they are to it.
DOOR = 4


@pytest.fixture
def case(cast: Cast) -> Proposal:
    """All 22 sections, on the full route."""
    proposal = make_proposal(cast.pair)
    make_committee(cast)
    Proposal.objects.update(stage=Stage.BUSINESS_CASE)
    proposal.refresh_from_db()
    portfolio.open_document(proposal, Stage.BUSINESS_CASE, by=None)
    document = written(proposal)
    assert document.template.sections.count() == 22
    return proposal


def asked(document: Document, section: str, *, by: Person, blocking: bool) -> None:
    draft = comments.Draft(section=section, body="Why?", kind=ThreadKind.QUESTION, blocking=blocking)
    comments.open_thread(access_to(by, document.pk), draft, by=by)


def found(proposal: Proposal) -> Proposal:
    """As a page fetches it."""
    return Proposal.objects.select_related(*PAIR_PARTS).get(pk=proposal.pk)


def sent_back_and_half_done(proposal: Proposal, cast: Cast) -> None:
    """Handed in once and sent back with three requests; edited, confirmed by one, questions in the margin."""
    submitted(proposal, cast)
    services.send_back(proposal, [services.Change(f"Change {n}.") for n in range(3)], by=grace())
    document = Document.objects.get(proposal=proposal, stage=Stage.BUSINESS_CASE)
    keys = document.template.sections.values_list("key", flat=True)
    for nth, key in enumerate(keys):
        asked(document, key, by=cast.ben, blocking=nth % 2 == 0)
    confirmed(proposal, cast.amara)


def test_while_it_is_written(
    case: Proposal, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """[WF47] However much stands in it and beside it."""
    sent_back_and_half_done(case, cast)
    proposal = found(case)
    with django_assert_max_num_queries(MOST):
        verdict = verdict_of(proposal, Move.SUBMIT)
    assert verdict is not None
    assert {"request", "question"} <= {each.code for each in verdict.missing}
    client = as_(cast.ben)
    with django_assert_max_num_queries(MOST + DOOR):
        said = client.get(f"/api/proposals/{case.reference}/verdict/?move=submit").json()
    assert len(said["missing"]) == len(verdict.missing)


def test_before_it_starts(
    case: Proposal, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """[WF47] With a plan that was fixed and conditions that are not met."""
    in_review(case, cast)
    due = case.created_at.date().replace(year=case.created_at.year + 1, day=1)
    terms = tuple(Term(f"Condition {n}", cast.ben.pk, due, before_start=True) for n in range(5))
    said = Said(Kind.APPROVE_WITH_CONDITIONS, "The need is plain.", conditions=terms)
    services.decide(case, said, by=cast.chandra)
    assert Plan.objects.exists()
    proposal = found(case)
    with django_assert_max_num_queries(MOST):
        verdict = verdict_of(proposal)
    assert verdict is not None
    assert [each.code for each in verdict.missing] == ["condition"] * 5
    client = as_(cast.ben)
    with django_assert_max_num_queries(MOST + DOOR):
        client.get(f"/api/proposals/{case.reference}/verdict/")


def test_the_page_asks_once(case: Proposal, cast: Cast) -> None:
    """[WF47] The page to sign on reads the text, the keys and the margin once each."""
    confirmed(case, cast.amara, cast.ben)
    client = as_(cast.ben)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(f"/proposals/{case.reference}/sign-off/").status_code == 200
    for table in ("editing_rendering", "comments_thread", "workflow_signoff", "portfolio_section"):
        asked_of = [each for each in queries if f'FROM "{table}"' in each["sql"]]
        assert len(asked_of) == 1, table
