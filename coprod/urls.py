"""Addresses of pages and JSON; one include for each wing."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

# Order matters where addresses overlap: `/proposals/new/` comes before `/proposals/<reference>/`.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("coprod.health")),
    path("", include("coprod.metrics")),
    # Before allauth: its own sign-out and e-mail pages are not the ones we want.
    path("", include("workspaces.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("proposals.portfolio.urls")),
    path("", include("proposals.review.urls")),
    path("", include("proposals.workflow.urls")),
    path("", include("proposals.editing.urls")),
    path("", include("proposals.comments.urls")),
    path("", include("proposals.news.urls")),
]
