"""JSON: how much is new for whoever asks. What it is stands on the page."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proposals.news.selectors import unread_of
from workspaces.described import described
from workspaces.models import Person
from workspaces.problems import problems


class NewsSerializer(serializers.Serializer[object]):
    """The number in the header."""

    unread = serializers.IntegerField()


class NewsView(APIView):
    """`/api/news/`."""

    @described(summary="How much is new", responses={200: NewsSerializer, **problems(401)})
    def get(self, request: Request) -> Response:
        """How much of what you were told you have not read, as far as you may still see it."""
        person = request.user
        return Response({"unread": unread_of(person) if isinstance(person, Person) else 0})
