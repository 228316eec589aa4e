"""“Has anyone tried this?”: earlier proposals like what somebody types, with how they ended and why."""

import json

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.editing import services as editing
from proposals.editing.domain.content import Content
from proposals.editing.selectors import content_of
from proposals.portfolio.access import abilities_for, reads_handed_in, reads_text, seen_proposals
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.models import Document, JointLead, Proposal
from proposals.review.domain.decisions import Said
from proposals.review.domain.kinds import Kind
from proposals.workflow import services
from tests.moving import grace, in_review, make_committee
from tests.people import Cast, as_, join, make_pair, make_person, make_workspace
from tests.proposals import concept_template, make_proposal, make_supporter
from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Membership, Pair, Person

QUERIES = 15
HOSTILE = ["%", "_", "%' OR 1=1 --", '"', "\\", "\0", "<script>alert(1)</script>", "é" * 300, "a " * 500_000]


def found(person: Person, words: str, **more: str) -> str:
    response = as_(person).get("/search/", {"words": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def declined(proposal: Proposal, cast: Cast, reasons: str) -> None:
    make_committee(cast)
    in_review(proposal, cast)
    services.decide(proposal, Said(kind=Kind.DECLINE, reasons=reasons), by=cast.chandra)


def test_it_works(cast: Cast, pair: Pair, proposal: Proposal) -> None:
    """[WF73] The likest first; what has nothing to do with it is not shown."""
    make_proposal(pair, "A frailty team in the wards", "MB-2026-002")
    make_proposal(pair, "Quiet nights", "MB-2026-003")
    page = found(cast.dele, "a frailty team at the FRONT doors")
    assert "2 like it" in page
    assert page.index(proposal.title) < page.index("A frailty team in the wards")
    assert "Quiet nights" not in page
    assert "Nothing like it" in found(cast.dele, "zebra")


def test_eve_finds_nothing_of_ours(cast: Cast, proposal: Proposal) -> None:
    """[PF1] [WF73]"""
    assert "Nothing like it" in found(cast.eve, proposal.title)
    assert as_(cast.eve).get("/api/similar-proposals/", {"words": proposal.title}).json() == []


def test_a_patient_partner_finds_their_own(cast: Cast, pair: Pair, proposal: Proposal) -> None:
    """[PF26] [WF73]"""
    other = make_proposal(pair, "A frailty team by telephone", "MB-2026-002")
    make_supporter(other, cast.mags)
    page = found(cast.mags, "frailty team")
    assert other.title in page
    assert proposal.title not in page


def test_how_it_ended_and_why(cast: Cast, pair: Pair, proposal: Proposal) -> None:
    """[WF73] Declined and withdrawn ones with their reasons, found by the words of those reasons too."""
    declined(proposal, cast, "The scanner cannot be staffed at weekends.")
    gone = make_proposal(pair, "Quiet nights", "MB-2026-003")
    Proposal.objects.filter(pk=gone.pk).update(
        withdrawn_at=timezone.now(),
        withdrawn_reason="The lamps did that alone.",
        stage="closed",
        status="withdrawn",
    )
    page = found(cast.dele, "scanner weekend")
    assert proposal.title in page
    assert "declined: The scanner cannot be staffed at weekends." in page
    page = found(cast.dele, "lamps")
    assert "Withdrawn on" in page
    assert "The lamps did that alone." in page


def test_text_is_searched_for_whoever_may_read_it(cast: Cast, proposal: Proposal, document: Document) -> None:
    """[WF74] [PF24] A draft's words lead the pair and their guests there, and nobody else."""
    editing.seed_content(document, Content(texts={"summary": "Ten chairs at the wéir.\n"}))
    content_of(document)
    make_supporter(proposal, cast.mags)
    for words in ("chairs", "wéir"):
        for person in (cast.amara, cast.ben, cast.mags):
            assert proposal.title in found(person, words)
        for person in (cast.dele, cast.chandra):
            assert "Nothing like it" in found(person, words)


def test_a_committee_searches_what_it_was_handed(cast: Cast, proposal: Proposal) -> None:
    """[WF74] [WF70] The version, with the place in it; not for others, and no later draft."""
    declined(proposal, cast, "Too early.")
    words = "what we say about strategic fit"
    page = found(grace(), words)
    assert "coprod-card__excerpt" in page
    join(cast.ben, make_workspace("Marlbeck Birth Centre", "BC", "Marlbeck Trust"), Side.OTHER)
    outsider = make_person("Nora Lane")
    join(outsider, cast.workspace, Side.MANAGER)
    assert "Nothing like it" in found(outsider, words)


def test_the_questions_are_those_of_the_door(cast: Cast, pair: Pair, proposal: Proposal) -> None:
    """[WF74] [PF9] Asked of all proposals at once, the answers are those that the door gives for each."""
    declined(proposal, cast, "Too early.")
    second = make_proposal(pair, "Second", "MB-2026-002")
    today = timezone.localdate()
    deputy = join(make_person("Dana Price"), cast.workspace, Side.CLINICIAN)
    gone = join(make_person("Gina Moss"), cast.workspace, Side.MANAGER)
    for membership in (deputy, gone):
        Deputy.objects.create(
            pair=pair,
            side="clinician",
            membership=membership,
            starts_on=today,
            ends_on=today,
            appointed_by=cast.amara,
        )
    Membership.objects.filter(pk=gone.pk).update(ended_at=timezone.now())
    other = make_pair(deputy, Membership.objects.get(person=cast.ben), stands=False)
    make_proposal(other, "Third", "MB-2026-003")
    make_supporter(second, cast.dele, "reader")
    make_supporter(second, cast.mags)
    lead = join(make_person("Lena Roth"), cast.workspace, Side.CLINICIAN)
    for each in (second, proposal):  # only a test has leads
        JointLead.objects.create(proposal=each, side="clinician", membership=lead, named_by=cast.amara)
    Proposal.objects.filter(pk=second.pk).update(route="A")
    everybody = [cast.amara, cast.ben, cast.mags, cast.dele, cast.chandra, cast.eve, grace()]
    for person in (*everybody, deputy.person, gone.person, lead.person):
        seen = set(seen_proposals(person))
        drafts = set(seen_proposals(person).filter(reads_text(person)))
        versions = set(seen_proposals(person).filter(reads_handed_in(person)))
        for each in Proposal.objects.all():
            grants = abilities_for(person, each)
            assert (each in seen) is grants[Ability.VIEW].allowed, (person, each)
            assert (each in drafts) is grants[Ability.READ].allowed, (person, each)
            assert (each in versions) is grants[Ability.READ_VERSION].allowed, (person, each)


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: repr(typed[:12]))
def test_whatever_is_typed_gets_an_answer(cast: Cast, proposal: Proposal, typed: str) -> None:
    """[WF75] Wildcards stand for themselves, and a megabyte is cut."""
    page = found(cast.dele, typed, page="-7")
    assert "<script>alert" not in page
    assert proposal.title not in page
    assert len(page) < 50_000
    answer = as_(cast.dele).get("/api/similar-proposals/", {"words": typed})
    assert answer.status_code == 200
    assert json.loads(answer.content) == []


def test_five_hundred_proposals(
    cast: Cast, pair: Pair, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """[WF75] As many queries as for one, ten on a page."""
    template = concept_template()
    made = Proposal.objects.bulk_create(
        Proposal(
            workspace=pair.workspace,
            reference=f"MB-2026-{n:03d}",
            title=f"Frailty idea number {n} with eight words in its title",
            pair=pair,
            created_by=cast.amara,
        )
        for n in range(1, 501)
    )
    Document.objects.bulk_create(Document(proposal=each, stage="concept", template=template) for each in made)
    typed = "frailty idea number eight word title clinic nights scanner weekend"
    for person in (cast.dele, cast.amara):
        client = as_(person)
        with django_assert_max_num_queries(QUERIES):
            page = client.get("/search/", {"words": typed, "page": "3"}).content.decode()
        assert page.count("coprod-card__title") == 10
        assert "2 of 50" in page
    assert len(as_(cast.dele).get("/api/similar-proposals/", {"words": typed}).json()) == 5


def test_offered_to_whoever_begins(cast: Cast, proposal: Proposal) -> None:
    """[WF76] From the new proposal to earlier ones, and back with the title; without a line of script."""
    client = as_(cast.amara)
    assert 'href="/search/"' in client.get("/proposals/new/").content.decode()
    page = found(cast.amara, "A frailty team & more")
    back = "/proposals/new/?title=A+frailty+team+%26+more"
    assert back.replace("&", "&amp;") in page
    assert 'value="A frailty team &amp; more"' in client.get(back).content.decode()
    assert client.get("/proposals/new/", {"title": "x\0" * 500_000}).status_code == 200
    assert "Begin a proposal with this title" not in found(cast.dele, "frailty")
    rows = client.get("/api/similar-proposals/", {"words": "frailty"}).json()
    assert [row["reference"] for row in rows] == [proposal.reference]
    assert rows[0]["stands"] == "You and Ben Adeyemi are writing"
    assert rows[0]["url"] == f"/proposals/{proposal.reference}/"
    assert found(cast.amara, "").count("coprod-card") == 0
