"""The pages of the margin, without script."""

import re

from django.test import Client

from proposals.comments.domain.threads import Kind
from proposals.comments.models import Comment, Thread
from proposals.comments.services import reply
from proposals.portfolio.access import access_of
from proposals.portfolio.models import Document
from tests.people import Cast, as_
from tests.proposals import make_supporter
from tests.threads import begun, cut, insert, open_thread, write

URL = "/proposals/MB-2026-001/concept/threads/"


def page(client: Client, url: str = URL) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(html: str) -> str:
    """The words of a page's main part, without tags."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_it_works(document: Document, cast: Cast) -> None:
    """[CM27] Said by one about a whole section, answered by the other, closed by whoever asked."""
    begun(document)
    amara, ben = as_(cast.amara), as_(cast.ben)
    sent = {"section": "summary", "kind": "question", "addressed": "manager", "body": "Is it **so**, @Dele?"}
    said = text_of(amara.post(URL, sent, follow=True).content.decode())
    assert (
        "Dele Ogun cannot read this draft, so nobody has told them." in amara.get(URL).content.decode()
        or said
    )
    thread = Thread.objects.get()
    assert (thread.kind, thread.addressed, thread.blocking) == ("question", "manager", False)
    shown = page(ben)
    assert "<strong>so</strong>" in shown
    assert "Question to the manager" in text_of(shown)
    assert "1 new" in text_of(shown)
    assert "Only Amara Okafor, who asked, can resolve this. You can answer it." in shown
    own = f"{URL}{thread.pk}/"
    answered = ben.post(own, {"body": "It is.", "answers": "yes"}, follow=True).content.decode()
    assert "Your answer is in the margin." in answered
    assert "Answered by Ben Adeyemi" in answered
    closed = amara.post(f"{own}resolution/", {"how": "done"}, follow=True).content.decode()
    assert "Resolved by Amara Okafor: the text was changed" in text_of(closed)
    assert "No comments here." in page(amara)
    assert "It is." in page(amara, f"{URL}?show=resolved")
    assert "It is open again." in ben.post(f"{own}reopening/", follow=True).content.decode()


def test_eve_gets_404(document: Document, cast: Cast) -> None:
    """[CM9] Nobody who may not read gets in, by whatever address."""
    begun(document)
    thread = open_thread(document, "too long", by=cast.amara)
    own = f"{URL}{thread.pk}/"
    for person, code in ((cast.eve, 404), (cast.dele, 403)):
        client = as_(person)
        assert client.get(URL).status_code == code
        assert client.post(URL, {"section": "summary", "kind": "comment", "body": "x"}).status_code == code
        assert client.get(own).status_code == code
        assert client.post(own, {"body": "x"}).status_code == code
        for rest in ("resolution/", "reopening/", "comments/1/deletion/"):
            assert client.post(own + rest).status_code == code
        assert client.get(f"{own}comments/1/").status_code == code
        assert client.post(f"{URL}reading/").status_code == code
    assert as_(cast.amara).get(f"{URL}999999/").status_code == 404
    assert Comment.objects.count() == 1


def test_filters(document: Document, cast: Cast) -> None:
    """[CM25]"""
    begun(document)
    open_thread(document, "too long", by=cast.amara, body="First words", kind=Kind.QUESTION)
    open_thread(document, by=cast.ben, body="Second words, @Amara")
    for show, first, second in (
        ("", True, True), ("me", False, True), ("mine", True, False), ("questions", True, False),
        ("changes", False, False), ("resolved", False, False), ("nonsense", True, True), ("all", True, True),
    ):  # fmt: skip
        shown = page(as_(cast.amara), f"{URL}?show={show}")
        assert ("First words" in shown, "Second words" in shown) == (first, second), show


def test_removed_words_stay_in_view(document: Document, cast: Cast) -> None:
    """[CM15] Above the others of its section, with the words and who removed them."""
    begun(document)
    open_thread(document, "Older", by=cast.amara, body="On the first word")
    thread = open_thread(document, "too long", by=cast.amara, body="On words that go")
    write(document, cut("too long"), by=cast.ben)
    client = as_(cast.amara)
    assert "This text has just gone." in page(client)
    Thread.objects.filter(pk=thread.pk).update(missing_since=thread.opened_at.replace(year=2020))
    shown = text_of(page(client))
    assert "This text has been removed by Ben Adeyemi" in shown
    assert shown.index("“too long”") < shown.index("“Older”")
    assert "On words that go" in page(client, f"{URL}?show=detached")


def test_changed_words_are_shown(document: Document, cast: Cast) -> None:
    """[CM13]"""
    begun(document)
    open_thread(document, "too long", by=cast.amara)
    write(document, insert("very ", "long"), by=cast.ben)
    assert "It says now: “too very long”" in text_of(page(as_(cast.amara)))


def test_what_is_wrong_is_said(document: Document, cast: Cast) -> None:
    """[CM27] At the field, and what was written is still there."""
    begun(document)
    client = as_(cast.amara)
    answer = client.post(URL, {"section": "nowhere", "kind": "question", "body": ""})
    assert answer.status_code == 422
    assert "Write something first." in answer.content.decode()
    thread = open_thread(document, by=cast.ben)
    long = client.post(f"{URL}{thread.pk}/", {"body": "long " * 401})
    assert long.status_code == 422
    assert "A comment can have 2,000 characters at most." in long.content.decode()
    assert "long long" in long.content.decode()


def test_ones_own_words(document: Document, cast: Cast) -> None:
    """[CM4] Changed, deleted; never those of others."""
    begun(document)
    thread = open_thread(document, by=cast.amara)
    amara, own = as_(cast.amara), f"{URL}{thread.pk}/comments/1/"
    assert "Is that so?" in page(amara, own)
    changed = amara.post(own, {"body": "Is it really?"}, follow=True).content.decode()
    assert "Your comment has been changed." in changed
    assert "Is it really?" in changed
    assert as_(cast.ben).get(own).status_code == 403
    assert as_(cast.ben).post(f"{own}deletion/").status_code == 403
    gone = amara.post(f"{own}deletion/", follow=True).content.decode()
    assert "This comment was deleted by its author." in gone
    assert "Is it really?" not in gone


def test_reading(document: Document, cast: Cast) -> None:
    """[CM24] A thread looked at is read, and so is everything by one button."""
    begun(document)
    threads = [open_thread(document, by=cast.amara) for _ in range(2)]
    ben = as_(cast.ben)
    assert page(ben).count("1 new") == 2
    page(ben, f"{URL}{threads[0].pk}/")
    assert page(ben).count("1 new") == 1
    ben.post(f"{URL}reading/")
    assert "1 new" not in page(ben)
    assert "1 new" not in page(as_(cast.amara))


def test_readers_talk_and_withdrawn_is_quiet(document: Document, cast: Cast) -> None:
    """[CM9]"""
    begun(document)
    make_supporter(document.proposal, cast.dele, "reader")
    sent = {"section": "ask", "kind": "comment", "body": "From a reader"}
    assert as_(cast.dele).post(URL, sent).status_code == 302
    proposal = document.proposal
    proposal.withdrawn_at = proposal.created_at
    proposal.save()
    shown = page(as_(cast.dele))
    assert "From a reader" in shown
    assert "This proposal has been withdrawn." in shown
    assert "<textarea" not in shown


def test_a_thread_of_another_stage_is_not_here(document: Document, cast: Cast) -> None:
    """[CM9]"""
    begun(document)
    thread = open_thread(document, by=cast.amara)
    proposal = document.proposal
    Document.objects.create(proposal=proposal, stage="business_case", template=document.template)
    elsewhere = URL.replace("concept", "business_case")
    assert as_(cast.amara).get(f"{elsewhere}{thread.pk}/").status_code == 404
    assert as_(cast.amara).get(f"{URL}{thread.pk}/").status_code == 200


def test_news_on_the_board_and_the_page(document: Document, cast: Cast) -> None:
    """[CM24] In how many threads something is new; nothing of it for colleagues who read no drafts."""
    begun(document)
    open_thread(document, "Older", by=cast.amara)
    longer = open_thread(document, "too long", by=cast.amara)
    reply(access_of(cast.amara, document), longer, "Very long.", by=cast.amara)
    for person, new in ((cast.ben, True), (cast.amara, False), (cast.dele, False)):
        client = as_(person)
        assert ("New in 2 comments" in text_of(page(client, "/"))) is new
        assert ("Comments , 2 with something new" in text_of(page(client, "/proposals/MB-2026-001/"))) is new
    assert "with something new" not in page(as_(cast.dele), "/proposals/MB-2026-001/")
    make_supporter(document.proposal, cast.dele, "reader")
    assert "New in 2 comments" in text_of(page(as_(cast.dele), "/"))
