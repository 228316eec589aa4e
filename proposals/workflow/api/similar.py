"""JSON for somebody who types a title: earlier proposals that are like it, and what became of them."""

from typing import cast

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proposals.workflow.selectors import similar_to
from workspaces.described import described
from workspaces.models import Person
from workspaces.problems import problems

WORDS = OpenApiParameter("words", str, description="What was typed. The first 200 characters count.")


class SimilarSerializer(serializers.Serializer[object]):
    """An earlier proposal and where it stands."""

    reference = serializers.CharField()
    title = serializers.CharField()
    stands = serializers.CharField(help_text="Whose turn it is, or how it ended, in words.")
    url = serializers.CharField(help_text="Its page.")


class SimilarProposalsView(APIView):
    """Has anyone tried this?"""

    @described(
        parameters=[WORDS],
        responses={(200, "application/json"): SimilarSerializer(many=True), **problems(401)},
    )
    def get(self, request: Request) -> Response:
        """List up to five proposals that you may see and that are like the words, the likest first."""
        typed = request.query_params.get("words", "")
        rows = [
            {
                "reference": proposal.reference,
                "title": proposal.title,
                "stands": turn.sentence,
                "url": reverse("proposal", args=[proposal.reference]),
            }
            for proposal, turn in similar_to(cast(Person, request.user), typed)
        ]
        return Response(SimilarSerializer(rows, many=True).data)
