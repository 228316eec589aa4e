"""The text with its comments as numbered notes, as a page and as Markdown."""

from proposals.comments.domain.threads import Kind
from proposals.comments.models import Thread
from proposals.comments.services import delete_comment, reply, resolve
from proposals.portfolio.access import access_of
from proposals.portfolio.models import Document
from tests.integration.test_threads import page, text_of
from tests.people import Cast, as_
from tests.threads import begun, comment, cut, open_thread, write

URL = "/proposals/MB-2026-001/concept/text/notes/"
FILE = "/proposals/MB-2026-001/concept/text/notes.md"


def talked_about(document: Document, cast: Cast) -> list[Thread]:
    begun(document)
    words = "How *long*?\n\n- really"
    asked = open_thread(document, "too long", by=cast.amara, kind=Kind.QUESTION, body=words)
    over = open_thread(document, "naïve costs 😀", by=cast.ben, body="Which ones? <b>[x](javascript:1)</b>")
    whole = open_thread(document, by=cast.ben, body="About all of it")
    reply(access_of(cast.ben, document), asked, "An hour.", by=cast.ben, answers=True)
    return [asked, over, whole]


def test_it_works(document: Document, cast: Cast) -> None:
    """[CM28] A sign behind the words, the note below its section, in the order of the text."""
    talked_about(document, cast)
    shown = page(as_(cast.ben), URL)
    words = text_of(shown)
    assert "wait too long[2] at the front door" in words
    assert "of naïve costs 😀[3] on most days" in words
    assert "[1] Comment by Ben Adeyemi , open, on this whole part." in words
    assert "[2] Question by Amara Okafor , Answered by Ben Adeyemi, on “too long”." in words
    assert "<em>long</em>" in shown
    assert "<b>" not in shown
    assert "javascript" not in shown.replace("[x](javascript:1)", "")


def test_eve_gets_404(document: Document, cast: Cast) -> None:
    """[CM9]"""
    talked_about(document, cast)
    for url in (URL, FILE):
        assert as_(cast.eve).get(url).status_code == 404
        assert as_(cast.dele).get(url).status_code == 403


def test_as_markdown(document: Document, cast: Cast) -> None:
    """[CM28]"""
    threads = talked_about(document, cast)
    delete_comment(comment(threads[1]), by=cast.ben)
    answer = as_(cast.ben).get(FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="mb-2026-001-concept-notes.md"'
    said = answer.content.decode()
    assert "wait too long\\[2\\] at the front door" in said
    assert "\\[2\\] **Question by Amara Okafor**, Answered by Ben Adeyemi, on “too long”." in said
    assert ":\n>\n> How *long*?\n>\n> - really\n" in said
    assert "answer:\n>\n> An hour." in said
    assert "> This comment was deleted by its author." in said
    assert "Which ones" not in said


def test_removed_words_are_noted_too(document: Document, cast: Cast) -> None:
    """[CM28] With the words and who removed them, and no sign anywhere."""
    thread = talked_about(document, cast)[0]
    write(document, cut("too long"), by=cast.ben)
    page(as_(cast.ben), URL)
    Thread.objects.filter(pk=thread.pk).update(missing_since=thread.opened_at.replace(year=2020))
    said = as_(cast.ben).get(FILE).content.decode()
    assert "on “too long”. These words have been removed by Ben Adeyemi." in said
    assert said.count("\\[1\\]") == 1
    assert "wait  at" not in said


def test_resolved_ones_on_demand(document: Document, cast: Cast) -> None:
    """[CM28] What is settled is left out unless somebody wants it."""
    threads = talked_about(document, cast)
    resolve(access_of(cast.amara, document), threads[0], by=cast.amara)
    client = as_(cast.ben)
    assert "An hour." not in page(client, URL)
    assert "An hour." in page(client, f"{URL}?show=all")
    assert "An hour." in client.get(f"{FILE}?show=all").content.decode()


def test_nothing_written_yet(document: Document, cast: Cast) -> None:
    """[CM28]"""
    assert "Nothing written yet." in page(as_(cast.amara), URL)
    open_thread(document, by=cast.amara, body="Where shall we begin?")
    assert "Where shall we begin?" in page(as_(cast.amara), URL)
