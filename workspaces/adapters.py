"""How allauth behaves here: accounts come by invitation, and what it says is in plain words."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from workspaces import post, services
from workspaces.models import Person

LOCKED = (
    "There were five sign-ins to this account with a wrong password, so it is locked for five minutes. "
    "Wait, then try again, or choose a new password now."
)


class Accounts(DefaultAccountAdapter):
    """Named in settings.ACCOUNT_ADAPTER."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask whoever runs coprod in your organisation.",
        "email_password_mismatch": "The email address or the password is not right.",
        "enter_current_password": "This is not your present password.",
        "incorrect_password": "This is not your present password.",
        "invalid_password_reset": "This link does not work any more. Ask for a new one.",
        "rate_limited": "There were too many tries in a short time. Wait a minute, then try again.",
        "too_many_login_attempts": LOCKED,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes an account unasked: an invitation has its own page for that."""
        return False

    def logout(self, request: HttpRequest) -> None:
        """End the session, then tell the pages that were opened with it."""
        person = cast(Person, request.user)
        super().logout(request)
        services.signed_out(person.pk)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A new password ends all sessions of the person but the one it was given in."""
        with transaction.atomic():
            super().set_password(user, password)
            services.password_changed(cast(Person, user))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, as every mail, instead of to the mail server while somebody waits for a page."""
        request = current.request
        facts = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        letter = self.render_mail(template_prefix, email, facts)
        post.write(to=email, subject=str(letter.subject), text=str(letter.body))

    def format_email_subject(self, subject: str) -> str:
        """No "[host]" in front: people know coprod by its name, not by its address."""
        return str(subject)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("account_email")
