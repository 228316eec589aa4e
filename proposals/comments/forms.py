"""Forms of the margin: a new thread, a reply, other words for one's own."""

from collections.abc import Iterable, Sequence

from django import forms
from django.http import QueryDict

from proposals.comments.domain.anchors import LONGEST_QUOTE
from proposals.comments.domain.mentions import Name
from proposals.comments.domain.threads import Kind
from proposals.comments.models import ADDRESSED, BODY_LENGTH, REASON_LENGTH
from proposals.portfolio.models import Section

KINDS = [
    (Kind.COMMENT.value, "Comment: something to know, nothing to answer"),
    (Kind.QUESTION.value, "Question: you decide when it is answered"),
    (Kind.CHANGE_REQUEST.value, "Request for a change: you decide when it is done"),
    (Kind.PATIENT_POINT.value, "Point for patients: something that matters to patients or carers"),
]
EVERYBODY = "Everybody who reads this"


def calling(names: Sequence[Name]) -> str:
    """The line under a box that says who can be called in it."""
    if not names:
        return "Nobody else reads this text yet, so there is nobody to call with @."
    calls = [f"@{name.call}" for name in names]
    listed = calls[0] if len(calls) == 1 else f"{', '.join(calls[:-1])} or {calls[-1]}"
    return f"To call somebody, write {listed}."


class BodyField(forms.CharField):
    """What somebody says."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=BODY_LENGTH,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={
                "required": "Write something first.",
                "max_length": f"A comment can have {BODY_LENGTH:,} characters at most.",
            },
        )

    def to_python(self, value: object) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class ThreadForm(forms.Form):
    """A new thread on a whole section."""

    section = forms.ChoiceField(label="About which part?", error_messages={"required": "Choose a part."})
    kind = forms.ChoiceField(
        label="What is it?",
        choices=KINDS,
        initial=Kind.COMMENT.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is."},
    )
    addressed = forms.ChoiceField(label="To whom?", choices=[("", EVERYBODY), *ADDRESSED], required=False)
    blocking = forms.BooleanField(label="This has to be settled before handing in", required=False)
    body = BodyField("What do you want to say?")

    def __init__(
        self, data: QueryDict | None, sections: Iterable[Section], *, names: Sequence[Name] = ()
    ) -> None:
        super().__init__(data, auto_id="new-%s")
        self.fields["body"].help_text = calling(names)
        choice = self.fields["section"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(section.key, section.title) for section in sections]


class VersionThreadForm(ThreadForm):
    """A new thread on a text that was handed in: on some of its words, or on a whole section."""

    COMMITTEE, PRIVATE = "committee", "private"
    words = forms.CharField(
        label="On which words?",
        help_text="Select them above, or copy them here. Leave this empty to comment on the whole part.",
        required=False,
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"Select up to {LONGEST_QUOTE} characters."},
    )
    # What stands beside them on the page, filled by script: for words that the part has more than once.
    before = forms.CharField(required=False, widget=forms.HiddenInput)
    behind = forms.CharField(required=False, widget=forms.HiddenInput)
    readers = forms.ChoiceField(
        label="Who can read it?",
        choices=[
            (PRIVATE, "Only those who read the draft"),
            (COMMITTEE, "Also the committee to which this was handed in"),
        ],
        initial=PRIVATE,
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("section", "words", "kind", "addressed", "blocking", "readers", "body")

    def __init__(
        self,
        data: QueryDict | None,
        sections: Iterable[Section],
        *,
        names: Sequence[Name] = (),
        chooses: bool = True,
    ) -> None:
        super().__init__(data, sections, names=names)
        if not chooses:
            self.fields["readers"].widget = forms.HiddenInput()


class ReplyForm(forms.Form):
    """Another comment in a thread."""

    body = BodyField("Reply")

    def __init__(self, data: QueryDict | None, thread_id: int, *, names: Sequence[Name] = ()) -> None:
        super().__init__(data, auto_id=f"reply-{thread_id}-%s")
        self.fields["body"].help_text = calling(names)


class HidingForm(forms.Form):
    """Why a comment is hidden."""

    why = forms.CharField(
        label="Why is it hidden?",
        help_text="Everybody reads this in place of the comment.",
        max_length=REASON_LENGTH,
        error_messages={"required": "Say why this is hidden: everybody reads it in place of the comment."},
    )


class KindForm(forms.Form):
    """What a thread is, whom it is put to, and whether it has to be settled first."""

    kind = forms.ChoiceField(label="What is it?", choices=KINDS, widget=forms.RadioSelect)
    addressed = forms.ChoiceField(label="To whom?", choices=[("", EVERYBODY), *ADDRESSED], required=False)
    blocking = forms.BooleanField(label="This has to be settled before handing in", required=False)


class CommentForm(forms.Form):
    """One's own comment in other words."""

    body = BodyField("What do you want to say?")

    def __init__(self, data: QueryDict | None, said: str, *, names: Sequence[Name] = ()) -> None:
        super().__init__(data, initial={"body": said})
        self.fields["body"].help_text = calling(names)
