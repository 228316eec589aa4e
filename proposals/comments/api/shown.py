"""How threads and comments look in JSON."""

from collections.abc import Iterable
from dataclasses import asdict

from django.urls import reverse
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from proposals.comments.entries import as_handed_in
from proposals.comments.models import ADDRESSED, ANCHOR_STATES, HOWS, KINDS, STATES, Comment, Thread
from proposals.comments.selectors import Margin
from proposals.editing import rendering
from workspaces.models import SIDES, Person


class NamedSerializer(serializers.Serializer[object]):
    """A person."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class SpeakerSerializer(NamedSerializer):
    """A person, and the side they spoke for when they wrote."""

    side = serializers.ChoiceField(choices=SIDES)


class ThreadCommentSerializer(serializers.Serializer[object]):
    """One contribution. A deleted one has no words any more."""

    number = serializers.IntegerField()
    by = SpeakerSerializer()
    body = serializers.CharField(allow_blank=True, help_text="Markdown.")
    html = serializers.CharField(allow_blank=True, help_text="The same, safe to show.")
    is_answer = serializers.BooleanField()
    is_mine = serializers.BooleanField()
    at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    deleted_at = serializers.DateTimeField(allow_null=True)
    hidden_at = serializers.DateTimeField(allow_null=True, help_text="A moderator has hidden it.")
    hidden_why = serializers.CharField(allow_blank=True)
    can_moderate = serializers.BooleanField(help_text="The reader may hide it, or show it again.")


class EarlierSerializer(serializers.Serializer[object]):
    """What a comment said before."""

    body = serializers.CharField()
    until = serializers.DateTimeField()


class CommentHistorySerializer(ThreadCommentSerializer):
    """One contribution, and what it said before its author changed it."""

    earlier = EarlierSerializer(many=True)


class IndicesSerializer(serializers.Serializer[object]):
    """Indices in the section's Y.Text (UTF-16 units)."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()


class NameSerializer(serializers.Serializer[object]):
    """What can be written after @, and whom it calls."""

    call = serializers.CharField(help_text="What follows the @.")
    people = serializers.ListField(child=serializers.CharField())
    side = serializers.ChoiceField(choices=SIDES, allow_null=True)
    is_side = serializers.BooleanField(help_text="It calls whoever answers for a side.")


class AnchorSerializer(serializers.Serializer[object]):
    """What a thread hangs on."""

    state = serializers.ChoiceField(choices=ANCHOR_STATES)
    start = serializers.JSONField(allow_null=True, help_text="A relative position, as Yjs reads it.")
    end = serializers.JSONField(allow_null=True)
    quote = serializers.CharField(allow_blank=True, help_text="What stood there when it was opened.")
    prefix = serializers.CharField(allow_blank=True)
    suffix = serializers.CharField(allow_blank=True)
    current = serializers.CharField(allow_blank=True, help_text="What stood there when it was last seen.")
    at = IndicesSerializer(allow_null=True, help_text="Where that was, in the text of that moment.")
    missing_since = serializers.DateTimeField(
        allow_null=True, help_text="The words are gone; detached unless they are back within half a minute."
    )
    detached_at = serializers.DateTimeField(allow_null=True)
    removed_by = NamedSerializer(allow_null=True, help_text="Who wrote the words away, where that is known.")


@extend_schema_serializer(component_name="ThreadGrant")
class GrantSerializer(serializers.Serializer[object]):
    """Whether the reader may do it, and if not, why."""

    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)


class SettledSerializer(serializers.Serializer[object]):
    """Who answered or resolved a thread, when, and what came of it."""

    by = NamedSerializer()
    at = serializers.DateTimeField()
    how = serializers.ChoiceField(choices=HOWS, allow_blank=True)


class ThreadSerializer(serializers.Serializer[object]):
    """A thread with everything that was said in it."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    document = serializers.IntegerField()
    section = serializers.SlugField()
    version = serializers.IntegerField(
        allow_null=True, help_text="Number of the version it was begun on, for a committee too."
    )
    committee_reads = serializers.BooleanField(help_text="The committee that has the proposal reads it too.")
    kind = serializers.ChoiceField(choices=KINDS)
    addressed = serializers.ChoiceField(choices=ADDRESSED, allow_blank=True)
    blocking = serializers.BooleanField()
    state = serializers.ChoiceField(choices=STATES)
    opened_by = SpeakerSerializer()
    opened_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    settled = SettledSerializer(allow_null=True, help_text="Null while it is open.")
    anchor = AnchorSerializer()
    comments = ThreadCommentSerializer(many=True)
    unread = serializers.IntegerField(help_text="Comments of others that the reader has not read.")
    abilities = serializers.DictField(child=GrantSerializer())
    not_mentioned = serializers.ListField(
        child=serializers.CharField(),
        help_text="Colleagues whom what was just sent calls, but who cannot see this text.",
    )


def thread_facts(
    thread: Thread,
    margin: Margin,
    comments: Iterable[Comment],
    *,
    unread: int = 0,
    not_mentioned: Iterable[str] = (),
) -> dict[str, object]:
    """A thread as its serializer takes it."""
    return {
        "id": thread.pk,
        "url": reverse("api_thread", args=[thread.pk]),
        "document": thread.document_id,
        "section": thread.section,
        "version": thread.version.number if thread.version else None,
        "committee_reads": margin.committee_reads(thread),
        "kind": thread.kind,
        "addressed": thread.addressed,
        "blocking": thread.blocking,
        "state": thread.state,
        "opened_by": _speaker(thread.opened_by, thread.opened_side),
        "opened_at": thread.opened_at,
        "changed_at": thread.changed_at,
        "settled": _settled(thread),
        "anchor": _anchor(thread, margin),
        "comments": [comment_facts(comment, margin) for comment in comments],
        "unread": unread,
        "abilities": {act.value: asdict(grant) for act, grant in margin.acts(thread).items()},
        "not_mentioned": list(not_mentioned),
    }


def comment_facts(comment: Comment, margin: Margin) -> dict[str, object]:
    """A comment as its serializer takes it."""
    reader = margin.person
    is_mine = comment.by_id == reader.pk
    body = comment.said_to(reader)
    return {
        "number": comment.number,
        "by": _speaker(comment.by, comment.side),
        "body": body,
        "html": rendering.shown(body),
        "is_answer": comment.is_answer,
        "is_mine": is_mine,
        "at": comment.at,
        "edited_at": comment.edited_at,
        "deleted_at": comment.deleted_at,
        "hidden_at": comment.hidden_at,
        "hidden_why": comment.hidden_why,
        "can_moderate": margin.can_moderate and not is_mine and comment.deleted_at is None,
    }


def _anchor(thread: Thread, margin: Margin) -> dict[str, object]:
    spot = margin.spot(thread) if margin.reads_draft else None
    if not margin.reads_draft:
        thread = as_handed_in(thread)
    return {
        "state": thread.anchor_state,
        "start": thread.start,
        "end": thread.end,
        "quote": thread.exact,
        "prefix": thread.prefix,
        "suffix": thread.suffix,
        "current": thread.latest.get("exact", ""),
        "at": {"start": spot[0], "end": spot[1]} if spot else None,
        "missing_since": thread.missing_since,
        "detached_at": thread.detached_at,
        "removed_by": thread.missing_by,
    }


def _settled(thread: Thread) -> dict[str, object] | None:
    if thread.settled_by is None:
        return None
    return {"by": thread.settled_by, "at": thread.settled_at, "how": thread.settled_how}


def _speaker(person: Person, side: str) -> dict[str, object]:
    return {"id": person.pk, "name": person.name, "side": side}
