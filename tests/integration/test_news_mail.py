"""Mail of news: what leaves, what is in it, and the link that stops it."""

import re
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from proposals.comments import services as comments
from proposals.comments.domain.threads import Kind as ThreadKind
from proposals.portfolio.access import access_of
from proposals.portfolio.models import Document
from tests.people import Cast
from tests.post import delivered, half_an_hour_later, html_of
from tests.proposals import make_supporter
from tests.threads import begun, comment, open_thread
from workspaces import post, services
from workspaces.domain.news import Kind, Way
from workspaces.models import Mail, News, Preference

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def text(document: Document) -> Document:
    begun(document)
    return document


def stop_path(header: str) -> str:
    found = re.fullmatch(r"<https?://[^/]+(/.*)>", header)
    assert found
    return found[1]


def test_a_digest_holds_what_came_in_half_an_hour(text: Document, cast: Cast) -> None:
    """[NW3] [NW12] One mail, with the words, as text and HTML, and one link to each."""
    thread = open_thread(text, "too long", by=cast.ben, body="Is **that** so?")
    comments.reply(access_of(cast.ben, text), thread, "I <b>mean</b> it.", by=cast.ben)
    assert delivered() == []
    half_an_hour_later()
    (letter,) = delivered()
    assert letter.to == [cast.amara.email]
    assert letter.subject == f"2 new things ({text.proposal.reference} {text.proposal.title})"
    body, html = str(letter.body), html_of(letter)
    assert "Is **that** so?" in body
    assert "Is <strong>that</strong> so?" in html
    assert "<b>mean" not in html
    for row in News.objects.filter(person=cast.amara):
        assert body.count(f"/news/{row.pk}/\n") == html.count(f'/news/{row.pk}/"') == 1
    assert delivered() == []
    assert "/news/preferences/" in body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["Message-ID"].startswith(f"<{Mail.objects.get().uid}@")
    assert Mail.objects.get().text == ""


@pytest.mark.parametrize(
    "said",
    [{"body": "@Amara?"}, {"body": "When?", "kind": ThreadKind.QUESTION, "addressed": "clinician"}],
)
def test_mentions_and_questions_leave_at_once(text: Document, cast: Cast, said: dict[str, Any]) -> None:
    """[NW4]"""
    draft = comments.Draft(section="summary", **said)
    comments.open_thread(access_of(cast.ben, text), draft, by=cast.ben)
    (letter,) = delivered()
    assert letter.to == [cast.amara.email]
    assert "Ben Adeyemi" in letter.subject


def test_what_was_read_or_answered_is_not_mailed(text: Document, cast: Cast) -> None:
    """[NW5] [NW12] [NW16]"""
    first, second = open_thread(text, by=cast.ben), open_thread(text, by=cast.ben)
    comments.mark_read(first, by=cast.amara)
    comments.reply(access_of(cast.amara, text), second, "So it is.", by=cast.amara)
    half_an_hour_later()
    assert [letter.to for letter in delivered()] == [[cast.ben.email]]


def test_what_is_read_while_a_mail_waits_is_left_out(text: Document, cast: Cast) -> None:
    """[NW12] Also when it was gathered already, and the mail server was away."""
    thread = open_thread(text, by=cast.ben, body="@Amara?")
    mine = News.objects.get(person=cast.amara)
    mine.mail, mine.pending = post.write(to=cast.amara.email), False
    mine.save()
    comments.mark_read(thread, by=cast.amara)
    News.objects.filter(pk=mine.pk).update(pending=False)
    assert delivered() == []
    assert Mail.objects.get().state == "needless"


def test_who_has_lost_access_is_mailed_nothing(text: Document, cast: Cast) -> None:
    """[NW9] [NW12]"""
    supporter = make_supporter(text.proposal, cast.dele, "reader")
    open_thread(text, by=cast.ben, body="@Dele?")
    supporter.delete()
    assert delivered() == []
    assert Mail.objects.get().state == "needless"


