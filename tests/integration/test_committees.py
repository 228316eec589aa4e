"""/committees/ and below: mine, the desk of one, its seats, and meeting a condition."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.portfolio.models import Proposal
from proposals.review import services
from proposals.review.domain.decisions import Said, Term
from proposals.review.domain.kinds import Kind, Permission
from proposals.review.models import Condition
from tests.committees import Bench, lay_before, make_bench
from tests.people import Cast, as_, join, make_person
from tests.proposals import make_proposal
from workspaces.domain.pairing import Side
from workspaces.models import Person, Seat

DESK = "/committees/investment/"


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return make_bench(cast)


def seen(person: Person, path: str = DESK) -> str:
    response = as_(person).get(path)
    assert response.status_code == 200
    return response.content.decode()


def decided(cast: Cast, bench: Bench, proposal: Proposal) -> Condition:
    said = Said(
        Kind.APPROVE_WITH_CONDITIONS,
        "Sound, once there is a rota.",
        permissions=frozenset({Permission.CASE}),
        conditions=(Term("A weekend rota", cast.amara.pk, timezone.localdate()),),
    )
    version = lay_before(proposal, bench)
    return services.record_decision(proposal, version, said, by=cast.chandra).conditions.get()


def test_it_works(cast: Cast, bench: Bench, proposal: Proposal) -> None:
    """[RV14] What lies on the desk, by what it waits for; who sits here."""
    lay_before(proposal, bench, status="submitted")
    page = seen(bench.grace)
    assert page.index("Waits for the secretary (1)") < page.index(proposal.title)
    assert page.index(proposal.title) < page.index("To be given a day")
    assert "Nothing waits for a decision." in page
    assert "<strong>Chandra Rao</strong>, chair" in page
    assert "£500,000 revenue and £500,000 capital" in page
    assert "goes to Trust board" in page


def test_eve_gets_404(cast: Cast, bench: Bench, proposal: Proposal) -> None:
    """[RV3]"""
    condition = decided(cast, bench, proposal)
    for path in (DESK, f"{DESK}seats/", f"/conditions/{condition.pk}/discharge/", "/committees/trust-board/"):
        assert as_(cast.eve).get(path).status_code == 404
    assert "Investment committee" not in seen(cast.eve, "/committees/")


def test_whoever_gives_the_seats_sees_no_more(cast: Cast, bench: Bench) -> None:
    """[RV3] Amara looks after the workspace, and writes: the desk is not hers."""
    assert "You give its seats" in seen(cast.amara, "/committees/")
    assert as_(cast.amara).get(DESK).status_code == 403
    assert "Give the seat" in seen(cast.amara, f"{DESK}seats/")
    assert "Give the seat" not in seen(cast.dele, f"{DESK}seats/")
    assert "You are in the chair" in seen(cast.chandra, "/committees/")
    assert "You do not sit on a committee" in seen(cast.mags, "/committees/")


def test_giving_and_ending_a_seat(cast: Cast, bench: Bench) -> None:
    """[RV1] [RV2]"""
    nia = make_person("Nia Pryce")
    join(nia, cast.workspace, Side.OTHER)
    page = f"{DESK}seats/"
    assert as_(cast.dele).post(page, {"person": nia.pk, "role": "member"}).status_code == 403
    assert as_(cast.amara).post(page, {"person": nia.pk}).status_code == 422
    refused = as_(cast.amara).post(page, {"person": nia.pk, "role": "chair"})
    assert refused.status_code == 422
    assert "Chandra Rao has the chair" in refused.content.decode()
    answer = as_(cast.amara).post(page, {"person": nia.pk, "role": "member"}, follow=True)
    assert "Nia Pryce is now member of Investment committee" in answer.content.decode()
    seat = Seat.objects.get(person=nia)
    assert as_(cast.dele).post(f"{page}{seat.pk}/ending/").status_code == 403
    assert as_(cast.amara).post(page, {"person": nia.pk, "role": "member"}).status_code == 422
    assert as_(nia).post(f"{page}{seat.pk}/ending/").status_code == 302
    assert as_(nia).get(DESK).status_code == 404


def test_nobody_seats_themselves_or_a_stranger(cast: Cast, bench: Bench) -> None:
    """[RV1] [RV2]"""
    for person in (cast.amara, cast.eve):
        given = {"person": person.pk, "role": "member"}
        assert as_(cast.amara).post(f"{DESK}seats/", given).status_code == 422
    assert not Seat.objects.filter(person__in=[cast.amara, cast.eve]).exists()


def test_a_condition_is_met(cast: Cast, bench: Bench, proposal: Proposal) -> None:
    """[RV11] [RV12] Overdue ones first, for the chair and the secretary; a member cannot say so."""
    condition = decided(cast, bench, proposal)
    Condition.objects.update(due=timezone.localdate() - timedelta(1))
    page = seen(bench.grace)
    assert page.index("Conditions that are overdue") < page.index("Waits for the secretary")
    assert "Conditions that are overdue" not in seen(cast.dele)
    address = f"/conditions/{condition.pk}/discharge/"
    assert address in page
    assert as_(cast.dele).get(address).status_code == 403
    assert as_(bench.grace).post(address, {"evidence": ""}).status_code == 422
    answer = as_(bench.grace).post(address, {"evidence": "The rota of 1 December."}, follow=True)
    assert "Condition 1 is met." in answer.content.decode()
    assert "as Grace Lyle recorded: The rota of 1 December." in seen(bench.grace, address)


def test_a_full_desk(cast: Cast, bench: Bench, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """[RV14]"""
    for number in range(40):
        made = make_proposal(cast.pair, f"Idea {number}", f"MB-2026-1{number:02d}")
        status = ("submitted", "screened", "scheduled", "in_review")[number % 4]
        Proposal.objects.filter(pk=made.pk).update(committee=bench.committee, status=status)
    client = as_(bench.grace)
    with django_assert_max_num_queries(15):
        page = client.get(DESK).content.decode()
    assert page.count("coprod-card__title") == 40
