"""Addresses of committees, their seats and conditions, and of decisions as JSON."""

from django.urls import path

from proposals.review import api, views

urlpatterns = [
    path("committees/", views.committees, name="committees"),
    path("committees/<slug:slug>/", views.committee, name="committee"),
    path("committees/<slug:slug>/seats/", views.seats, name="seats"),
    path("committees/<slug:slug>/seats/<int:seat_id>/ending/", views.seat_ending, name="seat_ending"),
    path("conditions/<int:condition_id>/discharge/", views.discharge, name="discharge"),
    path("api/decisions/", api.DecisionsView.as_view(), name="api_decisions"),
    path("api/decisions/<int:decision_id>/", api.DecisionView.as_view(), name="api_decision"),
]
