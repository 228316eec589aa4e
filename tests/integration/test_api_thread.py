"""/api/threads/<id>/ and what belongs to it: comments, resolution, anchor, reading."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from proposals.comments.domain.threads import Kind
from proposals.comments.models import Comment, Mention, Reading, Thread, ThreadEvent
from proposals.portfolio.models import Document
from tests.people import Cast, as_, join, make_pair
from tests.proposals import make_proposal, make_supporter
from tests.threads import anchor_on, begun, cut, open_thread, write
from workspaces import notices
from workspaces.domain.pairing import Side
from workspaces.models import AuditEntry, Membership, Person

JSON = "application/json"


@pytest.fixture
def thread(document: Document, cast: Cast) -> Thread:
    begun(document)
    return open_thread(document, "too long", by=cast.amara, kind=Kind.QUESTION)


@pytest.fixture
def on_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> DjangoCaptureOnCommitCallbacks:
    return django_capture_on_commit_callbacks


def url(thread: Thread, rest: str = "") -> str:
    return f"/api/threads/{thread.pk}/{rest}"


def reply(client: Client, thread: Thread, body: str = "Yes.", **more: object) -> dict[str, Any]:
    answer = client.post(url(thread, "comments/"), {"body": body, **more}, content_type=JSON)
    assert answer.status_code == 201, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def test_it_works(thread: Thread, cast: Cast) -> None:
    """[CM3] Asked, answered, judged, closed and opened again."""
    answered = reply(as_(cast.ben), thread, "It is.", answers=True)
    assert answered["state"] == "answered"
    assert answered["settled"]["by"]["name"] == "Ben Adeyemi"
    assert answered["comments"][1]["is_answer"]
    amara = as_(cast.amara)
    assert amara.delete(url(thread, "resolution/")).json()["state"] == "open"
    closed = amara.post(url(thread, "resolution/"), {"how": "done"}, content_type=JSON).json()
    assert closed["state"] == "resolved"
    assert closed["settled"]["how"] == "done"
    again = as_(cast.ben).delete(url(thread, "resolution/")).json()
    assert (again["state"], again["settled"]) == ("open", None)
    assert [event.kind for event in ThreadEvent.objects.all()] == [
        "opened", "answered", "reopened", "resolved", "reopened",
    ]  # fmt: skip


def test_eve_gets_404(thread: Thread, cast: Cast) -> None:
    """[CM9] At every address of the thread; a colleague who may not read the draft gets 403 and why."""
    asked: list[tuple[str, str, dict[str, object]]] = [
        ("get", "", {}), ("patch", "", {"blocking": True}), ("post", "comments/", {"body": "x"}),
        ("get", "comments/1/", {}), ("patch", "comments/1/", {"body": "x"}), ("delete", "comments/1/", {}),
        ("post", "resolution/", {}), ("delete", "resolution/", {}), ("put", "reading/", {}),
        ("put", "anchor/", {"start": {}, "end": {}, "quote": "x"}),
    ]  # fmt: skip
    for person, code in ((cast.eve, 404), (cast.dele, 403)):
        client = as_(person)
        for method, rest, sent in asked:
            assert getattr(client, method)(url(thread, rest), sent, content_type=JSON).status_code == code
    assert as_(cast.amara).get("/api/threads/999999/").status_code == 404
    assert as_(cast.amara).get(url(thread, "comments/7/")).status_code == 404
    thread.refresh_from_db()
    assert (thread.state, thread.blocking, Comment.objects.count()) == ("open", False, 1)
    assert not Reading.objects.exists()


def test_threads_of_a_document_of_others(thread: Thread, cast: Cast) -> None:
    """[CM9] Somebody with a proposal of their own gets nowhere with its anchors, nor at ours with theirs."""
    friend = join(cast.dele, cast.elsewhere, Side.MANAGER)
    pair = make_pair(Membership.objects.get(person=cast.eve), friend)
    theirs = make_proposal(pair, "Theirs", "TS-2026-001").documents.get()
    begun(theirs)
    client = as_(cast.eve)
    other = open_thread(theirs, "too long", by=cast.eve)
    assert (
        client.put(url(thread, "anchor/"), anchor_on(theirs, "front"), content_type=JSON).status_code == 404
    )
    assert as_(cast.amara).get(url(other)).status_code == 404


def test_only_whoever_asked_closes_a_question(thread: Thread, cast: Cast) -> None:
    """[CM2]"""
    answer = as_(cast.ben).post(url(thread, "resolution/"), {}, content_type=JSON)
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Only Amara Okafor, who asked, can resolve this. You can answer it."
    Membership.objects.filter(person=cast.amara).update(ended_at=thread.opened_at)
    assert as_(cast.ben).post(url(thread, "resolution/"), {}, content_type=JSON).json()["state"] == "resolved"


def test_twice_does_no_harm(thread: Thread, amara: Person) -> None:
    """[CM8] Two people press the same button: one event."""
    client = as_(amara)
    for _ in range(2):
        assert client.post(url(thread, "resolution/"), {}, content_type=JSON).json()["state"] == "resolved"
    for _ in range(2):
        assert client.delete(url(thread, "resolution/")).json()["state"] == "open"
    assert [event.kind for event in ThreadEvent.objects.all()] == ["opened", "resolved", "reopened"]


def test_the_opener_says_what_it_is(thread: Thread, cast: Cast) -> None:
    """[CM1]"""
    sent = {"kind": "change_request", "addressed": "clinician", "blocking": True}
    changed = as_(cast.amara).patch(url(thread), sent, content_type=JSON).json()
    assert {name: changed[name] for name in sent} == sent
    as_(cast.amara).patch(url(thread), sent, content_type=JSON)
    assert ThreadEvent.objects.filter(kind="changed").count() == 1
    refused = as_(cast.ben).patch(url(thread), {"blocking": False}, content_type=JSON)
    assert refused.status_code == 403
    assert refused.json()["detail"] == "Only Amara Okafor, who wrote this, can change what it is."


def test_a_comment_belongs_to_its_author(thread: Thread, cast: Cast) -> None:
    """[CM4] Changed by them alone, and what it said before stays to be read."""
    amara, ben = as_(cast.amara), as_(cast.ben)
    assert (
        amara.patch(url(thread, "comments/1/"), {"body": "Is it really?"}, content_type=JSON).status_code
        == 200
    )
    shown = ben.get(url(thread, "comments/1/")).json()
    assert shown["body"] == "Is it really?"
    assert shown["edited_at"]
    assert [each["body"] for each in shown["earlier"]] == ["Is that so?"]
    amara.patch(url(thread, "comments/1/"), {"body": "Is it really?"}, content_type=JSON)
    assert len(ben.get(url(thread, "comments/1/")).json()["earlier"]) == 1
    for answer in (
        ben.patch(url(thread, "comments/1/"), {"body": "Never."}, content_type=JSON),
        ben.delete(url(thread, "comments/1/")),
    ):
        assert answer.status_code == 403
        assert answer.json()["detail"] == "Only whoever wrote a comment can change or delete it."


def test_a_deleted_comment_leaves_a_gap(thread: Thread, cast: Cast) -> None:
    """[CM4] The replies stay, and nobody is shown what it said."""
    reply(as_(cast.ben), thread, "Ask @Amara")
    amara = as_(cast.amara)
    amara.patch(url(thread, "comments/1/"), {"body": "Other words"}, content_type=JSON)
    gone = amara.delete(url(thread, "comments/1/")).json()["comments"]
    assert [(each["body"], each["html"], bool(each["deleted_at"])) for each in gone] == [
        ("", "", True), ("Ask @Amara", "<p>Ask @Amara</p>", False),
    ]  # fmt: skip
    shown = as_(cast.ben).get(url(thread, "comments/1/")).json()
    assert shown["earlier"] == []
    again = amara.delete(url(thread, "comments/1/"))
    assert (again.status_code, again.json()["detail"]) == (422, "This comment has been deleted.")


def test_people_are_called(thread: Thread, cast: Cast, on_commit: DjangoCaptureOnCommitCallbacks) -> None:
    """[CM23] Those who can read it hear of it; who cannot is named to the writer, and told nothing."""
    heard: list[tuple[str, notices.Payload]] = []
    stops = [
        notices.subscribe(f"person.{person.pk}", lambda hint, who=person.name: heard.append((who, hint)))  # type: ignore[misc]
        for person in (cast.amara, cast.ben, cast.dele, cast.mags)
    ]
    make_supporter(thread.document.proposal, cast.mags)
    with on_commit(execute=True):
        said = reply(as_(cast.ben), thread, "@clinician @Dele @patient-partner @Ben Adeyemi <script>@Nobody")
    for stop in stops:
        stop()
    assert said["not_mentioned"] == ["Dele Ogun"]
    assert {mention.person.name for mention in Mention.objects.all()} == {"Amara Okafor", "Mags Doyle"}
    hint = {"type": "mention", "proposal": thread.document.proposal_id, "thread": thread.pk}
    assert [each for each in heard if each[1]["type"] == "mention"] == [
        ("Amara Okafor", hint),
        ("Mags Doyle", hint),
    ]


def test_others_hear_ids_alone(thread: Thread, cast: Cast, on_commit: DjangoCaptureOnCommitCallbacks) -> None:
    """[CM6]"""
    heard: list[object] = []
    stop = notices.subscribe(f"proposal.{thread.document.proposal_id}", heard.append)
    with on_commit(execute=True):
        reply(as_(cast.ben), thread, "Secret words")
    stop()
    ids = {"proposal": thread.document.proposal_id, "document": thread.document_id, "thread": thread.pk}
    assert heard == [{"type": "thread", **ids}]
    assert "Secret" not in str([entry.facts for entry in AuditEntry.objects.all()])


def test_what_is_new_is_new_to_each(thread: Thread, cast: Cast) -> None:
    """[CM24] One's own words never; read once, read for oneself alone."""
    amara, ben = as_(cast.amara), as_(cast.ben)
    reply(ben, thread)
    assert amara.get(url(thread)).json()["unread"] == 1
    assert ben.get(url(thread)).json()["unread"] == 1
    assert ben.put(url(thread, "reading/"), {}, content_type=JSON).status_code == 204
    assert ben.get(url(thread)).json()["unread"] == 0
    assert amara.get(url(thread)).json()["unread"] == 1
    reply(amara, thread)
    assert ben.get(url(thread)).json()["unread"] == 1
    earlier = thread.opened_at.isoformat()
    ben.put(url(thread, "reading/"), {}, content_type=JSON)
    ben.put(url(thread, "reading/"), {"upto": earlier}, content_type=JSON)
    assert ben.get(url(thread)).json()["unread"] == 0
    assert Reading.objects.count() == 1


