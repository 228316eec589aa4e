"""The board, as different people see it."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.editing.models import Epoch, Update
from proposals.portfolio import services
from proposals.portfolio.models import Document, Proposal
from tests.people import Cast, as_, join, make_person, make_workspace
from tests.proposals import concept_template, make_proposal, make_supporter
from workspaces.domain.pairing import Side
from workspaces.models import Membership, Pair, Person


def seen(person: Person, query: str = "") -> str:
    response = as_(person).get(f"/{query}")
    assert response.status_code == 200
    return response.content.decode()


def part(page: str, *, start: str, end: str) -> str:
    return page[page.index(start) : page.index(end)]


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[WF1] [WF4] Mine first, with whose turn it is."""
    page = seen(cast.amara)
    waiting = part(page, start="Waiting for you", end='role="search"')
    assert proposal.title in waiting
    assert "You and Ben Adeyemi are writing" in waiting
    assert proposal.reference in waiting


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[PF1] [WF3] The board is everybody's own: hers shows nothing of ours, found or listed."""
    assert proposal.title not in seen(cast.eve)
    assert proposal.reference not in seen(cast.eve, "?words=frailty")


def test_a_patient_partner_sees_what_they_support(cast: Cast, pair: Pair, proposal: Proposal) -> None:
    """[PF26] Neither listed nor found."""
    other = make_proposal(pair, "A quiet room", "MB-2026-002")
    make_supporter(other, cast.mags)
    assert other.title in seen(cast.mags)
    for query in ("", "?words=frailty", "?words=MB-2026"):
        assert proposal.title not in seen(cast.mags, query)


def test_a_visitor_signs_in(client: Client, db: None) -> None:
    """[PF1] Nothing without an account."""
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_request_waits_for_the_invited_half(cast: Cast, proposal: Proposal) -> None:
    """[WF1] [WF4] Before what one is writing already; for the one who asked it does not wait."""
    ben = Membership.objects.get(person=cast.ben)
    asked = services.propose(cast.workspace, "Fewer falls", ben, by=cast.amara)
    waiting = part(seen(cast.ben), start="Waiting for you", end='role="search"')
    assert "Amara Okafor asks you to write this together" in waiting
    assert waiting.index("Fewer falls") < waiting.index(proposal.title)
    page = seen(cast.amara)
    assert page.index("Fewer falls") > page.index('role="search"')
    assert "Waiting since today for Ben Adeyemi to accept" in page
    services.decline(asked, "Away.", by=cast.ben)
    waiting = part(seen(cast.amara), start="Waiting for you", end='role="search"')
    assert "The pair has ended. You can ask another colleague" in waiting


def test_the_patient_partner_has_a_turn_and_the_coach_has_not(cast: Cast, proposal: Proposal) -> None:
    """[WF1] Who writes with the pair sees it on top; who reads along sees it below."""
    make_supporter(proposal, cast.mags)
    make_supporter(proposal, cast.dele, "coach")
    assert "and so can you" in part(seen(cast.mags), start="Waiting for you", end='role="search"')
    assert "Nothing waits for you." in seen(cast.dele)
    assert proposal.title in seen(cast.dele)


def test_by_stage_withdrawn_last(cast: Cast, pair: Pair) -> None:
    """[WF2] In the order of the pathway."""
    for number, (title, stage) in enumerate(
        [("Oldest idea", "evaluation"), ("Second idea", "concept"), ("Third idea", "business_case")]
    ):
        proposal = make_proposal(pair, title, f"MB-2026-10{number}")
        Proposal.objects.filter(pk=proposal.pk).update(stage=stage)
    gone = make_proposal(pair, "Gone idea", "MB-2026-200")
    Proposal.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
    page = seen(cast.dele)
    order = ["Second idea", "Third idea", "Oldest idea", "Gone idea"]
    assert sorted(order, key=page.index) == order


def test_what_was_written_last_comes_first(cast: Cast, pair: Pair) -> None:
    """[WF2] A change of the text counts as a change."""
    old, new = make_proposal(pair, "Old idea", "MB-2026-101"), make_proposal(pair, "New idea", "MB-2026-102")
    epoch = Epoch.objects.create(document=Document.objects.get(proposal=old), head=1)
    Update.objects.create(epoch=epoch, seq=1, data=b"\0\0", by=cast.amara, at=timezone.now())
    page = seen(cast.dele)
    assert page.index(old.title) < page.index(new.title)


@pytest.mark.parametrize(
    ("words", "found"),
    [("frailty", True), ("DOOR front", True), ("mb-2026-001", True), ("frailty knees", False)],
)
def test_finding_by_words(*, cast: Cast, proposal: Proposal, words: str, found: bool) -> None:
    """[WF3] Every word in title or reference, in any case and order."""
    page = seen(cast.dele, f"?words={words}")
    assert (proposal.title in page) is found
    assert ("Nothing found" in page) is not found


def test_what_was_typed_is_shown_as_text(cast: Cast) -> None:
    """[WF3] The search box repeats what was typed, as text."""
    page = seen(cast.dele, "?words=<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_five_hundred_proposals(
    cast: Cast, pair: Pair, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """[WF2] Twenty on a page, and as many queries as for one."""
    template = concept_template()
    made = Proposal.objects.bulk_create(
        Proposal(
            workspace=pair.workspace,
            reference=f"MB-2026-{n:03d}",
            title=f"Idea {n}",
            pair=pair,
            created_by=cast.amara,
        )
        for n in range(1, 501)
    )
    Document.objects.bulk_create(Document(proposal=each, stage="concept", template=template) for each in made)
    for person in (cast.dele, cast.amara):
        client = as_(person)
        with django_assert_max_num_queries(15):
            page = client.get("/").content.decode()
        assert "Idea 500" in page
    assert as_(cast.dele).get("/").content.decode().count("coprod-card__title") == 20
    second = seen(cast.dele, "?page=2")
    assert "1 of 25" in second
    assert "3 of 25" in second
    assert seen(cast.dele, "?page=999&words=Idea").count("coprod-card__title") == 20
    assert seen(cast.dele, "?page=nonsense").count("coprod-card__title") == 20


def test_an_empty_workspace_says_what_to_do(cast: Cast) -> None:
    """[PF17] The first thing somebody sees is not a dead end."""
    page = seen(cast.amara)
    assert "There are no proposals here yet" in page
    assert 'href="/proposals/new/"' in page
    assert "Who could you tell your idea to?" in seen(cast.chandra)


def test_without_a_workspace(cast: Cast) -> None:
    """[PF17] Somebody who has not joined anything reads how to."""
    assert "not a member of a workspace yet" in seen(make_person("Nora Lane"))


def test_two_workspaces_are_told_apart(cast: Cast, proposal: Proposal) -> None:
    """[WF2] Who works in two places sees which is which."""
    other = make_workspace("Marlbeck Birth Centre", "BC", "Marlbeck Trust")
    join(cast.dele, other, Side.OTHER)
    assert "<li>Marlbeck Urgent Care</li>" in seen(cast.dele)
