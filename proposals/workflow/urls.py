"""Addresses of the board and of a proposal, as pages and as JSON."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from proposals.workflow import api, views

urlpatterns = [
    path("", views.board, name="board"),
    path("proposals/<str:reference>/", views.proposal, name="proposal"),
    path("api/proposals/", api.ProposalsView.as_view(), name="api_proposals"),
    path("api/proposals/<str:reference>/", api.ProposalView.as_view(), name="api_proposal"),
    path("api/proposals/<str:reference>/verdict/", api.VerdictView.as_view(), name="api_verdict"),
    path("api/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/docs/", api.docs, name="api_docs"),
]
