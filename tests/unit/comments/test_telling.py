"""Who hears of what is said in the margin, and as what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals.comments import services
from proposals.comments.domain.threads import How, Kind
from proposals.comments.models import Thread
from proposals.portfolio.access import access_of
from proposals.portfolio.models import Document
from tests.people import Cast
from tests.proposals import make_supporter
from tests.threads import begun, cut, open_thread, write
from workspaces.models import News, Person


@pytest.fixture
def text(document: Document, cast: Cast) -> Document:
    make_supporter(document.proposal, cast.mags)
    make_supporter(document.proposal, cast.dele, "reader")
    begun(document)
    return document


def heard(since: int = 0) -> dict[str, str]:
    rows = News.objects.filter(pk__gt=since).select_related("person")
    found = [(row.person.name.split()[0], row.kind) for row in rows]
    assert len(found) == len(dict(found))
    return dict(found)


def newest() -> int:
    return News.objects.latest("pk").pk


def opened(
    text: Document, body: str, *, by: Person, addressed: str = "", kind: Kind = Kind.COMMENT
) -> Thread:
    draft = services.Draft(section="summary", body=body, kind=kind, addressed=addressed)
    return services.open_thread(access_of(by, text), draft, by=by)[0]


def test_each_hears_once_as_what_touches_them_most(text: Document, cast: Cast) -> None:
    """[NW15]"""
    opened(text, "@Mags, @Ben and @Chandra?", by=cast.dele, addressed="clinician", kind=Kind.QUESTION)
    assert heard() == {"Amara": "assignment", "Ben": "mention", "Mags": "mention"}


def test_a_comment_is_for_those_who_write(text: Document, cast: Cast) -> None:
    """[NW15] Dele, who reads along, is not told of everything."""
    opened(text, "Hm.", by=cast.amara)
    assert heard() == {"Ben": "comment", "Mags": "comment"}
    assert News.objects.first().headline == "Amara Okafor comments on “In a few words”"  # type: ignore[union-attr]


def test_replies_and_answers(text: Document, cast: Cast) -> None:
    """[NW15]"""
    thread = opened(text, "Why?", by=cast.dele, kind=Kind.QUESTION)
    first = newest()
    services.reply(access_of(cast.ben, text), thread, "Let me see.", by=cast.ben)
    assert heard(first) == {"Dele": "reply", "Amara": "comment", "Mags": "comment"}
    second = newest()
    services.reply(access_of(cast.amara, text), thread, "Because.", by=cast.amara, answers=True)
    assert heard(second) == {"Dele": "answer", "Ben": "reply", "Mags": "comment"}


def test_resolved(text: Document, cast: Cast) -> None:
    """[NW16]"""
    thread = opened(text, "Why?", by=cast.dele, kind=Kind.QUESTION)
    services.reply(access_of(cast.ben, text), thread, "Because.", by=cast.ben)
    first = newest()
    services.resolve(access_of(cast.dele, text), thread, How.DONE, by=cast.dele)
    assert heard(first) == {"Ben": "resolution"}
    assert (
        News.objects.latest("pk").headline
        == "Dele Ogun resolves a question on “In a few words”: the text was changed"
    )
    assert not News.objects.filter(person=cast.dele, read_at=None).exists()


@pytest.mark.parametrize("who", ["ben", "amara"])
def test_detached(text: Document, cast: Cast, who: str) -> None:
    """[NW16] Whoever began it, unless they removed the words themselves."""
    open_thread(text, "too long", by=cast.amara)
    first = newest()
    write(text, cut("too long"), by=getattr(cast, who))
    services.look_again(text)
    Thread.objects.update(missing_since=timezone.now() - timedelta(minutes=1))
    services.look_again(text)
    assert heard(first) == ({} if who == "amara" else {"Amara": "detached"})


def test_called_in_second_thoughts(text: Document, cast: Cast) -> None:
    """[NW15] Whoever was called already is not called again."""
    thread = opened(text, "@Ben?", by=cast.amara)
    first = newest()
    comment = thread.comments.get()
    services.edit_comment(access_of(cast.amara, text), comment, "@Ben and @Dele?", by=cast.amara)
    assert heard(first) == {"Dele": "mention"}
