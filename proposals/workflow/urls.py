"""Addresses of the board and of a proposal, as pages and as JSON."""

from django.urls import path

from proposals.workflow import api, views

PROPOSAL = "proposals/<str:reference>/"

urlpatterns = [
    path("", views.board, name="board"),
    path("search/", views.search, name="search"),
    path(PROPOSAL, views.proposal, name="proposal"),
    path(f"{PROPOSAL}confirmations/<slug:section>/", views.confirmation, name="confirmation"),
    path(f"{PROPOSAL}sign-off/", views.sign_off, name="sign_off"),
    path(f"{PROPOSAL}submission/", views.submission, name="submission"),
    path(f"{PROPOSAL}screening/", views.screening, name="screening"),
    path(f"{PROPOSAL}schedule/", views.schedule, name="schedule"),
    path(f"{PROPOSAL}decision/", views.decision, name="decision"),
    path(f"{PROPOSAL}papers/", views.papers, name="papers"),
    path(f"{PROPOSAL}go-live/", views.go_live, name="go_live"),
    path(f"{PROPOSAL}pause/", views.pause, name="pause"),
    path(f"{PROPOSAL}resumption/", views.resumption, name="resumption"),
    path(f"{PROPOSAL}leads/", views.leads, name="leads"),
    path(f"{PROPOSAL}test-start/", views.test_start, name="test_start"),
    path(f"{PROPOSAL}conclusion/", views.conclusion, name="conclusion"),
    path(f"{PROPOSAL}reconsideration/", views.reconsideration, name="reconsideration"),
    path(f"{PROPOSAL}withdrawal/", views.withdrawal, name="withdrawal"),
    path(f"{PROPOSAL}evaluation-start/", views.evaluation_start, name="evaluation_start"),
    path("api/proposals/", api.ProposalsView.as_view(), name="api_proposals"),
    path("api/proposals/<str:reference>/", api.ProposalView.as_view(), name="api_proposal"),
    path("api/proposals/<str:reference>/verdict/", api.VerdictView.as_view(), name="api_verdict"),
    path("api/similar-proposals/", api.SimilarProposalsView.as_view(), name="api_similar_proposals"),
    path("api/schema/", api.schema, name="api_schema"),
    path("api/docs/", api.docs, name="api_docs"),
]