def test_what_was_taken_back_or_reworded(text: Document, cast: Cast) -> None:
    """[NW2] [NW12]"""
    gone, kept = open_thread(text, by=cast.ben, body="Rubbish"), open_thread(text, by=cast.ben, body="Bad")
    comments.delete_comment(comment(gone), by=cast.ben)
    comments.edit_comment(access_of(cast.ben, text), comment(kept), "Good", by=cast.ben)
    half_an_hour_later()
    (letter,) = delivered()
    assert "Good" in str(letter.body)
    assert "Rubbish" not in str(letter.body)
    assert "Bad" not in str(letter.body)


def test_what_somebody_chose_later_counts(text: Document, cast: Cast) -> None:
    """[NW4] [NW14]"""
    open_thread(text, by=cast.ben)
    services.prefer({Kind.COMMENT: Way.AT_ONCE}, [], by_email=True, by=cast.amara)
    assert len(delivered()) == 1
    open_thread(text, by=cast.ben)
    services.prefer({Kind.COMMENT: Way.AT_ONCE}, [text.proposal_id], by_email=True, by=cast.amara)
    assert delivered() == []
    assert News.objects.filter(pending=True).count() == 0


# -- the way out -----------------------------------------------------------------------------------------
@pytest.fixture
def stop(text: Document, cast: Cast) -> str:
    open_thread(text, by=cast.ben, body="@Amara?")
    (letter,) = delivered()
    path = stop_path(letter.extra_headers["List-Unsubscribe"])
    assert path in str(letter.body)
    return path


def test_one_click_stops_all(stop: str, text: Document, cast: Cast) -> None:
    """[NW13]"""
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(stop)
    assert page.status_code == 200
    assert cast.amara.name not in page.content.decode()
    assert not Preference.objects.exists()
    assert stranger.post(stop, ONE_CLICK).status_code == 200
    assert not Preference.objects.get(person=cast.amara).by_email
    stranger.post(stop, ONE_CLICK)
    open_thread(text, by=cast.ben, body="@Amara, really?")
    assert delivered() == []
    assert News.objects.filter(person=cast.amara, read_at=None).count() == 2


def test_only_this_proposal(stop: str, text: Document, cast: Cast) -> None:
    """[NW13]"""
    page = Client().post(stop, {"stop": "proposal"})
    assert "no more of this proposal" in page.content.decode()
    assert [row.proposal for row in cast.amara.mutes.all()] == [text.proposal_id]
    assert not Preference.objects.exists()


@pytest.mark.django_db
def test_a_link_we_have_not_made() -> None:
    """[NW13]"""
    path = reverse("news_unsubscription", args=["WzEsMl0:1abc:nonsense"])
    assert Client().get(path).status_code == Client().post(path, ONE_CLICK).status_code == 404
    assert not Preference.objects.exists()


# -- mail servers ----------------------------------------------------------------------------------------
class Refusing(BaseEmailBackend):
    """A mail server that knows nobody called Noor, and is out of order for Petra."""

    def send_messages(self, email_messages: list[mail.EmailMessage]) -> int:  # type: ignore[override]
        (letter,) = email_messages
        if letter.to[0].startswith("noor"):
            raise smtplib.SMTPRecipientsRefused({letter.to[0]: (550, b"no such person")})
        if letter.to[0].startswith("petra"):
            raise smtplib.SMTPServerDisconnected("gone away")
        mail.outbox.append(letter)
        return 1


@pytest.mark.django_db
def test_one_mail_that_fails_holds_up_no_other(settings: Settings) -> None:
    """[NW8]"""
    for name in ("noor", "petra", "imre"):
        post.write(to=f"{name}@marlbeck.example", subject="Hello", text="Hello")
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert [letter.to for letter in delivered()] == [["imre@marlbeck.example"]]
    states = dict(Mail.objects.values_list("to", "state"))
    assert [states[f"{name}@marlbeck.example"] for name in ("noor", "petra", "imre")] == [
        "failed",
        "waiting",
        "sent",
    ]
