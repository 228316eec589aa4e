"""Addresses of pages and JSON; one include for each wing."""

from django.urls import URLPattern, URLResolver, include, path

# Order matters where addresses overlap: `/proposals/new/` comes before `/proposals/<reference>/`.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("coprod.health")),
    path("accounts/", include("allauth.urls")),
    path("", include("workspaces.urls")),
    path("", include("proposals.portfolio.urls")),
    path("", include("proposals.workflow.urls")),
    path("", include("proposals.editing.urls")),
]
