"""Addresses of pages about people. Those under `accounts/` stand in front of allauth's own."""

from django.urls import path

from workspaces import views

urlpatterns = [
    path("workspaces/<slug:slug>/", views.workspace, name="workspace"),
    path("workspaces/<slug:slug>/invitations/", views.invitations, name="invitations"),
    path(
        "workspaces/<slug:slug>/invitations/<int:invitation_id>/revocation/",
        views.revocation,
        name="revocation",
    ),
    path("workspaces/<slug:slug>/members/<int:membership_id>/departure/", views.departure, name="departure"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("accounts/email/", views.account, name="account_email"),
    path("accounts/logout/", views.SignOutView.as_view(), name="account_logout"),
]
