"""JSON about proposals: the list, one proposal with what the reader may do, and beginning one."""

from dataclasses import asdict
from typing import cast

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers, status
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proposals.portfolio import services
from proposals.portfolio.access import abilities_for, proposal_for, visible_proposals
from proposals.portfolio.domain.stages import Route, Stage
from proposals.portfolio.forms import TITLE_LENGTH
from proposals.portfolio.models import Document, Proposal, Supporter
from proposals.portfolio.selectors import supporters_of
from proposals.workflow.selectors import matching, points_of, turn_of
from workspaces.described import described
from workspaces.domain.pairing import PAIR_SIDES, Side
from workspaces.models import Membership, Pair, Person, Workspace
from workspaces.problems import problems
from workspaces.selectors import colleagues, workspaces_for

ROUTES = [("", "Not chosen yet"), *((route.value, route.label) for route in Route)]
STAGES = [(stage.value, stage.label) for stage in Stage]
WORDS = OpenApiParameter("words", str, description="Words that stand in the title or the reference.")


class WorkspaceSerializer(serializers.Serializer[Workspace]):
    """Where a proposal belongs."""

    slug = serializers.SlugField()
    name = serializers.CharField()


class HalfSerializer(serializers.Serializer[object]):
    """One half of a pair."""

    name = serializers.CharField()
    title = serializers.CharField()
    accepted_at = serializers.DateTimeField(allow_null=True)


class PairSerializer(serializers.Serializer[object]):
    """The two who write as equals; `stands` once both have accepted and neither has left."""

    clinician = HalfSerializer()
    manager = HalfSerializer()
    stands = serializers.BooleanField()
    ended_at = serializers.DateTimeField(allow_null=True)


class SupporterSerializer(serializers.Serializer[Supporter]):
    """Somebody beside the pair."""

    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Supporter.ROLES)


class GrantSerializer(serializers.Serializer[object]):
    """Whether the reader may do it, and if not, why."""

    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)


class DocumentLinkSerializer(serializers.Serializer[Document]):
    """A document of the proposal; `/api/documents/<id>/` says more."""

    id = serializers.IntegerField()
    stage = serializers.ChoiceField(choices=STAGES)
    template = serializers.CharField(source="template.version")


class ProposalSerializer(serializers.Serializer[Proposal]):
    """A proposal in a list."""

    reference = serializers.CharField()
    title = serializers.CharField()
    stage = serializers.ChoiceField(choices=STAGES)
    route = serializers.ChoiceField(choices=ROUTES, help_text="Empty until the six questions are answered.")
    workspace = WorkspaceSerializer()
    pair = serializers.SerializerMethodField()
    turn = serializers.SerializerMethodField(help_text="Whose turn it is, in words.")
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    url = serializers.SerializerMethodField()

    @extend_schema_field(PairSerializer)
    def get_pair(self, proposal: Proposal) -> dict[str, object]:
        pair = proposal.pair
        halves = {side.value: _half(pair, side) for side in PAIR_SIDES}
        return {**halves, "stands": pair.stands, "ended_at": pair.ended_at}

    def get_turn(self, proposal: Proposal) -> str:
        reader = _person(self.context["request"])
        points = self.context.get("points") or points_of([proposal], reader)
        return turn_of(proposal, reader, points[proposal.pk]).sentence

    def get_url(self, proposal: Proposal) -> str:
        return reverse("api_proposal", args=[proposal.reference])


class ProposalDetailSerializer(ProposalSerializer):
    """One proposal, with its documents and what the reader may do."""

    withdrawn_reason = serializers.CharField()
    documents = DocumentLinkSerializer(many=True)
    supporters = serializers.SerializerMethodField(help_text="Who stands beside the pair, and as what.")
    abilities = serializers.SerializerMethodField()

    @extend_schema_field(SupporterSerializer(many=True))
    def get_supporters(self, proposal: Proposal) -> list[dict[str, str]]:
        return [{"name": each.membership.person.name, "role": each.role} for each in supporters_of(proposal)]

    @extend_schema_field(serializers.DictField(child=GrantSerializer()))
    def get_abilities(self, proposal: Proposal) -> dict[str, dict[str, object]]:
        grants = abilities_for(_person(self.context["request"]), proposal)
        return {ability.value: asdict(grant) for ability, grant in grants.items()}


class ProposeSerializer(serializers.Serializer[Proposal]):
    """What it takes to begin a proposal. The colleague is of the other side and still has to accept."""

    workspace = serializers.SlugField(help_text="slug of one of your workspaces")
    title = serializers.CharField(max_length=TITLE_LENGTH)
    colleague = serializers.EmailField(help_text="e-mail address of a member of that workspace")

    def validate(self, attrs: dict[str, str]) -> dict[str, object]:
        workspace = workspaces_for(_person(self.context["request"])).filter(slug=attrs["workspace"]).first()
        if workspace is None:
            raise serializers.ValidationError({"workspace": ["You are not a member of such a workspace."]})
        colleague = colleagues(workspace).filter(person__email__iexact=attrs["colleague"]).first()
        if colleague is None:
            raise serializers.ValidationError(
                {"colleague": ["No member of this workspace has this address."]}
            )
        return {"workspace": workspace, "title": attrs["title"], "colleague": colleague}


class ProposalPages(LimitOffsetPagination):
    """Up to 200 proposals at a time."""

    default_limit = 50
    max_limit = 200


class ProposalsView(APIView):
    """The proposals of my workspaces."""

    pagination_class = ProposalPages

    @described(
        responses={(200, "application/json"): ProposalSerializer(many=True), **problems(401)},
        parameters=[WORDS],
    )
    def get(self, request: Request) -> Response:
        """List the proposals of your workspaces, newest first."""
        found = matching(visible_proposals(_person(request)), request.query_params.get("words", ""))
        pages = self.pagination_class()
        shown = pages.paginate_queryset(found.order_by("-created_at", "-pk"), request, view=self)
        context = {"request": request, "points": points_of(shown or [], _person(request))}
        rows = [ProposalSerializer(each, context=context).data for each in shown or []]
        return pages.get_paginated_response(rows)

    @described(
        request=ProposeSerializer,
        responses={201: ProposalDetailSerializer, **problems(400, 401, 422)},
    )
    def post(self, request: Request) -> Response:
        """Begin a proposal with a colleague of the other side."""
        said = ProposeSerializer(data=request.data, context={"request": request})
        said.is_valid(raise_exception=True)
        facts = said.validated_data
        made = services.propose(facts["workspace"], facts["title"], facts["colleague"], by=_person(request))
        body = ProposalDetailSerializer(made, context={"request": request}).data
        return Response(body, status=status.HTTP_201_CREATED, headers={"Location": body["url"]})


class ProposalView(APIView):
    """One proposal."""

    @described(responses={200: ProposalDetailSerializer, **problems(401, 404)})
    def get(self, request: Request, reference: str) -> Response:
        """Read one proposal: its pair, stage and documents, and what you may do."""
        proposal = proposal_for(_person(request), reference)
        return Response(ProposalDetailSerializer(proposal, context={"request": request}).data)


def _person(request: Request) -> Person:
    """Whoever signed in; DRF lets nobody else through."""
    return cast(Person, request.user)


def _half(pair: Pair, side: Side) -> dict[str, object]:
    membership: Membership = getattr(pair, side.value)
    return {
        "name": membership.person.name,
        "title": membership.title,
        "accepted_at": getattr(pair, f"{side.value}_accepted_at"),
    }
