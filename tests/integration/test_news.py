"""/news/: what is new, as a page without script, and the number in the header."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from proposals.comments import services as comments
from proposals.comments.domain.threads import Kind as ThreadKind
from proposals.news.selectors import news_for, unread_of
from proposals.portfolio.access import abilities_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.models import Document, Proposal
from tests.people import Cast, as_, join, make_person
from tests.proposals import make_supporter
from tests.threads import begun, open_thread
from workspaces import services
from workspaces.domain.news import Kind, Piece
from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Membership, Mute, News, Person, Preference

ADDRESS = "/news/"


def tell(person: Person, proposal: Proposal, *, draft: bool = True, text: str = "Yes.") -> News:
    piece = Piece(Kind.REPLY, "Ben replies", "/", text=text, proposal=proposal.pk, draft=draft)
    services.tell([person.pk], piece, by=None)
    return News.objects.latest("pk")


def seen(person: Person, query: str = "") -> str:
    return as_(person).get(ADDRESS + query).content.decode()


def count(person: Person) -> int:
    found: int = as_(person).get("/api/news/").json()["unread"]
    return found


def test_it_works(document: Document, cast: Cast) -> None:
    """[NW10]"""
    begun(document)
    thread = open_thread(document, "too long", by=cast.ben, body="Is **that** so, @Amara?")
    html = seen(cast.amara)
    assert "Ben Adeyemi mentions you on “too long”" in html
    assert "Is <strong>that</strong> so" in html
    assert document.proposal.title in html
    assert re.search(r"<span data-number>1</span>", html)
    assert count(cast.amara) == 1
    row = News.objects.get(person=cast.amara)
    response = as_(cast.amara).get(f"/news/{row.pk}/")
    assert response["Location"].endswith(f"/threads/{thread.pk}/")
    assert count(cast.amara) == 0
    assert "Nothing yet" in seen(cast.ben)


def test_eve_gets_404(document: Document, cast: Cast) -> None:
    """[NW9] Other people's news do not exist, and one's own only while they may be seen."""
    row = tell(cast.amara, document.proposal)
    lost = tell(cast.eve, document.proposal)
    client = as_(cast.eve)
    for number in (row.pk, lost.pk):
        assert client.get(f"/news/{number}/").status_code == 404
        assert client.post(f"/news/{number}/reading/").status_code == 404
    assert "Ben replies" not in seen(cast.eve)
    assert count(cast.eve) == 0
    assert Client().get(ADDRESS).status_code == 302


def test_marking_as_read(document: Document, cast: Cast) -> None:
    """[NW10]"""
    first, second = tell(cast.amara, document.proposal), tell(cast.amara, document.proposal)
    assert seen(cast.amara).count("Mark as read") == 2
    as_(cast.amara).post(f"/news/{first.pk}/reading/")
    assert seen(cast.amara, "?show=unread").count("Ben replies</a>") == 1
    as_(cast.amara).post("/news/reading/")
    second.refresh_from_db()
    assert second.read_at
    assert "You have read everything" in seen(cast.amara, "?show=unread")


def test_many_stand_on_pages(document: Document, cast: Cast) -> None:
    for _ in range(25):
        tell(cast.amara, document.proposal)
    assert "2 of 2" in seen(cast.amara)
    assert seen(cast.amara, "?page=2").count("Mark as read") == 5


def test_who_may_not_see_it_any_more(document: Document, cast: Cast) -> None:
    """[NW9]"""
    supporter = make_supporter(document.proposal, cast.dele, "reader")
    tell(cast.dele, document.proposal)
    tell(cast.dele, document.proposal, draft=False)
    assert count(cast.dele) == 2
    supporter.delete()
    assert count(cast.dele) == 1
    Membership.objects.filter(person=cast.dele).update(ended_at="2026-01-01T00:00Z")
    assert count(cast.dele) == 0


def test_news_about_people(cast: Cast) -> None:
    """[NW9]"""
    piece = Piece(Kind.PAIR, "Noor has joined", "/", workspace=cast.workspace.pk)
    services.tell([cast.amara.pk, cast.eve.pk], piece, by=None)
    assert (unread_of(cast.amara), unread_of(cast.eve)) == (1, 0)
    cast.amara.is_active = False
    cast.amara.save()
    assert unread_of(cast.amara) == 0


@pytest.mark.parametrize("who", ["amara", "ben", "mags", "chandra", "dele", "eve"])
def test_it_agrees_with_the_table_of_abilities(document: Document, cast: Cast, who: str) -> None:
    """[NW9] The list asks in one query what the door asks in Python."""
    make_supporter(document.proposal, cast.dele, "coach")
    person: Person = getattr(cast, who)
    grants = abilities_for(person, document.proposal)
    for draft, ability in ((True, Ability.READ), (False, Ability.VIEW)):
        row = tell(person, document.proposal, draft=draft)
        assert news_for(person).filter(pk=row.pk).exists() == grants[ability].allowed


def test_no_markup_of_people_runs(document: Document, cast: Cast) -> None:
    """[NW12]"""
    tell(cast.amara, document.proposal, text="<script>alert(1)</script> [x](javascript:alert(1))")
    html = seen(cast.amara)
    assert "<script>alert" not in html
    assert "javascript:" not in html.replace("x](javascript:", "")


def test_a_piece_leads_to_no_other_site(document: Document, cast: Cast) -> None:
    row = tell(cast.amara, document.proposal)
    News.objects.filter(pk=row.pk).update(url="//evil.example/")
    assert as_(cast.amara).get(f"/news/{row.pk}/").status_code == 404


def test_reading_the_thread_reads_its_news(document: Document, cast: Cast) -> None:
    """[NW16]"""
    begun(document)
    thread = open_thread(document, by=cast.ben, kind=ThreadKind.QUESTION)
    assert count(cast.amara) == 1
    comments.mark_read(thread, by=cast.amara)
    assert count(cast.amara) == 0


# -- preferences -----------------------------------------------------------------------------------------
def chosen(**more: object) -> dict[str, object]:
    return {**{kind.value: kind.way.value for kind in Kind}, "by_email": "on", **more}


def test_choosing(document: Document, cast: Cast) -> None:
    """[NW14]"""
    client = as_(cast.amara)
    html = client.get("/news/preferences/").content.decode()
    assert document.proposal.title in html
    assert "/news/preferences/" in client.get("/accounts/email/").content.decode()
    sent = chosen(reply="app", muted=[str(document.proposal_id)])
    response = client.post("/news/preferences/", sent, follow=True)
    assert "Your choices are saved" in response.content.decode()
    assert Preference.objects.get(person=cast.amara).ways["reply"] == "app"
    assert Mute.objects.get().proposal == document.proposal_id
    assert re.search(r'name="muted"[^>]*checked', response.content.decode())


def test_a_choice_that_is_none(document: Document, cast: Cast) -> None:
    """[NW14]"""
    response = as_(cast.amara).post("/news/preferences/", chosen(reply="by pigeon"))
    assert response.status_code == 422
    assert "Choose how you hear of this" in response.content.decode()
    assert not Preference.objects.exists()


def test_proposals_of_others_are_not_offered(document: Document, cast: Cast) -> None:
    """[NW9]"""
    Mute.objects.create(person=cast.eve, proposal=99)
    html = as_(cast.eve).get("/news/preferences/").content.decode()
    assert document.proposal.title not in html
    sent = chosen(muted=[str(document.proposal_id)])
    as_(cast.eve).post("/news/preferences/", sent)
    assert set(Mute.objects.values_list("proposal", flat=True)) == {99}


def test_a_deputy_sees_them_for_their_time(document: Document, cast: Cast) -> None:
    """[NW9] The number in the header asks in prepared SQL, with the day and the person put in."""
    rhian = join(make_person("Rhian Castell"), cast.workspace, Side.CLINICIAN)
    tell(rhian.person, document.proposal)
    today, day = timezone.localdate(), timedelta(days=1)
    deputy = Deputy.objects.create(
        pair=document.proposal.pair,
        side="clinician",
        membership=rhian,
        starts_on=today + day,
        ends_on=today + day,
        appointed_by=cast.amara,
    )
    assert unread_of(rhian.person) == news_for(rhian.person).count() == 0
    Deputy.objects.filter(pk=deputy.pk).update(starts_on=today)
    assert unread_of(rhian.person) == news_for(rhian.person).count() == 1
    assert unread_of(cast.ben) == 0
