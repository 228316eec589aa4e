"""Makes the API's schema, and takes what `described` says first. Loaded when the schema is asked for."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from workspaces.described import Description, description_of


class DescribedSchema(AutoSchema):
    """`DEFAULT_SCHEMA_CLASS` names it."""

    def get_operation_id(self) -> str:
        return self._said.get("operation_id") or super().get_operation_id()

    def get_summary(self) -> str | None:
        return self._said.get("summary") or super().get_summary()

    def get_override_parameters(self) -> list[Any]:
        return [*super().get_override_parameters(), *self._said.get("parameters", ())]

    def get_request_serializer(self) -> Any:
        said = self._said
        return said["request"] if "request" in said else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        said = self._said
        return said["responses"] if "responses" in said else super().get_response_serializers()

    @property
    def _said(self) -> Description:
        return description_of(self.view, self.method)
