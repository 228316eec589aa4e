"""The pages of this wing."""

from proposals.portfolio.views.proposals import (
    acceptance,
    deputies,
    deputy_ending,
    pair,
    proposal_new,
    proposal_title,
    supporter_ending,
    supporters,
)
from proposals.portfolio.views.templates import (
    organisation_template,
    organisation_templates,
    template_copy,
    template_file,
)
from proposals.portfolio.views.triage import route, triage

__all__ = [
    "acceptance",
    "deputies",
    "deputy_ending",
    "organisation_template",
    "organisation_templates",
    "pair",
    "proposal_new",
    "proposal_title",
    "route",
    "supporter_ending",
    "supporters",
    "template_copy",
    "template_file",
    "triage",
]
