"""A decline looked at again: asked once and in time, answered by the chair of the committee above."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.review.domain.decisions import Said
from proposals.review.domain.kinds import Kind
from proposals.workflow import services
from proposals.workflow.domain.days import after
from proposals.workflow.models import Reconsideration, Transition
from proposals.workflow.selectors import last_day_to_ask
from proposals.workflow.services import BadInput, GateShut
from tests.moving import grace, in_review, make_committee, stage_of
from tests.people import Cast, as_, make_person
from workspaces.domain.refusals import RefusedError
from workspaces.models import Committee, News, Person, Seat

HERE = "/proposals/MB-2026-001/"
DECLINED = (Stage.CLOSED, Status.DECLINED)


@pytest.fixture
def hana(cast: Cast) -> Person:
    """In the chair of the board above, and no member of the workspace."""
    committee = make_committee(cast)
    board = Committee.objects.create(organisation=committee.organisation, name="Trust board", slug="board")
    Committee.objects.filter(pk=committee.pk).update(parent=board)
    hana = make_person("Hana Kovac")
    Seat.objects.create(committee=board, person=hana, role=Seat.CHAIR)
    return hana


@pytest.fixture
def declined(cast: Cast, hana: Person, proposal: Proposal) -> Proposal:
    in_review(proposal, cast)
    services.decide(proposal, Said(Kind.DECLINE, "There is no money."), by=cast.chandra)
    News.objects.all().delete()
    proposal.refresh_from_db()
    return proposal


def page(person: Person, rest: str = "", given: Mapping[str, object] | None = None) -> str:
    client = as_(person)
    answer = client.get(HERE + rest) if given is None else client.post(HERE + rest, given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(cast: Cast, declined: Proposal, hana: Person) -> None:
    """[WF95] [WF96] Asked, granted, and before the board as it was handed in, which decides on it."""
    assert "Ask the committee above to look at it again" in page(cast.ben)
    first = page(cast.ben, "reconsideration/")
    assert "There is no money." in first
    assert "The chair of the Trust board answers." in first
    given = {"ground": "new_fact", "text": "The region pays for it."}
    assert "The chair of the committee above has been told." in page(cast.ben, "reconsideration/", given)
    assert "Ask the committee above" not in page(cast.ben)
    assert "The region pays for it." not in page(cast.dele)
    news = as_(hana).get("/news/").content.decode()
    assert "Ben Adeyemi asks you to look again" in news
    assert "Decide whether it is looked at again" in page(hana)
    assert as_(hana).get(f"{HERE}concept/versions/1/").status_code == 200
    assert as_(hana).get(f"{HERE}concept/text/").status_code == 403
    assert "A new fact:" in page(hana, "reconsideration/")
    page_after = page(hana, "reconsideration/", {"granted": "yes", "answer": "That is new."})
    assert "You have answered." in page_after
    assert stage_of(declined) == (Stage.CONCEPT, Status.IN_REVIEW)
    assert declined.committee == Committee.objects.get(slug="board")
    row = Transition.objects.get(move="reconsider")
    assert (row.number, row.by, row.reason) == (23, hana, "That is new.")
    for person in (cast.amara, cast.ben, cast.chandra, grace()):
        assert News.objects.filter(person=person).latest("pk").text == "That is new."
    assert "Hana Kovac lets the committee above look at it again: That is new." in page(cast.amara)


def test_a_no_leaves_it_closed(cast: Cast, declined: Proposal, hana: Person) -> None:
    """[WF96] With reasons, once; the pair reads them, and cannot ask again."""
    services.ask_again(declined, "process", "We were not heard.", by=cast.amara)
    refused = as_(hana).post(f"{HERE}reconsideration/", {"granted": "no", "answer": " "})
    assert refused.status_code == 422
    page(hana, "reconsideration/", {"granted": "no", "answer": "You were heard."})
    assert stage_of(declined) == DECLINED
    assert "the decline stands" in page(cast.amara, "reconsideration/")
    assert "Hana Kovac let the decline stand: You were heard." in page(cast.amara)
    with pytest.raises(RefusedError, match="has been answered"):
        services.reconsider(declined, "After all.", granted=True, by=hana)
    with pytest.raises(RefusedError, match="once only"):
        services.ask_again(declined, "process", "Again.", by=cast.ben)


def test_until_the_twentieth_working_day(cast: Cast, declined: Proposal, hana: Person) -> None:
    """[WF95] On that day still, on the next not any more."""
    today = timezone.localdate()
    start = today - timedelta(days=60)
    while after(start, 20) < today:
        start += timedelta(days=1)
    decline = Transition.objects.filter(move="decline")
    decline.update(at=timezone.now() - (today - start))
    assert last_day_to_ask(declined) == after(start, 20)
    past = start
    while after(past, 20) >= today:
        past -= timedelta(days=1)
    decline.update(at=timezone.now() - (today - past))
    assert last_day_to_ask(declined) is None
    with pytest.raises(RefusedError, match="They are over"):
        services.ask_again(declined, "process", "We were not heard.", by=cast.amara)
    assert "Nobody has asked for this in time" in page(cast.amara, "reconsideration/")


def test_what_a_request_needs(cast: Cast, declined: Proposal) -> None:
    """[WF95] A ground that there is, words, and a committee above."""
    with pytest.raises(BadInput, match="ground"):
        services.ask_again(declined, "anger", "It is unfair.", by=cast.amara)
    with pytest.raises(BadInput, match="what it was"):
        services.ask_again(declined, "process", " ", by=cast.amara)
    Committee.objects.update(parent=None)
    with pytest.raises(GateShut, match="no committee above"):
        services.ask_again(declined, "process", "We were not heard.", by=cast.amara)
    assert not Reconsideration.objects.exists()


def test_who_asks_and_who_answers(cast: Cast, declined: Proposal, hana: Person) -> None:
    """[WF95] [WF96] The pair and that chair, nobody else; and the chair sees nothing that is not declined."""
    services.ask_again(declined, "process", "We were not heard.", by=cast.amara)
    for person in (cast.amara, cast.chandra, cast.dele):
        with pytest.raises(PermissionDenied):
            services.reconsider(declined, "Yes.", granted=True, by=person)
    with pytest.raises(PermissionDenied):
        services.ask_again(declined, "process", "For them.", by=cast.dele)
    assert as_(cast.eve).get(f"{HERE}reconsideration/").status_code == 404
    Proposal.objects.update(stage=Stage.CONCEPT, status=Status.IN_REVIEW)
    assert as_(hana).get(HERE).status_code == 404
