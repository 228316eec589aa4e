"""“Has anyone tried this?”: earlier proposals that are like what somebody types."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from proposals.portfolio.access import SignedIn
from proposals.portfolio.forms import TITLE_LENGTH
from proposals.portfolio.selectors import can_be_half, places_of
from proposals.workflow import selectors
from proposals.workflow.domain.finding import LONGEST


@require_safe
def search(request: SignedIn) -> HttpResponse:
    """What the reader may see that is like the words, with how it ended and why."""
    typed = " ".join(request.GET.get("words", "")[:LONGEST].replace("\0", " ").split())
    finds = selectors.found_for(request.user, typed, page=request.GET.get("page", 1))
    facts = {
        "typed": typed,
        "finds": finds,
        "pages": _pages(finds, typed),
        "can_begin": bool(can_be_half(list(places_of(request.user)))),
        "title": urlencode({"title": typed[:TITLE_LENGTH]}),
    }
    return render(request, "workflow/search.html", facts)


def _pages(finds: selectors.Finds, typed: str) -> dict[str, object]:
    number, total = finds.page.number, finds.page.paginator.num_pages
    links: dict[str, object] = {}
    for name, wanted in (("previous", number - 1), ("next", number + 1)):
        if 1 <= wanted <= total:
            query = urlencode({"words": typed, "page": wanted})
            links[name] = {"labelText": f"{wanted} of {total}", "href": f"?{query}"}
    return links
