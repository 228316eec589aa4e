"""Addresses of what is new, how one wants to hear of it, and the way out that each mail names."""

from django.urls import path

from proposals.news import api, views

urlpatterns = [
    path("news/", views.news, name="news"),
    path("news/reading/", views.news_reading, name="news_reading"),
    path("news/preferences/", views.news_preferences, name="news_preferences"),
    path("news/unsubscription/<str:token>/", views.news_unsubscription, name="news_unsubscription"),
    path("news/<int:number>/", views.news_piece, name="news_piece"),
    path("news/<int:number>/reading/", views.news_piece_reading, name="news_piece_reading"),
    path("api/news/", api.NewsView.as_view(), name="api_news"),
]
