"""The board once proposals have left their writers: whose turn it is, and that words and order agree."""

from datetime import timedelta
from itertools import cycle

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.portfolio.domain.stages import Status
from proposals.portfolio.models import Document, Proposal
from proposals.workflow.domain.moves import LEGAL
from proposals.workflow.models import Launch, Transition
from proposals.workflow.selectors import board_of, points_of, turn_of
from proposals.workflow.selectors.bank_holidays import working_days_between
from tests.moving import grace, in_review, make_committee, submitted
from tests.people import Cast, as_, join, make_pair, make_person, make_workspace
from tests.proposals import concept_template, make_proposal, make_supporter
from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Membership, Pair, Person, Seat


def world(pair: Pair, count: int, reference: str = "MB-2026-{:03d}") -> list[Proposal]:
    """Proposals at every state that there is, before the committee where one has them."""
    committee = Seat.objects.filter(role=Seat.CHAIR).first()
    made = Proposal.objects.bulk_create(
        Proposal(
            workspace=pair.workspace,
            reference=reference.format(n),
            title=f"Idea {n}",
            pair=pair,
            created_by=pair.proposed_by,
            stage=state.stage.value,
            status=state.status.value,
            committee=committee.committee if committee and state.status != Status.DRAFTING else None,
        )
        for n, state in zip(range(1, count + 1), cycle(sorted(LEGAL)), strict=False)
    )
    template = concept_template()
    Document.objects.bulk_create(Document(proposal=each, stage="concept", template=template) for each in made)
    return made


def waiting(person: Person) -> str:
    page = as_(person).get("/").content.decode()
    return page[page.index("Waiting for you") : page.index('role="search"')]


def test_the_secretary_then_the_chair(cast: Cast, proposal: Proposal) -> None:
    """[WF71] What was handed in stands first for the secretary, with how long it has waited."""
    make_committee(cast)
    submitted(proposal, cast)
    week_ago = timezone.now() - timedelta(days=7)
    Transition.objects.filter(proposal=proposal, move="submit").update(at=week_ago)
    days = working_days_between(timezone.localdate(week_ago), timezone.localdate())
    sentence = f"Waiting {days} working days for you to take it in or send it back"
    assert sentence in waiting(grace())
    assert "Nothing waits for you." in waiting(cast.chandra)
    page = as_(cast.amara).get("/").content.decode()
    assert (
        f"Waiting {days} working days for Grace Lyle, secretary of the Investment committee, to take" in page
    )
    assert "Nothing waits for you." in waiting(cast.amara)


def test_a_committee_reads_of_it_from_another_workspace(cast: Cast, proposal: Proposal) -> None:
    """[WF71] Who sits on the committee and works elsewhere in the trust finds what waits for them."""
    make_committee(cast)
    in_review(proposal, cast)
    Membership.objects.filter(person=cast.chandra).delete()
    join(cast.chandra, make_workspace("Marlbeck Birth Centre", "BC", "Marlbeck Trust"), Side.OTHER)
    assert proposal.title in waiting(cast.chandra)
    page = as_(cast.chandra).get("/").content.decode()
    assert page.count(proposal.title) == 1


def test_nobody_decides_on_their_own(cast: Cast, proposal: Proposal) -> None:
    """[WF71] [WF35] A chair who reads along has a part in it: it does not wait for them."""
    make_committee(cast)
    in_review(proposal, cast)
    make_supporter(proposal, cast.chandra, "reader")
    assert proposal.title not in waiting(cast.chandra)
    assert proposal.title in waiting(grace())


def test_words_and_order_agree(cast: Cast, pair: Pair) -> None:
    """[WF71] [WF1] For everybody and at every state: first stands exactly what says that it is theirs."""
    make_committee(cast)
    made = world(pair, len(LEGAL))
    today = timezone.localdate()
    live = next(each for each in made if each.status == Status.LIVE)
    Launch.objects.create(proposal=live, live_on=today - timedelta(200), review_on=today)
    clinician, manager = pair.clinician, pair.manager
    asked = make_pair(clinician, manager, stands=False)
    left = make_pair(clinician, manager)
    Pair.objects.filter(pk=left.pk).update(ended_at=timezone.now())
    for n, (other, status) in enumerate([(asked, "drafting"), (left, "drafting"), (left, "submitted")]):
        proposal = make_proposal(other, f"Other {n}", f"MB-2027-{n:03d}")
        Proposal.objects.filter(pk=proposal.pk).update(status=status)
    deputy = join(make_person("Dana Price"), pair.workspace, Side.CLINICIAN)
    term = {"starts_on": today, "ends_on": today, "appointed_by": cast.amara}
    Deputy.objects.create(pair=pair, side="clinician", membership=deputy, **term)
    for each in made:
        make_supporter(each, cast.mags)
    writers = {cast.mags, deputy.person}
    seen = list(Proposal.objects.order_by("pk"))
    for person in (cast.amara, cast.ben, cast.chandra, cast.dele, grace(), *writers):
        points = points_of(seen, person)
        due = {
            each.pk
            for each in seen
            if turn_of(each, person, points[each.pk], writes=person in writers).is_mine
        }
        first = {row.proposal.pk for row in board_of(person).waiting}
        assert first == due, person


def test_five_hundred_in_every_state(
    cast: Cast, pair: Pair, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """[WF2] [WF71] Fifteen queries at most, whoever looks and wherever the proposals stand."""
    make_committee(cast)
    world(pair, 500)
    for person in (cast.amara, cast.dele, cast.chandra, grace()):
        client = as_(person)
        for query in ("", "?page=3", "?stage=concept", "?words=Idea"):
            with django_assert_max_num_queries(15):
                page = client.get(f"/{query}").content.decode()
            assert page.count("coprod-card__title") <= 40
            assert page.count("Idea ") >= 20 or person == grace()


def test_one_stage(cast: Cast, pair: Pair) -> None:
    """[WF72] Every stage with its count; one of them alone, its page kept by the links."""
    world(pair, 500)
    page = as_(cast.dele).get("/?stage=closed").content.decode()
    closed = Proposal.objects.filter(stage="closed").exclude(status="withdrawn").count()
    assert f'Closed <span class="coprod-shelves__count">{closed}</span>' in page
    assert "Waiting for you" not in page
    assert "stage=closed&amp;page=2" in page
    assert "Adopted" in page
    assert page.count("<li>Concept</li>") == 0
    assert as_(cast.dele).get("/?stage=nonsense%00").status_code == 200


def test_a_stage_where_nothing_stands(cast: Cast, proposal: Proposal) -> None:
    """[WF72] It is no link; whoever comes there all the same reads so."""
    page = as_(cast.dele).get("/").content.decode()
    assert "?stage=evaluation" not in page
    assert "Nothing stands here now." in as_(cast.dele).get("/?stage=evaluation").content.decode()
