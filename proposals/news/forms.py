"""How somebody wants to hear of news, as a form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from proposals.portfolio.models import Proposal
from workspaces.domain.news import Kind, Way, Wishes

WAYS = [(way.value, way.label) for way in Way]
MARGIN = (
    Kind.MENTION, Kind.ASSIGNMENT, Kind.ANSWER, Kind.REPLY, Kind.COMMENT, Kind.RESOLUTION, Kind.DETACHED,
    Kind.HIDDEN,
)  # fmt: skip
GROUPS = (
    ("Writing together", MARGIN),
    ("People and proposals", tuple(kind for kind in Kind if kind not in MARGIN)),
)
UNKNOWN = {"required": "Choose how you hear of this.", "invalid_choice": "Choose how you hear of this."}


class PreferencesForm(forms.Form):
    """One switch for all e-mail, a way for each kind, and proposals without e-mail."""

    by_email = forms.BooleanField(
        label="Send me email about what is new",
        required=False,
        help_text="Without it, the choices below wait until you want email again.",
    )
    muted = forms.TypedMultipleChoiceField(
        label="No email about", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, sent: Any, wishes: Wishes, proposals: Sequence[Proposal]) -> None:
        offered = {proposal.pk for proposal in proposals}
        chosen = {kind.value: wishes.ways.get(kind.value, kind.way.value) for kind in Kind}
        muted = [str(pk) for pk in wishes.muted & offered]
        super().__init__(sent, initial={"by_email": wishes.by_email, "muted": muted, **chosen})
        self._others = wishes.muted - offered
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=WAYS, widget=forms.RadioSelect, error_messages=UNKNOWN
            )
        if proposals:
            choices = [(str(each.pk), f"{each.reference} {each.title}") for each in proposals]
            self.fields["muted"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["muted"]

    @property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """The kinds as the page shows them."""
        return [(heading, [self[kind.value] for kind in kinds]) for heading, kinds in GROUPS]

    @property
    def ways(self) -> dict[Kind, Way]:
        return {kind: Way(self.cleaned_data[kind.value]) for kind in Kind}

    @property
    def unwanted(self) -> set[int]:
        """Proposals without e-mail; those that are not offered here stay as they were."""
        return {*self.cleaned_data.get("muted", ()), *self._others}
