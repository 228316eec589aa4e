"""Pages about people: who is in a workspace, inviting, joining, leaving, and one's own account."""

from allauth.account.views import LogoutView
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from workspaces import selectors, services
from workspaces.domain.invitations import Fate, same_address, why_closed
from workspaces.domain.refusals import RefusedError
from workspaces.forms import InvitationForm, JoinForm, PlaceForm
from workspaces.models import Invitation, Person, Workspace

GONE = 410
UNPROCESSABLE = 422
page = require_http_methods(["GET", "HEAD", "POST"])


class SignedIn(HttpRequest):
    """A request that got past LoginRequiredMiddleware."""

    user: Person


# -- a workspace and its members -------------------------------------------------------------------
@require_safe
def workspace(request: SignedIn, slug: str) -> HttpResponse:
    """Who is here, who is on the way, and a form to invite others for those who may."""
    return _members(request, selectors.workspace_for(request.user, slug), InvitationForm())


@page
def invitations(request: SignedIn, slug: str) -> HttpResponse:
    """Invite somebody. The list itself is part of the workspace's page."""
    place = selectors.workspace_for(request.user, slug)
    if request.method != "POST":
        return redirect("workspace", slug)
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            invitation = services.invite(
                place,
                form.cleaned_data["email"],
                form.cleaned_data["side"],
                by=request.user,
                origin=f"{request.scheme}://{request.get_host()}",
            )
        except RefusedError as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"An invitation is on its way to {invitation.email}.")
            return redirect("workspace", slug)
    return _members(request, place, form, status=UNPROCESSABLE)


def _members(request: SignedIn, place: Workspace, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    me = selectors.membership_of(request.user, place)
    members = list(selectors.colleagues(place))
    waiting = [
        {"invitation": each, "expired": selectors.fate_of(each) is Fate.EXPIRED}
        for each in selectors.open_invitations(place)
    ]
    facts = {
        "workspace": place,
        "me": me,
        "members": members,
        "sides": {member.side for member in members},
        "waiting": waiting,
        "form": form,
    }
    return render(request, "workspaces/workspace.html", facts, status=status)


@page
def revocation(request: SignedIn, slug: str, invitation_id: int) -> HttpResponse:
    """Ask, then take an invitation back."""
    invitation = selectors.invitation_for(request.user, slug, invitation_id)
    me = selectors.membership_of(request.user, invitation.workspace)
    if me is None or not me.is_admin:
        raise PermissionDenied("Only people who look after this workspace can take an invitation back.")
    if request.method == "POST":
        services.revoke_invitation(invitation, by=request.user)
        messages.success(request, f"The invitation to {invitation.email} no longer works.")
        return redirect("workspace", slug)
    return render(request, "workspaces/revocation.html", {"invitation": invitation})


@page
def departure(request: SignedIn, slug: str, membership_id: int) -> HttpResponse:
    """Say what ends with a membership, then end it."""
    membership = selectors.membership_for(request.user, slug, membership_id)
    leaving = selectors.departure_of(membership, request.user)
    if reason := leaving.why_not_by_them():
        raise PermissionDenied(reason)
    obstacle = leaving.why_not_yet()
    if request.method == "POST" and not obstacle:
        services.end_membership(membership, by=request.user)
        messages.success(
            request, f"{membership.person.name} is no longer a member of {membership.workspace}."
        )
        return redirect("board") if leaving.own else redirect("workspace", slug)
    facts = {
        "membership": membership,
        "own": leaving.own,
        "obstacle": obstacle,
        "pairs": selectors.pairs_of(membership),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspaces/departure.html", facts, status=status)


# -- an invitation, for whoever holds its link -----------------------------------------------------
@login_not_required
@never_cache
@sensitive_post_parameters("password")
@page
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Join a workspace: as somebody with an account, or by making one."""
    offer = selectors.invitation_at(token)
    reason = why_closed(selectors.fate_of(offer), inviter=offer.invited_by.name)
    if reason:
        if offer.accepted_by and offer.accepted_by == request.user:
            return redirect("workspace", offer.workspace.slug)
        return _offer(request, offer, {"closed": reason}, status=GONE)
    try:
        if isinstance(request.user, Person):
            return _accept(request, offer, request.user)
        return _join(request, offer)
    except RefusedError:  # something changed since the page was shown; the page says what
        return redirect("invitation", token)


def _accept(request: HttpRequest, offer: Invitation, person: Person) -> HttpResponse:
    """Somebody who is signed in accepts, if it was they who were invited."""
    form = PlaceForm(request.POST or None)
    if request.method != "POST":
        return _offer(request, offer, {"form": form, "stranger": not same_address(offer.email, person.email)})
    if not form.is_valid():
        return _offer(request, offer, {"form": form}, status=UNPROCESSABLE)
    services.accept_invitation(offer.token, by=person, title=form.cleaned_data["title"])
    return _welcome(request, offer)


def _join(request: HttpRequest, offer: Invitation) -> HttpResponse:
    """Somebody without an account makes one for the address that was invited."""
    form = JoinForm(request.POST or None, email=offer.email)
    if request.method != "POST":
        has_account = selectors.person_with(offer.email) is not None
        return _offer(request, offer, {"form": form, "has_account": has_account})
    if not form.is_valid():
        return _offer(request, offer, {"form": form}, status=UNPROCESSABLE)
    facts = form.cleaned_data
    membership = services.join_by_invitation(
        offer.token, name=facts["name"], password=facts["password"], title=facts["title"]
    )
    login(request, membership.person)
    return _welcome(request, offer)


def _offer(
    request: HttpRequest, offer: Invitation, facts: dict[str, object], *, status: int = 200
) -> HttpResponse:
    return render(request, "workspaces/invitation.html", {"invitation": offer, **facts}, status=status)


def _welcome(request: HttpRequest, offer: Invitation) -> HttpResponse:
    messages.success(request, f"You are now a member of {offer.workspace.name}.")
    return redirect("workspace", offer.workspace.slug)


# -- one's own account -----------------------------------------------------------------------------
@require_safe
def account(request: SignedIn) -> HttpResponse:
    """Who one is here. Stands where allauth would let people take any address unproven."""
    memberships = request.user.memberships.filter(ended_at=None).select_related("workspace")
    return render(request, "account/email.html", {"memberships": memberships})


@method_decorator(login_not_required, name="dispatch")
class SignOutView(LogoutView):
    """Signs out and has the browser forget unsent edits, also when the session had already run out."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response
