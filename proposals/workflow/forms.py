"""What the secretary fills in, and the plain buttons of the pair, whose refusals are errors of a form."""

from django import forms

from proposals.portfolio.forms.proposals import Data, DayField, ReasonField
from proposals.workflow.services import Change

LINES = 20


class PlainForm(forms.Form):
    """A button and what the page showed when it was pressed."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ScreeningForm(forms.Form):
    """Take a submission in, or send it back with what has to change."""

    answer = forms.ChoiceField(
        label="Can the committee work with it?",
        choices=[
            ("accept", "Yes, take it in: it is complete and on the right route"),
            ("return", "No, send it back with a list of what has to change"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    changes = forms.CharField(
        label="If no, what has to change?",
        required=False,
        help_text="One change on each line. Each becomes a question that the pair has to answer.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": "The list can have 4,000 characters at most."},
    )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if said.get("answer") == "return" and not self.listed():
            self.add_error("changes", "List what has to change, one change on each line.")
        if len(self.listed()) > LINES:
            self.add_error("changes", f"List {LINES} changes at most.")
        return said

    def listed(self) -> list[Change]:
        lines = str(self.cleaned_data.get("changes", "")).splitlines()
        return [Change(line.strip()) for line in lines if line.strip()]


class ScheduleForm(forms.Form):
    """On which day the committee meets about it."""

    def __init__(self, data: Data) -> None:
        super().__init__(data)
        self.fields["meets_on"] = DayField("When does the committee meet about it?")
        self.fields["late_consent"] = ReasonField(
            "If the papers are late, why does the chair consent?",
            required=False,
            help_text="Papers go out five clear working days before the meeting.",
        )
