"""What every page here begins and ends with: which requests it takes, what was sent, the answer."""

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from proposals.portfolio.access import SignedIn

page = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: SignedIn) -> QueryDict | None:
    """What was posted. An empty form is one too: it has to be told what is missing."""
    return request.POST if request.method == "POST" else None


def shown(request: SignedIn, template: str, facts: dict[str, object]) -> HttpResponse:
    """The page; 422 when what was sent could not be done as it stands."""
    form = facts.get("form")
    refused = isinstance(form, forms.Form) and bool(form.errors)
    return render(request, template, facts, status=422 if refused else 200)
