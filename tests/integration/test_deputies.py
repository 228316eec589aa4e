"""Deputies of a pair."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from proposals.portfolio.access import may_write
from proposals.portfolio.models import Proposal
from tests.people import Cast, as_, join, make_person
from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Membership

URL = "/proposals/MB-2026-001/deputies/"


def days(first: date, last: date) -> dict[str, int]:
    named = {"starts_on": first, "ends_on": last}
    return {
        f"{name}_{part}": getattr(day, part)
        for name, day in named.items()
        for part in ("day", "month", "year")
    }


@pytest.fixture
def priya(cast: Cast) -> Membership:
    return join(make_person("Priya Nair"), cast.workspace, Side.MANAGER)


def test_it_works(cast: Cast, proposal: Proposal, priya: Membership) -> None:
    """[PF6] Appointed between two days, shown to all, ended early by the one stood in for."""
    client = as_(cast.ben)
    assert "Priya Nair" in client.get(URL).content.decode()
    today = timezone.localdate()
    sent = {"deputy": priya.pk, **days(today, today + timedelta(7))}
    page = client.post(URL, sent, follow=True).content.decode()
    assert "Priya Nair stands in for you from" in page
    document = proposal.documents.get()
    assert may_write(priya.person_id, document.pk)
    assert "Priya Nair" in as_(cast.dele).get(URL).content.decode()
    ending = f"{URL}{Deputy.objects.get().pk}/ending/"
    assert as_(cast.dele).post(ending).status_code == 403
    assert "no longer stands in" in client.post(ending, follow=True).content.decode()
    assert not may_write(priya.person_id, document.pk)
    assert client.post(ending).status_code == 404


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[PF1] Not even who is away."""
    assert as_(cast.eve).get(URL).status_code == 404
    assert as_(cast.eve).post(URL, {}).status_code == 404
    assert as_(cast.eve).post(f"{URL}1/ending/").status_code == 404


def test_days_that_do_not_work(cast: Cast, proposal: Proposal, priya: Membership) -> None:
    """[PF17] What is wrong with the days is said in words."""
    client = as_(cast.ben)
    today = timezone.localdate()
    backwards = {"deputy": priya.pk, **days(today, today - timedelta(1))}
    response = client.post(URL, backwards)
    assert response.status_code == 422
    assert "The last day cannot be before the first day." in response.content.decode()
    unreal = {**backwards, "ends_on_day": 31, "ends_on_month": 2}
    assert "Write a real day" in client.post(URL, unreal).content.decode()
    assert "Write a day" in client.post(URL, {"deputy": priya.pk}).content.decode()
    assert not Deputy.objects.exists()


def test_others_read_why_they_cannot(cast: Cast, proposal: Proposal, priya: Membership) -> None:
    """[PF2] [PF7] The list for all, the form for the halves."""
    page = as_(cast.dele).get(URL).content.decode()
    assert "Only the clinician and the manager of the pair can do this." in page
    assert as_(cast.dele).post(URL, {"deputy": priya.pk}).status_code == 403


def test_no_colleague_of_the_same_side(cast: Cast, proposal: Proposal) -> None:
    """[PF17] Who could supply one is said."""
    assert "There is no other clinician in this workspace." in as_(cast.amara).get(URL).content.decode()
