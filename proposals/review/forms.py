"""What committees fill in: seats, and the evidence that a condition is met."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from proposals.portfolio.forms.proposals import Data
from workspaces.models import Person, Seat

EVIDENCE_LENGTH = 1000


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A choice among people by name."""

    def __init__(self, queryset: QuerySet[Person], label: str, *, required: bool = True) -> None:
        super().__init__(
            queryset=queryset,
            label=label,
            required=required,
            empty_label="Choose a person",
            error_messages={
                "required": "Choose a person.",
                "invalid_choice": "Choose a person from the list.",
            },
        )


class SeatForm(forms.Form):
    """Who gets a seat, and as what."""

    role = forms.ChoiceField(
        label="As what?",
        choices=[
            (Seat.CHAIR, "Chair: decides with the committee and puts the decision in words"),
            (Seat.SECRETARY, "Secretary: looks at what comes in, sets the day, records"),
            (Seat.MEMBER, "Member: reads and comments on what is submitted"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose chair, secretary or member."},
    )

    def __init__(self, data: Data, people: QuerySet[Person]) -> None:
        super().__init__(data)
        self.fields["person"] = PersonField(people, "Who?")
        self.order_fields(["person", "role"])


class EvidenceForm(forms.Form):
    """By what one sees that a condition is met."""

    evidence = forms.CharField(
        label="By what do you see that it is met?",
        help_text="A sentence is enough: a date, a document, a figure. Never anything about a patient.",
        max_length=EVIDENCE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say by what you see that the condition is met.",
            "max_length": "This can have 1,000 characters at most.",
        },
    )


def sent(method: str, data: QueryDict) -> QueryDict | None:
    """What was posted. An empty form is one too: it has to be told what is missing."""
    return data if method == "POST" else None
