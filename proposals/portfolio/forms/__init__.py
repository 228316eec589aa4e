"""Forms about proposals, their routes and templates."""

from proposals.portfolio.forms.proposals import (
    TITLE_LENGTH,
    AnswerForm,
    DeputyForm,
    PairForm,
    ProposalForm,
    SupporterForm,
    TitleForm,
    carried_out,
)
from proposals.portfolio.forms.routes import RouteForm, TriageForm
from proposals.portfolio.forms.templates import TemplateForm

__all__ = [
    "TITLE_LENGTH",
    "AnswerForm",
    "DeputyForm",
    "PairForm",
    "ProposalForm",
    "RouteForm",
    "SupporterForm",
    "TemplateForm",
    "TitleForm",
    "TriageForm",
    "carried_out",
]
