"""Second thoughts about a thread: what it is, and whether a comment of it can be read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from proposals.comments import services
from proposals.comments.access import ability_on
from proposals.comments.domain.threads import Act
from proposals.comments.forms import HidingForm, KindForm
from proposals.comments.selectors import comment_of, margin_of
from proposals.comments.views.saying import sent
from proposals.comments.views.threads import facts_on, page, place_of, thread_on
from proposals.portfolio.access import SignedIn, access_of
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.forms import carried_out


@page
def thread_kind(request: SignedIn, *, reference: str, stage: str, thread_id: int) -> HttpResponse:
    """Whoever opened a thread says anew what it is; everybody who has the margin open sees it at once."""
    access, found = thread_on(request, reference, stage, thread_id=thread_id)
    access_of(request.user, access.document, ability_on(found, Ability.COMMENT))
    grant = margin_of(request.user, access).acts(found)[Act.CHANGE]
    if not grant.allowed:
        raise PermissionDenied(grant.reason)
    now = {"kind": found.kind, "addressed": found.addressed, "blocking": found.blocking}
    form = KindForm(sent(request), initial=now)

    def change() -> None:
        services.change_thread(access, found, form.cleaned_data, by=request.user)

    if carried_out(form, change):
        messages.success(request, "It is changed.")
        return redirect(place_of(access, found))
    facts = {**facts_on(access), "thread": found, "form": form}
    return render(request, "comments/thread_kind.html", facts, status=422 if form.errors else 200)


@page
def comment_hiding(
    request: SignedIn, *, reference: str, stage: str, thread_id: int, number: int
) -> HttpResponse:
    """A moderator hides a comment and says why."""
    access, found = thread_on(request, reference, stage, thread_id=thread_id)
    services.may_moderate(access)
    comment = comment_of(found, number)
    form = HidingForm(sent(request))

    def hide() -> None:
        services.hide_comment(access, comment, form.cleaned_data["why"], by=request.user)

    if carried_out(form, hide):
        messages.success(request, "The comment is hidden, and its author has been told.")
        return redirect(place_of(access, found))
    facts = {**facts_on(access), "thread": found, "comment": comment, "form": form}
    return render(request, "comments/comment_hiding.html", facts, status=422 if form.errors else 200)


@require_POST
def comment_showing(
    request: SignedIn, *, reference: str, stage: str, thread_id: int, number: int
) -> HttpResponse:
    """It can be read again."""
    access, found = thread_on(request, reference, stage, thread_id=thread_id)
    services.may_moderate(access)
    services.show_comment(access, comment_of(found, number), by=request.user)
    messages.success(request, "The comment is shown again, and its author has been told.")
    return redirect(place_of(access, found))
