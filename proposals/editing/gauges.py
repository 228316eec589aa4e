"""What the engine counts about itself, for whoever watches over it: numbers, never a document or a person.

Each is taken where something was done for many at once (a tick, a commit), or happens seldom (a refusal, a
job of the scribe). What merely stands at this moment is looked up when somebody asks (`hub/census.py`).
"""

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

# A registry of our own: nothing that another package counts gets in.
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_MOMENTS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

COMMIT_SECONDS = Histogram(
    "coprod_commit_seconds",
    "How long the log took for one transaction, waiting for the database included.",
    buckets=_MOMENTS,
    registry=REGISTRY,
)
COMMIT_UPDATES = Counter("coprod_commit_updates", "Updates that were handed to the log.", registry=REGISTRY)
COMMIT_WAITS = Counter(
    "coprod_commit_waits", "How often the log waited for a database that was away.", registry=REGISTRY
)
TICK_SECONDS = Histogram(
    "coprod_tick_seconds", "Processor time of one tick of the hub.", buckets=_MOMENTS, registry=REGISTRY
)
REFUSED = Counter(
    "coprod_refused_updates",
    "Updates whose senders were told that they are refused.",
    ["reason"],
    registry=REGISTRY,
)
CLOSED = Counter(
    "coprod_closed_sockets", "Document sockets that the server closed.", ["code", "reason"], registry=REGISTRY
)
SCRIBE_SECONDS = Histogram(
    "coprod_scribe_seconds",
    "How long the scribe took for one job.",
    ["job"],
    buckets=_MOMENTS,
    registry=REGISTRY,
)
SCRIBE_FAILURES = Counter(
    "coprod_scribe_failures", "Jobs at which the scribe failed or was stopped.", ["job"], registry=REGISTRY
)
QUARANTINES = Counter(
    "coprod_quarantines", "Ranges of rows that were set aside because they cannot be read.", registry=REGISTRY
)
