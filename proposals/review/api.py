"""JSON about decisions: those one may see, and one with its reasons and conditions."""

from typing import cast

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proposals.portfolio.models import STAGES
from proposals.review import selectors
from proposals.review.domain.kinds import KINDS, OUTCOMES, PERMISSIONS
from proposals.review.models import Condition, Decision
from workspaces.described import described
from workspaces.models import Person
from workspaces.problems import problems

REFERENCE = OpenApiParameter(
    "proposal", str, description="Only decisions on the proposal with this reference."
)


class ConditionSerializer(serializers.Serializer[Condition]):
    """Something that has to be done, by whom and by when."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    text = serializers.CharField()
    owner = serializers.CharField(source="owner.name")
    due = serializers.DateField()
    before_start = serializers.BooleanField(help_text="The change may not go live before it is met.")
    evidence = serializers.CharField(allow_blank=True)
    discharged_by = serializers.CharField(source="discharged_by.name", default="")
    discharged_at = serializers.DateTimeField(allow_null=True)


class LimitCheckSerializer(serializers.Serializer[object]):
    """The cost over the whole life and the limits of that day, in whole pounds."""

    revenue = serializers.IntegerField(allow_null=True)
    capital = serializers.IntegerField(allow_null=True)
    revenue_limit = serializers.IntegerField(allow_null=True)
    capital_limit = serializers.IntegerField(allow_null=True)
    within = serializers.BooleanField(allow_null=True)


class DecisionSerializer(serializers.Serializer[Decision]):
    """A committee's word on one frozen version."""

    id = serializers.IntegerField()
    proposal = serializers.CharField(source="proposal.reference")
    stage = serializers.ChoiceField(choices=STAGES)
    committee = serializers.CharField(source="committee.name")
    kind = serializers.ChoiceField(choices=KINDS)
    reasons = serializers.CharField()
    permissions = serializers.ListField(child=serializers.ChoiceField(choices=PERMISSIONS))
    outcome = serializers.ChoiceField(choices=OUTCOMES, allow_blank=True)
    review_on = serializers.DateField(
        allow_null=True, help_text="when the effect of a change that goes on is looked at again"
    )
    changes = serializers.ListField(child=serializers.CharField())
    awaited = serializers.CharField(allow_blank=True)
    awaited_on = serializers.DateField(allow_null=True)
    limit_check = LimitCheckSerializer()
    sha256 = serializers.CharField(source="version.sha256", help_text="of the version that was decided on")
    version = serializers.IntegerField(source="version.number")
    chaired_by = serializers.CharField(source="chaired_by.name")
    recorded_by = serializers.CharField(source="recorded_by.name")
    at = serializers.DateTimeField()
    conditions = ConditionSerializer(many=True)
    url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_url(self, decision: Decision) -> str:
        return reverse("api_decision", args=[decision.pk])


class DecisionPages(LimitOffsetPagination):
    """Up to 200 decisions at a time."""

    default_limit = 50
    max_limit = 200


class DecisionsView(APIView):
    """The decisions I may see."""

    pagination_class = DecisionPages

    @described(
        operation_id="api_decisions",
        responses={(200, "application/json"): DecisionSerializer(many=True), **problems(401)},
        parameters=[REFERENCE],
    )
    def get(self, request: Request) -> Response:
        """List decisions on proposals you see and of committees you sit on, newest first."""
        found = selectors.decisions_for(cast(Person, request.user))
        if reference := request.query_params.get("proposal"):
            found = found.filter(proposal__reference=reference.upper())
        pages = self.pagination_class()
        shown = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response([DecisionSerializer(each).data for each in shown or []])


class DecisionView(APIView):
    """One decision."""

    @described(operation_id="api_decision", responses={200: DecisionSerializer, **problems(401, 404)})
    def get(self, request: Request, decision_id: int) -> Response:
        """Read one decision with its reasons and conditions."""
        decision = selectors.decision_for(cast(Person, request.user), decision_id)
        return Response(DecisionSerializer(decision).data)
