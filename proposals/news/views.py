"""Pages of what is new: reading it, choosing what comes by e-mail, and stopping that from a mail."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from proposals.editing import rendering
from proposals.news import selectors
from proposals.news.forms import PreferencesForm
from proposals.news.services import reader_of
from proposals.portfolio.access import SignedIn
from proposals.portfolio.models import Proposal
from workspaces import services as people
from workspaces.models import News

PAGE_LENGTH = 20
page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of news on the page."""

    news: News
    proposal: Proposal | None
    html: SafeString | str


@never_cache
@require_safe
def news(request: SignedIn) -> HttpResponse:
    """The newest first; on request, only what has not been read."""
    found = selectors.news_for(request.user)
    unread_only = request.GET.get("show") == "unread"
    wanted = found.filter(read_at=None) if unread_only else found
    shown = Paginator(wanted, PAGE_LENGTH).get_page(request.GET.get("page", 1))
    titles = selectors.titles_of(shown)
    facts = {
        "pieces": [Piece(each, titles.get(each.proposal), _shown(each.text)) for each in shown],
        "page": shown,
        "pages": _pages(shown, unread_only=unread_only),
        "unread_only": unread_only,
        "has_unread": found.filter(read_at=None).exists(),
    }
    return render(request, "news/news.html", facts)


@require_safe
def news_piece(request: SignedIn, number: int) -> HttpResponse:
    """Lead to what a piece of news is about; whoever follows has read it."""
    piece = _piece(request, number)
    people.read_news([piece.pk], by=request.user)
    if not url_has_allowed_host_and_scheme(piece.url, allowed_hosts=None):
        raise Http404
    return redirect(piece.url)


@require_POST
def news_piece_reading(request: SignedIn, number: int) -> HttpResponse:
    """One piece has been read."""
    people.read_news([_piece(request, number).pk], by=request.user)
    return redirect("news")


@require_POST
def news_reading(request: SignedIn) -> HttpResponse:
    """Everything has been read."""
    people.read_news(by=request.user)
    messages.success(request, "Everything is marked as read.")
    return redirect("news")


@page
def news_preferences(request: SignedIn) -> HttpResponse:
    """How one wants to hear of news."""
    wishes = selectors.wishes_of([request.user.pk])[request.user.pk]
    sent = request.POST if request.method == "POST" else None
    form = PreferencesForm(sent, wishes, list(selectors.can_be_muted(request.user)))
    if form.is_valid():
        by_email = form.cleaned_data["by_email"]
        people.prefer(form.ways, form.unwanted, by_email=by_email, by=request.user)
        messages.success(request, "Your choices are saved.")
        return redirect("news_preferences")
    return render(request, "news/preferences.html", {"form": form}, status=422 if form.errors else 200)


@csrf_exempt  # a mail program posts here with one click (RFC 8058); the signed link is the proof
@login_not_required
@never_cache
@page
def news_unsubscription(request: HttpRequest, token: str) -> HttpResponse:
    """Asking changes nothing; posting stops the mail, and needs no account."""
    found = reader_of(token)
    if found is None:
        raise Http404
    person, proposal = found
    facts: dict[str, object] = {"proposal": proposal}
    if request.method == "POST":
        only = proposal if request.POST.get("stop") == "proposal" else 0
        people.stop_mail(person, only)
        facts["stopped"] = (
            "You hear no more of this proposal by email." if only else "No more news come by email."
        )
    return render(request, "news/unsubscription.html", facts)


def _piece(request: SignedIn, number: int) -> News:
    """A piece of one's own that one may still see, or 404."""
    piece = selectors.news_for(request.user).filter(pk=number).first()
    if piece is None:
        raise Http404
    return piece


def _shown(text: str) -> SafeString | str:
    return rendering.shown(text) if text else ""


def _pages(shown: Page[News], *, unread_only: bool) -> dict[str, object]:
    """Links to the page before and the page after, in the words of the NHS pagination."""
    total = shown.paginator.num_pages
    links: dict[str, object] = {}
    for name, wanted in (("previous", shown.number - 1), ("next", shown.number + 1)):
        if 1 <= wanted <= total:
            query = {"show": "unread", "page": wanted} if unread_only else {"page": wanted}
            links[name] = {"labelText": f"{wanted} of {total}", "href": f"?{urlencode(query)}"}
    return links