def test_detached_and_put_back(thread: Thread, cast: Cast) -> None:
    """[CM15] [CM18] Shown with its words and who removed them; on other words by hand."""
    document = thread.document
    write(document, cut("too long"), by=cast.ben)
    shown = as_(cast.amara).get(url(thread)).json()["anchor"]
    assert shown["missing_since"]
    assert shown["at"] is None
    Thread.objects.update(missing_since=thread.opened_at.replace(year=2020))
    shown = as_(cast.amara).get(url(thread)).json()["anchor"]
    assert (shown["state"], shown["quote"]) == ("detached", "too long")
    assert shown["removed_by"]["name"] == "Ben Adeyemi"
    stale = {**anchor_on(document, "corridor"), "quote": "bed"}
    assert as_(cast.ben).put(url(thread, "anchor/"), stale, content_type=JSON).status_code == 409
    put = as_(cast.ben).put(url(thread, "anchor/"), anchor_on(document, "corridor"), content_type=JSON).json()
    assert (put["anchor"]["state"], put["anchor"]["quote"]) == ("anchored", "corridor")
    assert (put["anchor"]["removed_by"], put["anchor"]["detached_at"]) == (None, None)
    assert as_(cast.amara).get(url(thread)).json()["anchor"]["at"] == put["anchor"]["at"]


def test_a_thread_on_a_section_goes_on_no_words(thread: Thread, cast: Cast) -> None:
    """[CM18]"""
    whole = open_thread(thread.document, by=cast.amara)
    anchor = anchor_on(thread.document, "corridor")
    assert as_(cast.ben).put(url(whole, "anchor/"), anchor, content_type=JSON).status_code == 403
