"""Addresses of the board and of a proposal, as pages and as JSON."""

from django.urls import path

from proposals.workflow import views

urlpatterns = [
    path("", views.board, name="board"),
    path("proposals/<str:reference>/", views.proposal, name="proposal"),
]
