"""A deed behind a form: what is in the way, a gate's whole list included, becomes errors of the form."""

from collections.abc import Callable

from django.forms import Form

from proposals.workflow import services
from proposals.workflow.domain.gates import Verdict
from workspaces.domain.refusals import RefusedError


def done(form: Form, deed: Callable[[], object]) -> bool:
    """Do it if the form is whole; a refusal stands beside the field that it is about."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        deed()
    except services.GateShut as shut:
        refuse(form, shut.verdict)
        return False
    except services.BadInput as bad:
        form.add_error(bad.part if bad.part in form.fields else None, str(bad))
        return False
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def refuse(form: Form, verdict: Verdict) -> None:
    """Everything that the gate still wants, as errors of the form."""
    for each in verdict.missing:
        form.add_error(None, each.sentence)
