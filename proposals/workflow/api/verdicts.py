"""JSON of the gate: the same verdict that the page shows and that guards the move."""

from typing import cast

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proposals.portfolio.access import proposal_for
from proposals.portfolio.domain.abilities import Ability
from proposals.workflow.domain.gates import Verdict
from proposals.workflow.domain.moves import Move
from proposals.workflow.selectors import verdict_of
from workspaces.described import described
from workspaces.models import Person
from workspaces.problems import problems

MOVES = [(move.value, move.value.replace("_", " ")) for move in Move]
WANTED = OpenApiParameter(
    "move", str, enum=[move.value for move in Move], description="Empty: the move that comes next."
)


class MissingSerializer(serializers.Serializer[object]):
    """One thing that the move still needs."""

    code = serializers.CharField()
    sentence = serializers.CharField()
    section = serializers.CharField(allow_blank=True, help_text="key of the section it belongs to, or empty")
    who = serializers.CharField(allow_blank=True, help_text="who can supply it")


class VerdictSerializer(serializers.Serializer[Verdict]):
    """Whether a move can be made now, and everything that is missing."""

    move = serializers.ChoiceField(choices=MOVES, allow_null=True)
    open = serializers.BooleanField()
    missing = MissingSerializer(many=True)


class VerdictView(APIView):
    """The gate before a proposal."""

    @described(parameters=[WANTED], responses={200: VerdictSerializer, **problems(400, 401, 403, 404)})
    def get(self, request: Request, reference: str) -> Response:
        """Ask what a move needs. `move` is null where nothing comes any more."""
        found = proposal_for(cast(Person, request.user), reference, Ability.READ_VERSION)
        verdict = verdict_of(found, _move(request.query_params.get("move", "")))
        if verdict is None:
            return Response({"move": None, "open": False, "missing": []})
        return Response(VerdictSerializer(verdict).data)


def _move(asked: str) -> Move | None:
    if not asked:
        return None
    try:
        return Move(asked)
    except ValueError as wrong:
        raise ValidationError({"move": ["There is no such move."]}) from wrong
