"""Who reads a draft's margin, can be called there and hears of it: those whom the door lets in, no other."""

import pytest
from django.utils import timezone

from proposals.comments.models import Mention
from proposals.comments.selectors import drafts_for, names_for, readers_of, unread_of
from proposals.news.selectors import news_for
from proposals.portfolio.access import abilities_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.stages import Route
from proposals.portfolio.models import Document, JointLead, Proposal
from tests.moving import Leads, led, make_leads
from tests.people import Cast, join, make_pair, make_person
from tests.proposals import make_proposal, make_supporter
from tests.threads import open_thread
from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Membership, News, Person


@pytest.fixture
def leads(proposal: Proposal, cast: Cast) -> Leads:
    return led(proposal, cast)


def test_leads_are_called_and_hear_of_it(leads: Leads, proposal: Proposal, cast: Cast) -> None:
    """[CM37] By name, not by a side they do not answer for; and what is new in the margin counts for them."""
    document = Document.objects.get(proposal=proposal)
    assert "Priya Nair" in [name.call for name in names_for(cast.amara, proposal)]
    thread = open_thread(document, by=cast.amara, body="@Priya and @manager, is that so?")
    called = set(Mention.objects.values_list("person", flat=True))
    assert called == {leads.priya.pk, cast.ben.pk}
    told = News.objects.get(person=leads.priya, kind="mention")
    assert told in news_for(leads.priya)
    assert unread_of(leads.priya, [proposal]) == {proposal.pk: 1}
    open_thread(document, by=leads.priya, body="@Gareth, look")
    assert News.objects.filter(person=leads.gareth, kind="mention").count() == 1
    assert thread.opened_by == cast.amara


def test_who_leads_no_more_hears_no_more(leads: Leads, proposal: Proposal, cast: Cast) -> None:
    """[CM37] Also of what they were told while they did."""
    open_thread(Document.objects.get(proposal=proposal), by=cast.amara, body="@Priya?")
    JointLead.objects.filter(membership__person=leads.priya).update(ended_at=timezone.now())
    assert not news_for(leads.priya).filter(draft=True).exists()
    assert "Priya Nair" not in [name.call for name in names_for(cast.amara, proposal)]


def everybody(cast: Cast) -> list[Person]:
    """Each in another part: halves, one never came in; leads of a test, of no test, gone; deputies."""
    today = timezone.localdate()
    places = make_leads(cast)
    dana, gina = (join(make_person(name), cast.workspace, Side.CLINICIAN) for name in ("Dana P", "Gina M"))
    for place in (dana, gina):
        Deputy.objects.create(
            pair=cast.pair, side="clinician", membership=place, starts_on=today, ends_on=today,
            appointed_by=cast.amara,
        )  # fmt: skip
    first = Proposal.objects.get()
    never = make_pair(dana, Membership.objects.get(person=cast.ben), stands=False)
    never.ended_at = timezone.now()
    never.save()
    waiting = make_pair(gina, places[Side.MANAGER], stands=False)
    others = [make_proposal(cast.pair, "Second", "MB-2026-002"), make_proposal(never, "Third", "MB-2026-003")]
    others.append(make_proposal(waiting, "Fourth", "MB-2026-004"))
    Proposal.objects.filter(pk__in=[first.pk, others[1].pk]).update(route=Route.TEST.value)
    for proposal in (first, *others):
        for side, place in places.items():
            JointLead.objects.create(proposal=proposal, side=side, membership=place, named_by=cast.amara)
    JointLead.objects.filter(proposal=others[1], side=Side.MANAGER).update(ended_at=timezone.now())
    make_supporter(first, cast.mags)
    make_supporter(others[0], cast.dele, "reader")
    gone = make_supporter(first, join(make_person("Nora L"), cast.workspace, Side.OTHER).person, "coach")
    Membership.objects.filter(pk=gone.membership_id).update(ended_at=timezone.now())
    return list(Person.objects.all())


def test_the_margin_asks_as_the_door_does(proposal: Proposal, cast: Cast) -> None:
    """[CM37] Of all proposals at once, of one, and of each by the door: the same people."""
    people = everybody(cast)
    for each in Proposal.objects.all():
        readers = {somebody.person for somebody in readers_of(each)}
        for person in people:
            reads = abilities_for(person, each)[Ability.READ].allowed
            assert (each in drafts_for(person)) is reads, (person, each)
            assert (person.pk in readers) is reads, (person, each)
