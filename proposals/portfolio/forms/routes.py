"""Forms about the route: six questions, and a secretary's change."""

from collections.abc import Mapping

from django import forms

from proposals.portfolio.domain.figures import figure
from proposals.portfolio.domain.routes import ANSWERS, MONEY, NO, QUESTIONS, ROUTE_DEMANDS
from proposals.portfolio.forms.proposals import Data, ReasonField

ANSWERED = {question.key for question in QUESTIONS}


class AmountField(forms.CharField):
    """A sum of money as people write it; kept as it was written."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, max_length=30)

    def clean(self, value: str) -> str:
        said: str = super().clean(value)
        if said and figure(said) is None:
            raise forms.ValidationError("Write pounds in figures, for example 25,000.")
        return said


class TriageForm(forms.Form):
    """Six questions about the size of an idea; those about money also ask how much."""

    def __init__(self, data: Data, answers: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(answers))
        for question in QUESTIONS:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                help_text=question.hint,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose yes, no or not sure."},
            )
            if question.key in MONEY:
                self.fields[f"{question.key}_amount"] = AmountField(
                    "If yes, how much over its whole life? (£)",
                    "All years together, roughly. Leave it empty if you do not know.",
                )

    def answers(self) -> dict[str, str]:
        """What was answered; a sum counts only beside a yes, or a doubt."""
        said: dict[str, str] = self.cleaned_data
        return {
            key: value
            for key, value in said.items()
            if value and (key in ANSWERED or said.get(key.removesuffix("_amount")) != NO)
        }


class RouteForm(forms.Form):
    """Another route, and why."""

    route = forms.ChoiceField(
        label="Which route?",
        choices=[
            (route.value, f"{route.label}: {demands.short}") for route, demands in ROUTE_DEMANDS.items()
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a route."},
    )
    reason = ReasonField("Why?", help_text="The pair and everybody who sees the proposal can read this.")
