"""Addresses under a proposal: starting one, its pair and who stands beside it, its title, its withdrawal."""

from django.urls import path

from proposals.portfolio import views

PROPOSAL = "proposals/<str:reference>/"

urlpatterns = [
    path("proposals/new/", views.proposal_new, name="proposal_new"),
    path(f"{PROPOSAL}acceptance/", views.acceptance, name="acceptance"),
    path(f"{PROPOSAL}pair/", views.pair, name="pair"),
    path(f"{PROPOSAL}deputies/", views.deputies, name="deputies"),
    path(f"{PROPOSAL}deputies/<int:deputy_id>/ending/", views.deputy_ending, name="deputy_ending"),
    path(f"{PROPOSAL}supporters/", views.supporters, name="supporters"),
    path(f"{PROPOSAL}supporters/<int:supporter_id>/ending/", views.supporter_ending, name="supporter_ending"),
    path(f"{PROPOSAL}title/", views.proposal_title, name="proposal_title"),
    path(f"{PROPOSAL}withdrawal/", views.withdrawal, name="withdrawal"),
]
