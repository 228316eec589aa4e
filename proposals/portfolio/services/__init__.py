"""What people do with a proposal, its triage and the templates it follows."""

from proposals.portfolio.services.proposals import (
    accept,
    add_supporter,
    appoint_deputy,
    decline,
    open_document,
    pair_again,
    propose,
    remove_supporter,
    rename,
)
from proposals.portfolio.services.templates import publish_template
from proposals.portfolio.services.triage import change_route, triage

__all__ = [
    "accept",
    "add_supporter",
    "appoint_deputy",
    "change_route",
    "decline",
    "open_document",
    "pair_again",
    "propose",
    "publish_template",
    "remove_supporter",
    "rename",
    "triage",
]
