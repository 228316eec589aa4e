"""An organisation's admin publishes a version of a template that is the organisation's own."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from proposals.portfolio import templates
from proposals.portfolio.domain.pathway import BadTemplateError, read
from proposals.portfolio.models import Template
from proposals.portfolio.selectors import organisations_run_by
from workspaces import audit
from workspaces.models import Organisation, Person

NOT_YOURS = "Only somebody who looks after a workspace of this organisation can publish its templates."
NAME = "Your file"


@transaction.atomic
def publish_template(organisation: Organisation, text: str, *, by: Person) -> Template:
    """Check a file and put it in force from its first day on. A mistake is told with its line."""
    if not organisations_run_by(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied(NOT_YOURS)
    spec = read(text, NAME)
    if spec.valid_from < timezone.localdate():
        raise BadTemplateError(
            f"{NAME}: valid_from is {spec.valid_from}, which has passed. Choose today or a later day."
        )
    if not templates.publish(spec, NAME, organisation=organisation):
        raise BadTemplateError(
            f"{NAME}: version {spec.version} has been published already. Give yours another version."
        )
    template = Template.objects.get(organisation=organisation, stage=spec.stage, version=spec.version)
    audit.record(
        by=by,
        verb="publish_template",
        target=f"template:{template.pk}",
        organisation=organisation.name,
        template=str(template),
        stage=spec.stage,
        valid_from=spec.valid_from.isoformat(),
    )
    return template
