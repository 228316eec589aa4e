"""Addresses under a proposal, its route among them, and of an organisation's templates."""

from django.urls import path

from proposals.portfolio import views

PROPOSAL = "proposals/<str:reference>/"
TEMPLATES = "organisations/<slug:slug>/templates/"

urlpatterns = [
    path("proposals/new/", views.proposal_new, name="proposal_new"),
    path(f"{PROPOSAL}acceptance/", views.acceptance, name="acceptance"),
    path(f"{PROPOSAL}pair/", views.pair, name="pair"),
    path(f"{PROPOSAL}deputies/", views.deputies, name="deputies"),
    path(f"{PROPOSAL}deputies/<int:deputy_id>/ending/", views.deputy_ending, name="deputy_ending"),
    path(f"{PROPOSAL}supporters/", views.supporters, name="supporters"),
    path(f"{PROPOSAL}supporters/<int:supporter_id>/ending/", views.supporter_ending, name="supporter_ending"),
    path(f"{PROPOSAL}title/", views.proposal_title, name="proposal_title"),
    path(f"{PROPOSAL}triage/", views.triage, name="triage"),
    path(f"{PROPOSAL}route/", views.route, name="route"),
    path(TEMPLATES, views.organisation_templates, name="templates"),
    path(f"{TEMPLATES}<int:template_id>/", views.organisation_template, name="template"),
    path(f"{TEMPLATES}<int:template_id>/file/", views.template_file, name="template_file"),
    path(f"{TEMPLATES}<int:template_id>/copy/", views.template_copy, name="template_copy"),
]
