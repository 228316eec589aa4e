"""What committees fill in: seats, and the evidence that a condition is met."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from proposals.portfolio.forms.proposals import Data, DayField, ReasonField
from proposals.review.domain.decisions import Item, Said, Term, Worth, faults
from proposals.review.domain.kinds import OUTCOMES, PERMISSIONS, Kind, Outcome, Permission
from workspaces.models import Person, Seat

EVIDENCE_LENGTH = 1000
CONDITIONS = 5
STAGELESS = ["outcome", "review_on", "permissions"]


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


class DecisionForm(forms.Form):
    """What the committee decided. Parts that a kind does not need stay empty."""

    kind = forms.ChoiceField(
        label="What did the committee decide?",
        choices=[(kind.value, f"{kind.label}: {kind.meaning}") for kind in Kind],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided."},
    )
    reasons = ReasonField("Why?", help_text="In plain words: the pair and their colleagues read this.")
    permissions = forms.MultipleChoiceField(
        label="If approved, what may the pair do next?",
        choices=PERMISSIONS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    outcome = forms.ChoiceField(
        label="If approved, what becomes of the change?",
        choices=OUTCOMES,
        required=False,
        widget=forms.RadioSelect,
    )
    review_on = DayField("If adapted or extended, when is its effect looked at again?", required=False)
    revenue = forms.IntegerField(
        label="If approved, what revenue does it cost over its whole life?",
        help_text="In whole pounds.",
        required=False,
        min_value=0,
    )
    capital = forms.IntegerField(
        label="If approved, what capital does it cost?",
        help_text="In whole pounds.",
        required=False,
        min_value=0,
    )
    changes = ReasonField(
        "If sent back, what has to change?", required=False, help_text="One change on each line."
    )
    awaited = ReasonField("If deferred, what does the committee wait for?", required=False)

    def __init__(self, data: Data, item: Item, owners: QuerySet[Person]) -> None:
        super().__init__(data)
        self.item = item
        self.fields["awaited_on"] = DayField("If deferred, until which day?", required=False)
        for nth in range(1, CONDITIONS + 1):
            self.fields[f"text_{nth}"] = forms.CharField(
                label=f"Condition {nth}", required=False, max_length=500
            )
            self.fields[f"owner_{nth}"] = PersonField(
                owners, "If there is one, who sees to it?", required=False
            )
            self.fields[f"due_{nth}"] = DayField("If there is one, by when?", required=False)
            self.fields[f"before_start_{nth}"] = forms.BooleanField(
                label="Before the change may start", required=False
            )
        for name in {"concept": ["outcome", "review_on"], "evaluation": ["permissions"]}.get(
            item.stage, STAGELESS
        ):
            del self.fields[name]
        if item.stage != "business_case":
            del self.fields["revenue"], self.fields["capital"]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("kind") and not self.errors:
            for fault in faults(self.said(), self.item):
                self.add_error(self._place(fault.part), fault.sentence)
        return given

    def said(self) -> Said:
        """The decision as the rules know it."""
        given = self.cleaned_data
        sums = (given.get("revenue"), given.get("capital"))
        known = any(each is not None for each in sums)
        return Said(
            kind=Kind(given["kind"]),
            reasons=given["reasons"],
            permissions=frozenset(Permission(each) for each in given.get("permissions", [])),
            outcome=Outcome(given["outcome"]) if given.get("outcome") else None,
            review_on=given.get("review_on"),
            conditions=tuple(self._term(nth) for nth in self._written()),
            changes=tuple(given["changes"].splitlines()),
            awaited=given["awaited"],
            awaited_on=given["awaited_on"],
            worth=Worth(sums[0] or 0, sums[1] or 0) if known else None,
        )

    def _written(self) -> list[int]:
        parts = ("text", "owner", "due")
        rows = range(1, CONDITIONS + 1)
        return [nth for nth in rows if any(self.cleaned_data.get(f"{part}_{nth}") for part in parts)]

    def _term(self, nth: int) -> Term:
        given = self.cleaned_data
        owner = given[f"owner_{nth}"]
        return Term(
            given[f"text_{nth}"],
            owner.pk if owner else None,
            given[f"due_{nth}"],
            given[f"before_start_{nth}"],
        )

    def _place(self, part: str) -> str | None:
        """Which field a fault belongs to; none where it is about the whole."""
        if part.startswith("conditions."):
            _, number, name = part.split(".")
            part = f"{name}_{self._written()[int(number) - 1]}"
        elif part == "conditions":
            part = "text_1"
        return part if part in self.fields else None


def sent(method: str, data: QueryDict) -> QueryDict | None:
    """What was posted. An empty form is one too: it has to be told what is missing."""
    return data if method == "POST" else None
