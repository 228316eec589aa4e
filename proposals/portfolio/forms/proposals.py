"""Forms about a proposal, its pair and who stands beside it."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from proposals.portfolio.domain.pathway import BadTemplateError
from proposals.portfolio.domain.supporters import Role
from workspaces.domain.refusals import RefusedError
from workspaces.models import Membership

# What a browser sent, or nothing yet.
Data = QueryDict | None
TITLE_LENGTH = 160
MANY = 8

# Django's field knows its model only in the type stubs, not at run time.
if TYPE_CHECKING:
    ChoiceOfMembers = forms.ModelChoiceField[Membership]
else:
    ChoiceOfMembers = forms.ModelChoiceField


class MemberField(ChoiceOfMembers):
    """A choice among colleagues, by name and job title; a list to open where there are many."""

    def __init__(self, queryset: QuerySet[Membership], label: str, help_text: str = "") -> None:
        few = queryset.count() <= MANY
        self._name_workspace = queryset.values("workspace").order_by().distinct().count() > 1
        super().__init__(
            queryset=queryset,
            label=label,
            help_text=help_text,
            widget=forms.RadioSelect if few else forms.Select,
            empty_label=None if few else "Choose a colleague",
            error_messages={
                "required": "Choose a colleague.",
                "invalid_choice": "Choose a colleague from the list.",
            },
        )

    def label_from_instance(self, obj: Membership) -> str:
        parts = [obj.person.name, obj.title]
        if self._name_workspace:
            parts.append(obj.workspace.name)
        return ", ".join(part for part in parts if part)


class TitleField(forms.CharField):
    """A proposal's title."""

    def __init__(self, help_text: str = "") -> None:
        super().__init__(
            label="Title",
            help_text=help_text,
            max_length=TITLE_LENGTH,
            error_messages={
                "required": "Write a title.",
                "max_length": f"The title can have {TITLE_LENGTH} characters at most.",
            },
        )


class ReasonField(forms.CharField):
    """A reason in a few sentences."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={
                "required": "Write the reason in a sentence or two.",
                "max_length": "The reason can have 1,000 characters at most.",
            },
        )


class ProposalForm(forms.Form):
    """A new proposal: its title and with whom."""

    title = TitleField("What would be better, in a few words. You can change it later.")

    def __init__(self, data: Data, colleagues: QuerySet[Membership], *, title: str = "") -> None:
        super().__init__(data, initial={"title": title})
        self.fields["colleague"] = MemberField(
            colleagues,
            "Who do you write it with?",
            "They are asked to accept. Writing opens when you are both in.",
        )


class TitleForm(forms.Form):
    """Another title."""

    title = TitleField()


class AnswerForm(forms.Form):
    """Yes or no to writing together."""

    answer = forms.ChoiceField(
        label="Do you want to write this together?",
        choices=[("accept", "Yes, we write it together"), ("decline", "No, not this time")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    reason = ReasonField(
        "If no, why?", required=False, help_text="Your colleague reads this. A sentence is enough."
    )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if said.get("answer") == "decline" and not said.get("reason"):
            self.add_error("reason", "Say in a sentence why not, so that your colleague knows.")
        return said


class PairForm(forms.Form):
    """Another colleague after a pair has ended."""

    def __init__(self, data: Data, colleagues: QuerySet[Membership]) -> None:
        super().__init__(data)
        self.fields["colleague"] = MemberField(colleagues, "Who do you want to go on with?")


class DayField(forms.DateField):
    """A day in three boxes."""

    def __init__(self, label: str, *, required: bool = True) -> None:
        today = timezone.localdate()
        super().__init__(
            label=label,
            required=required,
            widget=forms.SelectDateWidget(years=range(today.year, today.year + 2)),
            error_messages={
                "required": "Write a day, for example 27 3 2027.",
                "invalid": "Write a real day, for example 27 3 2027.",
            },
        )


class DeputyForm(forms.Form):
    """Who stands in, and from when to when."""

    def __init__(self, data: Data, colleagues: QuerySet[Membership]) -> None:
        super().__init__(data)
        self.fields["deputy"] = MemberField(colleagues, "Who stands in for you?")
        self.fields["starts_on"] = DayField("First day")
        self.fields["ends_on"] = DayField("Last day")

    def days(self) -> tuple[date, date]:
        return self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]


class SupporterForm(forms.Form):
    """Who stands beside the pair, and as what."""

    role = forms.ChoiceField(
        label="As what?",
        choices=[
            (Role.PATIENT_PARTNER.value, "Patient partner: writes with you, speaks for patients and carers"),
            (Role.COACH.value, "Coach: reads along and advises you both"),
            (Role.READER.value, "Reader: reads along and does not write, such as a finance partner"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a part."},
    )

    def __init__(self, data: Data, colleagues: QuerySet[Membership]) -> None:
        super().__init__(data)
        self.fields["person"] = MemberField(colleagues, "Who?")
        self.order_fields(["person", "role"])


def carried_out(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do it if the form is whole; where a rule says no, its sentence becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        deed()
    except (RefusedError, BadTemplateError) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
