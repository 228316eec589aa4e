"""What a committee says on a text that was handed in: on its page, in the JSON, and in the news."""

import re

import pytest
from django.urls import reverse

from proposals.comments.models import Mention, Thread
from proposals.editing import services as editing
from proposals.portfolio.models import Proposal
from proposals.workflow import services as workflow
from proposals.workflow.models import Submission
from proposals.workflow.services.secretary import Change
from tests.moving import confirmed, grace, make_committee, submitted, written
from tests.people import Cast, as_
from tests.threads import cut, insert, open_thread, said, write
from workspaces.models import News, Person

WORDS = "What we say about in a few words."
ASKED = {"section": "summary", "kind": "question", "body": "Is that **so**?", "words": WORDS}


@pytest.fixture
def handed_in(cast: Cast, proposal: Proposal) -> Submission:
    make_committee(cast)
    submitted(proposal, cast)
    proposal.refresh_from_db()
    return Submission.objects.select_related("version__document").get()


def page_of(handed_in: Submission) -> str:
    version = handed_in.version
    return reverse("version", args=[handed_in.proposal.reference, version.document.stage, version.number])


def text_of(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def ask(person: Person, handed_in: Submission, **sent: object) -> Thread:
    answer = as_(person).post(page_of(handed_in), {**ASKED, **sent})
    assert answer.status_code == 302, text_of(answer.content.decode())
    return Thread.objects.latest("pk")


def test_it_works(cast: Cast, handed_in: Submission) -> None:
    """[CM33] [CM34] A member, without an editor, comments on words handed in; the pair answers."""
    thread = ask(cast.dele, handed_in)
    document = handed_in.version.document
    assert (thread.exact, thread.anchor_state, thread.version) == (WORDS, "anchored", handed_in.version)
    closed = handed_in.version.epoch
    assert (thread.placed_epoch, thread.placed_seq) == (closed, handed_in.version.seq)
    assert "Is that" in text_of(as_(cast.chandra).get(page_of(handed_in)).content.decode())
    assert "The committee reads it too" in text_of(as_(cast.amara).get(page_of(handed_in)).content.decode())
    answered = as_(cast.ben).post(
        f"/api/threads/{thread.pk}/comments/",
        {"body": "It is.", "answers": True},
        content_type="application/json",
    )
    assert answered.status_code == 201
    own = reverse("thread", args=[handed_in.proposal.reference, document.stage, thread.pk])
    shown = text_of(as_(cast.dele).get(own).content.decode())
    assert "It is." in shown
    assert "Answered by Ben Adeyemi" in shown
    assert as_(cast.dele).post(f"{own}resolution/").status_code == 302
    thread.refresh_from_db()
    assert thread.state == "resolved"


def test_eve_gets_404(cast: Cast, handed_in: Submission) -> None:
    """[CM34] Strangers find nothing; a colleague outside the committee is told why not."""
    thread = ask(cast.dele, handed_in)
    assert as_(cast.eve).post(page_of(handed_in), ASKED).status_code == 404
    assert as_(cast.eve).get(f"/api/threads/{thread.pk}/").status_code == 404
    cast.dele.seats.all().update(ended_at=thread.opened_at)
    assert as_(cast.dele).post(page_of(handed_in), ASKED).status_code == 403
    assert as_(cast.dele).get(f"/api/threads/{thread.pk}/").status_code == 403


def test_the_draft_s_margin_stays_with_the_draft(cast: Cast, handed_in: Submission) -> None:
    """[CM34] People do not think aloud in front of a committee, whatever address it asks."""
    document = handed_in.version.document
    private = open_thread(document, by=cast.amara, body="Between us")
    on_words = ask(cast.ben, handed_in, body="Between us two", readers="private")
    assert (on_words.version, on_words.anchor_state) == (None, "anchored")
    shared = ask(cast.ben, handed_in, body="For all of you", readers="committee")
    chandra = as_(cast.chandra)
    listed = chandra.get(f"/api/documents/{document.pk}/threads/").json()
    assert [thread["id"] for thread in listed["results"]] == [shared.pk]
    at = [handed_in.proposal.reference, document.stage]
    for page in (page_of(handed_in), reverse("threads", args=at)):
        shown = chandra.get(page).content.decode()
        assert "For all of you" in shown
        assert "Between us" not in shown
    for thread in (private, on_words):
        assert chandra.get(f"/api/threads/{thread.pk}/").status_code == 403
        assert chandra.get(reverse("thread", args=[*at, thread.pk])).status_code == 404
    assert as_(cast.amara).get(page_of(handed_in)).content.decode().count("Between us") == 2
    refused = chandra.post(f"/api/documents/{document.pk}/threads/", {"section": "summary", "body": "?"})
    assert refused.status_code == 403


def test_words_that_are_not_there_or_in_doubt(cast: Cast, handed_in: Submission) -> None:
    """[CM33] Said at the form; what was written stays in it, and nothing is stored."""
    for words, why in (("ward sisters", "not in the written text"), ("a", "more than once")):
        answer = as_(cast.dele).post(page_of(handed_in), {**ASKED, "words": words})
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert why in shown
        assert "Is that **so**?" in shown
    assert not Thread.objects.exists()


def test_by_json(cast: Cast, handed_in: Submission) -> None:
    """[CM33] Offsets that somebody sends are not looked at; the server finds the words."""
    version = handed_in.version
    sent = {
        "section": "summary",
        "body": "?",
        "version": version.number,
        "anchor": {"start": {"tname": "t:summary"}, "end": {"tname": "t:summary"}, "quote": "forged"},
        "words": {"exact": WORDS, "prefix": "In a few words "},
    }
    address = f"/api/documents/{version.document_id}/threads/"
    made = as_(cast.dele).post(address, sent, content_type="application/json")
    assert made.status_code == 201, made.json()
    assert made.json()["version"] == version.number
    thread = Thread.objects.get()
    assert (thread.exact, thread.placed_from) == (WORDS, 1)  # behind the opening of its block
    for number, status in ((99, 404), (0, 400)):
        answer = as_(cast.dele).post(address, {**sent, "version": number}, content_type="application/json")
        assert answer.status_code == status


def test_after_a_return_they_stand_on_their_words_again(cast: Cast, handed_in: Submission) -> None:
    """[CM33] [CM34] The committee sees the words as they were handed in, nothing that is written since."""
    thread = ask(cast.dele, handed_in, words="a few words")
    document = handed_in.version.document
    workflow.send_back(handed_in.proposal, [Change("Say more", "summary")], by=grace())
    write(document, insert("Dear all. ", "What we"), by=cast.amara)
    mine = as_(cast.amara).get(f"/api/threads/{thread.pk}/").json()["anchor"]
    assert mine["state"] == "anchored"
    assert said(document)[mine["at"]["start"] : mine["at"]["end"]] == "a few words"
    write(document, insert("secret ", "few words"), by=cast.amara)
    assert as_(cast.ben).get(f"/api/threads/{thread.pk}/").json()["anchor"]["current"] == "a secret few words"
    address = f"/api/threads/{thread.pk}/"
    own = reverse("thread", args=[handed_in.proposal.reference, document.stage, thread.pk])
    for _ in range(2):
        answer = as_(cast.dele).get(address)
        assert answer.json()["anchor"]["current"] == "a few words"
        assert answer.json()["anchor"]["start"] is None
        for shown in (answer.content.decode(), as_(cast.dele).get(own).content.decode()):
            assert "secret" not in shown
            assert "Dear all" not in shown
        if "secret" in said(document):
            write(document, cut("a secret few words"), by=cast.amara)
    # What the secretary listed is the committee's too; nothing new is begun on the old text.
    listed = as_(cast.dele).get(f"/api/documents/{document.pk}/threads/").json()["results"]
    assert [each["comments"][0]["body"] for each in listed] == ["Is that **so**?", "Say more"]
    late = as_(cast.dele).post(page_of(handed_in), ASKED)
    assert late.status_code == 422
    assert "The pair writes on since this was handed in" in late.content.decode()


def test_each_request_is_answered_before_the_text_comes_back(cast: Cast, handed_in: Submission) -> None:
    """[CM30] The verdict names what waits and who asked; an answer is enough, and for a comment none."""
    thread = ask(cast.dele, handed_in)
    ask(cast.chandra, handed_in, kind="comment", body="Well done", words="")
    proposal = handed_in.proposal
    workflow.send_back(proposal, [Change("Say more", "summary")], by=grace())
    confirmed(proposal, cast.amara, cast.ben)
    address = f"/api/proposals/{proposal.reference}/verdict/?move=submit"

    def waiting() -> list[str]:
        said = as_(cast.amara).get(address).json()["missing"]
        return [
            each["sentence"]
            for each in said
            if "Dele Ogun" in each["sentence"] or "Grace" in each["sentence"]
        ]

    assert len(waiting()) == 2
    for number, each in enumerate(Thread.objects.filter(kind__in=["question", "change_request"]), start=1):
        sent = {"body": "Done.", "answers": True}
        as_(cast.ben).post(f"/api/threads/{each.pk}/comments/", sent, content_type="application/json")
        assert len(waiting()) == 2 - number
    assert Thread.objects.get(pk=thread.pk).state == "answered"


def test_who_is_called_and_told(cast: Cast, handed_in: Submission) -> None:
    """[CM34] The committee calls the pair and each other; whoever asked hears of the reply, by mail too."""
    thread = ask(cast.dele, handed_in, body="@Chandra, @Amara, is that so?")
    assert {mention.person for mention in Mention.objects.all()} == {cast.chandra, cast.amara}
    assert "@Chandra Rao" in as_(cast.dele).get(page_of(handed_in)).content.decode()
    sent = {"body": "It is so, indeed."}
    as_(cast.ben).post(f"/api/threads/{thread.pk}/comments/", sent, content_type="application/json")
    shown = as_(cast.dele).get(reverse("news")).content.decode()
    assert "Ben Adeyemi replies on" in shown
    cast.dele.seats.all().update(ended_at=thread.opened_at)
    assert "Ben Adeyemi replies on" not in as_(cast.dele).get(reverse("news")).content.decode()
    assert News.objects.filter(person=cast.dele, version=True, draft=True).exists()


def test_a_version_that_was_only_kept_has_no_margin(cast: Cast, proposal: Proposal) -> None:
    """[CM33]"""
    document = written(proposal)
    kept = editing.name_version(document, "Between us", by=cast.amara)
    page = reverse("version", args=[proposal.reference, document.stage, kept.number])
    assert "Say something about this text" not in as_(cast.amara).get(page).content.decode()
    assert as_(cast.amara).post(page, {**ASKED, "readers": "private"}).status_code == 422
    assert not Thread.objects.exists()
