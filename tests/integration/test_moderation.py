"""Hiding what somebody said, and saying anew what a thread is."""

from typing import Any

import pytest
from django.urls import reverse

from proposals.comments.models import Comment, Thread, ThreadEvent
from proposals.comments.services import reply
from proposals.portfolio.access import access_of
from proposals.portfolio.models import Document
from tests.people import Cast, as_
from tests.proposals import make_supporter
from tests.threads import begun, open_thread
from workspaces.models import AuditEntry, Membership, News, Person

UNKIND = "Words that hurt"
WHY = "It names a patient"


@pytest.fixture
def said(document: Document, cast: Cast) -> Thread:
    """Ben's thread; Dele is an administrator, and reads along."""
    begun(document)
    make_supporter(document.proposal, cast.dele, "reader")
    Membership.objects.filter(person=cast.dele).update(is_admin=True)
    return open_thread(document, by=cast.ben, body=UNKIND)


def page(thread: Thread, name: str = "thread", *more: object) -> str:
    document = thread.document
    return reverse(name, args=[document.proposal.reference, document.stage, thread.pk, *more])


def everywhere(person: Person, thread: Thread) -> str:
    """All that somebody can read of a thread, and of the news about it."""
    document = thread.document
    at = [document.proposal.reference, document.stage]
    own = f"/api/threads/{thread.pk}/"
    addresses = [
        page(thread), reverse("threads", args=at), reverse("text_notes", args=at), reverse("news"),
        reverse("text_notes_markdown", args=at), own, f"{own}comments/1/",
        f"/api/documents/{document.pk}/threads/",
    ]  # fmt: skip
    return "".join(as_(person).get(address).content.decode() for address in addresses)


def hide(person: Person, thread: Thread, why: str = WHY) -> Any:
    return as_(person).post(page(thread, "comment_hiding", 1), {"why": why})


def test_it_works(said: Thread, cast: Cast) -> None:
    """[CM35] Gone for everybody but its author, in every place; the reason stands there. And back again."""
    assert UNKIND in everywhere(cast.amara, said)
    assert News.objects.filter(text=UNKIND).exists()
    assert hide(cast.dele, said).status_code == 302
    for reader in (cast.amara, cast.dele):
        found = everywhere(reader, said)
        assert UNKIND not in found
        assert f"Hidden by the moderator: {WHY}" in found
    assert not News.objects.filter(text=UNKIND).exists()
    assert "Only you see this" in as_(cast.ben).get(page(said)).content.decode()
    assert UNKIND in as_(cast.ben).get(page(said)).content.decode()
    assert (
        f"Dele Ogun hides what you wrote on “In a few words”: {WHY}"
        in as_(cast.ben).get(reverse("news")).content.decode()
    )
    assert as_(cast.dele).post(page(said, "comment_showing", 1)).status_code == 302
    assert UNKIND in as_(cast.amara).get(page(said)).content.decode()
    verbs = (
        AuditEntry.objects.filter(target=f"thread:{said.pk}").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["thread_hid", "thread_showed"]
    assert UNKIND not in str(list(AuditEntry.objects.values()))


def test_eve_gets_404(said: Thread, cast: Cast) -> None:
    """[CM35] Strangers find nothing."""
    assert hide(cast.eve, said).status_code == 404


def test_who_moderates(said: Thread, cast: Cast, document: Document) -> None:
    """[CM35] An administrator who reads it; not the pair, not other readers, and nobody their own words."""
    make_supporter(document.proposal, cast.chandra, "reader")
    for person in (cast.amara, cast.ben, cast.chandra):
        assert hide(person, said).status_code == 403
    mine = open_thread(document, by=cast.dele, body="Mine")
    refused = hide(cast.dele, mine)
    assert refused.status_code == 422
    assert "This is your own comment" in refused.content.decode()
    assert hide(cast.dele, said, why=" ").status_code == 422
    assert not Comment.objects.exclude(hidden_at=None).exists()


def test_a_hidden_comment_is_not_put_into_other_words(said: Thread, cast: Cast) -> None:
    """[CM35] Its author can delete it; an earlier wording is hidden too."""
    address = f"/api/threads/{said.pk}/comments/1/"
    as_(cast.ben).patch(address, {"body": "Other words"}, content_type="application/json")
    hide(cast.dele, said)
    assert as_(cast.amara).get(address).json()["earlier"] == []
    again = as_(cast.ben).patch(address, {"body": "Again"}, content_type="application/json")
    assert (again.status_code, again.json()["detail"]) == (
        422, "A moderator has hidden this comment. It can be deleted, but not changed.",
    )  # fmt: skip
    assert as_(cast.ben).delete(address).status_code == 200


def test_what_a_thread_is_can_be_said_anew(said: Thread, cast: Cast) -> None:
    """[CM36] By whoever opened it; the history keeps what it was, and a question is closed by them alone."""
    address = page(said, "thread_kind")
    assert "Change what this is" in as_(cast.ben).get(page(said)).content.decode()
    assert as_(cast.amara).post(address, {"kind": "question"}).status_code == 403
    sent = {"kind": "question", "addressed": "clinician", "blocking": "on"}
    assert as_(cast.ben).post(address, sent).status_code == 302
    said.refresh_from_db()
    assert (said.kind, said.addressed, said.blocking) == ("question", "clinician", True)
    event = ThreadEvent.objects.filter(thread=said, kind="changed").get()
    assert (event.by, event.facts["before"]) == (
        cast.ben,
        {"kind": "comment", "addressed": "", "blocking": False},
    )
    reply(access_of(cast.amara, said.document), said, "It is", by=cast.amara, answers=True)
    assert as_(cast.amara).post(page(said, "thread_resolution")).status_code == 403
    assert as_(cast.ben).post(page(said, "thread_resolution")).status_code == 302


def by_json(person: Person, thread: Thread, sent: dict[str, str] | None, *, number: int = 1) -> Any:
    """Hide with what is sent; with None, show again."""
    address = f"/api/threads/{thread.pk}/comments/{number}/hiding/"
    client = as_(person)
    if sent is None:
        return client.delete(address)
    return client.post(address, sent, content_type="application/json")


def test_by_json(said: Thread, cast: Cast) -> None:
    """[CM35] The thread comes back as it is now, and says who may hide what; nobody else can."""
    own = f"/api/threads/{said.pk}/"
    listed = {
        person.pk: as_(person).get(own).json()["comments"][0]["can_moderate"]
        for person in (cast.amara, cast.ben, cast.dele)
    }
    assert listed == {cast.amara.pk: False, cast.ben.pk: False, cast.dele.pk: True}
    for person, status in ((cast.eve, 404), (cast.amara, 403), (cast.ben, 403)):
        assert by_json(person, said, {"why": WHY}).status_code == status
        assert by_json(person, said, None).status_code == status
    for why in ("", " ", "x" * 301):
        refused = by_json(cast.dele, said, {"why": why})
        assert refused.status_code == 400
        assert refused.json()["errors"]["why"]
    assert by_json(cast.amara, said, {}).status_code == 403
    hidden = by_json(cast.dele, said, {"why": WHY}).json()["comments"][0]
    assert (hidden["body"], hidden["hidden_why"], hidden["can_moderate"]) == ("", WHY, True)
    shown = by_json(cast.dele, said, None).json()["comments"][0]
    assert (shown["body"], shown["hidden_at"]) == (UNKIND, None)
    assert by_json(cast.dele, said, {"why": WHY}, number=2).status_code == 404
    mine = open_thread(said.document, by=cast.dele, body="Mine")
    assert by_json(cast.dele, mine, {"why": WHY}).status_code == 422
