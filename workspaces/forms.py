"""What people fill in about themselves and each other."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password

from workspaces.domain.pairing import Side
from workspaces.models import Person

ADDRESS_FORM = "Enter an email address in the right format, like name@example.com."
LONG_ENOUGH = "At least 10 characters, and not a common password. Three random words work well."


class InvitationForm(forms.Form):
    """Whom to invite, and which side they speak for."""

    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="The invitation works only for this address.",
        error_messages={
            "required": "Enter the email address of the person you invite.",
            "invalid": ADDRESS_FORM,
        },
    )
    side = forms.TypedChoiceField(
        label="They join as",
        choices=[(side.value, side.label) for side in Side],
        coerce=Side,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which side they join on."},
    )


class PlaceForm(forms.Form):
    """What colleagues see beside a new member's name."""

    title = forms.CharField(
        label="Job title",
        max_length=120,
        required=False,
        help_text="As your colleagues know it.",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )


class JoinForm(PlaceForm):
    """An account for somebody who was invited; the address comes from the invitation."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="First and last name, as your colleagues know you.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name."},
    )
    password = forms.CharField(
        label="Choose a password",
        max_length=200,
        strip=False,
        help_text=LONG_ENOUGH,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password."},
    )
    field_order = ["name", "title", "password"]

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_name(self) -> str:
        """One line: a name stands in headers of emails and beside carets."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, Person(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


class _PlainWords:
    """allauth's forms with our words, and without placeholders."""

    # name of the field -> label, hint, what to say when it is empty
    words: ClassVar[dict[str, tuple[str, str, str]]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint, missing) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages |= {"required": missing, "invalid": ADDRESS_FORM}
            field.widget.attrs.pop("placeholder", None)


ADDRESS = ("Email address", "", "Enter your email address.")
PASSWORD = ("Password", "", "Enter your password.")
NEW_PASSWORDS = {
    "password1": ("New password", LONG_ENOUGH, "Choose a new password."),
    "password2": ("New password again", "", "Enter the new password a second time."),
}


class SignInForm(_PlainWords, allauth_forms.LoginForm):
    """Address and password."""

    words: ClassVar = {"login": ADDRESS, "password": PASSWORD}


class ForgottenPasswordForm(_PlainWords, allauth_forms.ResetPasswordForm):
    """Where to send the link for a new password."""

    words: ClassVar = {"email": ADDRESS}


class NewPasswordForm(_PlainWords, allauth_forms.ResetPasswordKeyForm):
    """A new password by the link in an email."""

    words: ClassVar = NEW_PASSWORDS


class ChangePasswordForm(_PlainWords, allauth_forms.ChangePasswordForm):
    """A new password in place of the present one."""

    words: ClassVar = {
        "oldpassword": ("Present password", "", "Enter your present password."),
        **NEW_PASSWORDS,
    }


class FirstPasswordForm(_PlainWords, allauth_forms.SetPasswordForm):
    """A password for an account that was made without one."""

    words: ClassVar = NEW_PASSWORDS


class ConfirmPasswordForm(_PlainWords, allauth_forms.ReauthenticateForm):
    """The present password once more, before something that matters."""

    words: ClassVar = {"password": PASSWORD}
