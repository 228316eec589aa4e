"""What the pages of the margin share: what was posted, and what is said once it is done."""

from django.contrib import messages
from django.http import QueryDict

from proposals.portfolio.access import SignedIn


def sent(request: SignedIn) -> QueryDict | None:
    """What was posted, for a form; nothing when the page is only read."""
    return request.POST if request.method == "POST" else None


def say(request: SignedIn, told: str, unheard: list[str]) -> None:
    """At the top of the next page: that it is done, and who was called but cannot read it."""
    messages.success(request, told)
    if unheard:
        names = " and ".join(unheard)
        messages.warning(request, f"{names} cannot read this draft, so nobody has told them.")
