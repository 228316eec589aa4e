"""What programs send about threads. Everything is bounded, and each error is a sentence."""

from typing import Any

from django.http import QueryDict
from rest_framework import serializers

from proposals.comments.domain.anchors import LONGEST_QUOTE, Given, NoAnchor, given
from proposals.comments.domain.threads import Kind
from proposals.comments.domain.words import Words
from proposals.comments.models import (
    ADDRESSED,
    ANCHOR_STATES,
    BODY_LENGTH,
    HOWS,
    KINDS,
    REASON_LENGTH,
    STATES,
)
from proposals.comments.selectors import Wanted
from proposals.comments.services import NO_REASON, Draft
from proposals.editing.models import FrozenVersion

TOO_LONG = f"Select up to {LONGEST_QUOTE} characters, or comment on the whole section."


class BodyField(serializers.CharField):
    """What somebody says, in Markdown."""

    def __init__(self) -> None:
        super().__init__(
            max_length=BODY_LENGTH,
            help_text="Markdown. @Name, @clinician, @manager and @patient-partner call people.",
            error_messages={
                "blank": "Write something first.",
                "required": "Write something first.",
                "max_length": f"A comment can have {BODY_LENGTH:,} characters at most.",
            },
        )

    def to_internal_value(self, data: str) -> str:
        return super().to_internal_value(data).replace("\r\n", "\n")


class AnchorGiven(serializers.Serializer[object]):
    """The words that were selected, as the browser that shows the text knows them."""

    start = serializers.JSONField(
        help_text="Y.relativePositionToJSON of the start in the section's Y.Text, assoc 0."
    )
    end = serializers.JSONField(help_text="The same for the end, assoc -1.")
    quote = serializers.CharField(
        max_length=LONGEST_QUOTE,
        trim_whitespace=False,
        help_text="Exactly what the Y.Text says between the two.",
        error_messages={"max_length": TOO_LONG, "blank": "Select some words first."},
    )


class WordsGiven(serializers.Serializer[object]):
    """Words of a text that was handed in, as a page shows it."""

    exact = serializers.CharField(max_length=LONGEST_QUOTE, error_messages={"max_length": TOO_LONG})
    prefix = serializers.CharField(max_length=LONGEST_QUOTE, allow_blank=True, default="")
    suffix = serializers.CharField(max_length=LONGEST_QUOTE, allow_blank=True, default="")


class ThreadGiven(serializers.Serializer[object]):
    """A new thread. Without an anchor it is about the whole section."""

    section = serializers.SlugField(max_length=40)
    body = BodyField()
    kind = serializers.ChoiceField(choices=KINDS, default=Kind.COMMENT.value)
    addressed = serializers.ChoiceField(choices=ADDRESSED, allow_blank=True, default="")
    blocking = serializers.BooleanField(default=False)
    anchor = AnchorGiven(required=False, allow_null=True)
    version = serializers.IntegerField(
        required=False,
        allow_null=True,
        help_text="Number of the version that was handed in: its committee reads it.",
    )
    words = WordsGiven(required=False, allow_null=True, help_text="Words of that version.")


class ThreadChange(serializers.Serializer[object]):
    """What whoever opened a thread can change about it."""

    kind = serializers.ChoiceField(choices=KINDS, required=False)
    addressed = serializers.ChoiceField(choices=ADDRESSED, allow_blank=True, required=False)
    blocking = serializers.BooleanField(required=False)


class VersionGiven(serializers.Serializer[object]):
    """On which version, if on one: so much is asked before anything else, for it decides who may."""

    version = serializers.IntegerField(required=False, allow_null=True, min_value=1)


class ReplyGiven(serializers.Serializer[object]):
    """Another comment in a thread."""

    body = BodyField()
    answers = serializers.BooleanField(default=False, help_text="This answers what was asked.")


class CommentChange(serializers.Serializer[object]):
    """The same comment in other words."""

    body = BodyField()


class HidingGiven(serializers.Serializer[object]):
    """Why a comment is hidden."""

    why = serializers.CharField(
        max_length=REASON_LENGTH,
        help_text="Everybody reads this in place of the comment.",
        error_messages={
            "blank": NO_REASON,
            "required": NO_REASON,
            "max_length": f"A reason can have {REASON_LENGTH} characters at most.",
        },
    )


class ResolutionGiven(serializers.Serializer[object]):
    """What came of a thread."""

    how = serializers.ChoiceField(choices=HOWS, allow_blank=True, default="")


class ReadingGiven(serializers.Serializer[object]):
    """Up to when the reader has read."""

    upto = serializers.DateTimeField(required=False, help_text="Now, if not given.")


class WantedGiven(serializers.Serializer[object]):
    """Filters of a list of threads; several values of one narrow to any of them."""

    state = serializers.MultipleChoiceField(choices=STATES, required=False)
    kind = serializers.MultipleChoiceField(choices=KINDS, required=False)
    anchor = serializers.MultipleChoiceField(choices=ANCHOR_STATES, required=False)
    section = serializers.ListField(child=serializers.SlugField(max_length=40), required=False)
    addressed = serializers.MultipleChoiceField(
        choices=[("me", "The reader, by side or by name"), *ADDRESSED], required=False
    )
    mine = serializers.BooleanField(required=False, help_text="Only those the reader opened.")
    since = serializers.DateTimeField(required=False, help_text="Only those that changed after this.")


def anchor_from(sent: dict[str, object] | None, section: str) -> Given | None:
    """The anchor that was sent, or an error of its field."""
    if sent is None:
        return None
    try:
        return given(sent["start"], sent["end"], str(sent["quote"]), section=section)
    except NoAnchor as wrong:
        raise serializers.ValidationError({"anchor": [str(wrong)]}) from wrong


def draft_from(sent: dict[str, Any], version: FrozenVersion | None) -> Draft:
    """A thread as it was sent, or errors of its fields."""
    words = sent.get("words") if version else None
    return Draft(
        section=sent["section"],
        body=sent["body"],
        kind=Kind(sent["kind"]),
        addressed=sent["addressed"],
        blocking=sent["blocking"],
        anchor=None if version else anchor_from(sent.get("anchor"), sent["section"]),
        version=version,
        words=Words(words["exact"], words["prefix"], words["suffix"]) if words else None,
        for_committee=version is not None,
    )


def wanted_from(query: QueryDict) -> Wanted:
    """The filters of a list, or errors of their names."""
    sent = WantedGiven(data=query)
    sent.is_valid(raise_exception=True)
    asked = sent.validated_data
    addressed = set(asked.get("addressed", ()))
    return Wanted(
        states=sorted(asked.get("state", ())),
        kinds=sorted(asked.get("kind", ())),
        sections=asked.get("section", ()),
        anchors=sorted(asked.get("anchor", ())),
        addressed=sorted(addressed - {"me"}),
        addressed_to_me="me" in addressed,
        mine=asked.get("mine", False),
        since=asked.get("since"),
    )
