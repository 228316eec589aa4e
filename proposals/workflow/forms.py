"""What the secretary and the pair fill in, and plain buttons, whose refusals are errors of a form."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from proposals.portfolio.forms.proposals import Data, DayField, MemberField, ReasonField
from proposals.workflow.models import Reconsideration
from proposals.workflow.selectors.bank_holidays import first_day_with_clear
from proposals.workflow.services import PAPER_DAYS, Change
from workspaces.models import Membership

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
        soonest = first_day_with_clear(timezone.localdate(), PAPER_DAYS)
        self.fields["meets_on"].help_text = f"From {soonest:%-d %B %Y} on, its papers are in time."
        self.fields["late_consent"] = ReasonField(
            "If the papers are late, why does the chair consent?",
            required=False,
            help_text="Papers are out five clear working days before. The reason stays in the record.",
        )


class WithdrawalForm(forms.Form):
    """Why a proposal is put away."""

    reason = ReasonField(
        "Why do you withdraw it?", help_text="Everybody in the workspace can read this once it is withdrawn."
    )


class WithdrawalAnswerForm(PlainForm):
    """Yes or no to the other half, who wants to put the proposal away."""

    answer = forms.ChoiceField(
        label="Do you agree?",
        choices=[("agree", "Yes, withdraw it for good"), ("keep", "No, I want to keep it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    reason = ReasonField("If no, why do you want to keep it?", required=False)

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if said.get("answer") == "keep" and not said.get("reason"):
            self.add_error("reason", "Write the reason in a sentence or two.")
        return said

    def request(self) -> int:
        """The number of the request that the page showed; 0, which is none, for anything else."""
        seen = str(self.cleaned_data["seen"])
        return int(seen) if seen.isascii() and seen.isdigit() else 0


class LiveForm(forms.Form):
    """Since when the change is live, and when its effect is looked at. `days`: what has been said already."""

    def __init__(self, data: Data, days: Mapping[str, date]) -> None:
        super().__init__(data, initial=dict(days))
        self.fields["live_on"] = DayField("Since which day is it live?")
        self.fields["review_on"] = DayField("When do you look at its effect on patients?", required=False)
        self.fields["review_on"].help_text = "Six months after the start, if you leave this empty."


class LeadsForm(forms.Form):
    """Who decides on a small test. `candidates`: for each place, in the order of the page."""

    def __init__(
        self, data: Data, candidates: Mapping[str, QuerySet[Membership]], named: Mapping[str, int]
    ) -> None:
        super().__init__(data, initial=dict(named))
        for key, label in (("clinician", "Clinical lead"), ("manager", "Line manager")):
            if candidates[key]:
                self.fields[key] = MemberField(candidates[key], label)


class TestStartForm(PlainForm):
    """Until when it is tested. `said`: what a lead has said already."""

    def __init__(self, data: Data, said: Mapping[str, object]) -> None:
        super().__init__(data, initial=dict(said))
        self.fields["review_on"] = DayField("When do you look at what the test has shown?")


class ConclusionForm(PlainForm):
    """What becomes of it after a test. `said`: what a lead has said already."""

    def __init__(self, data: Data, said: Mapping[str, object]) -> None:
        super().__init__(data, initial=dict(said))
        self.fields["outcome"] = forms.ChoiceField(
            label="What becomes of it?",
            choices=[
                ("adopt", "Adopt: it stays, as it is"),
                ("extend", "Go on testing, until a day that you set"),
                ("abandon", "Abandon: it stops"),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose what becomes of it."},
        )
        self.fields["reason"] = ReasonField("Why?", help_text="Everybody in the workspace can read this.")
        self.fields["review_on"] = DayField("If it is tested further, until when?", required=False)


class AskAgainForm(forms.Form):
    """Why a decline should be looked at again."""

    ground = forms.ChoiceField(
        label="On what ground?",
        choices=Reconsideration.GROUNDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a ground."},
    )
    text = ReasonField("What was it?", help_text="The chair of the committee above reads this.")


class ReconsiderationForm(forms.Form):
    """Whether it is looked at again, and why."""

    granted = forms.ChoiceField(
        label="Does your committee look at it?",
        choices=[("yes", "Yes, it comes before us"), ("no", "No, the decline stands")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    answer = ReasonField("Why?", help_text="The pair reads this, and it stands in the history.")


class PauseForm(forms.Form):
    """Why it stops."""

    reason = ReasonField("Why does it stop?", help_text="Whoever lets it go on reads this.")


class ResumptionForm(forms.Form):
    """Why it can go on."""

    reason = ReasonField("Why can it go on?", help_text="The pair and their colleagues read this.")


class EvaluationForm(forms.Form):
    """Why the evaluation begins now; asked for where its day has not come."""

    def __init__(self, data: Data, *, early: bool) -> None:
        super().__init__(data)
        label = "Why do you look at it now?" if early else "Is there anything to say about beginning it?"
        self.fields["reason"] = ReasonField(label, required=early)
