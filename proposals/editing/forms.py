"""Forms about the versions of a document."""

from django import forms
from django.http import QueryDict

from proposals.editing.services import TITLE_LENGTH


class NameForm(forms.Form):
    """What to call a version."""

    title = forms.CharField(
        label="Name of this version",
        help_text="For example “Before we cut it to one page”. You go on writing in the same text.",
        max_length=TITLE_LENGTH,
        error_messages={
            "required": "Give the version a name.",
            "max_length": f"The name can have {TITLE_LENGTH} characters at most.",
        },
    )


class ComparisonForm(forms.Form):
    """Which two texts to compare. The newer one may be what is written now."""

    NOW = "now"

    def __init__(self, data: QueryDict | None, numbers: list[tuple[int, str]], *, now: bool = True) -> None:
        super().__init__(data)
        known = [(str(number), label) for number, label in numbers]
        draft = [(self.NOW, "The text as it is now")] if now else []
        wrong = {"required": "Choose a version.", "invalid_choice": "Choose a version from the list."}
        self.fields["older"] = forms.ChoiceField(label="From", choices=known, error_messages=wrong)
        self.fields["newer"] = forms.ChoiceField(label="To", choices=[*draft, *known], error_messages=wrong)


class RestorationForm(forms.Form):
    """Which parts of a version to bring back; all that differ, unless some are left out."""

    def __init__(self, data: QueryDict | None, parts: list[tuple[str, str]]) -> None:
        super().__init__(data)
        wrong = "Choose at least one part to bring back."
        self.fields["sections"] = forms.MultipleChoiceField(
            label="Which parts do you want to bring back?",
            choices=parts,
            initial=[key for key, _ in parts],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": wrong, "invalid_choice": "Choose parts from the list."},
        )
