"""What is measured while the program runs, for Prometheus. Counted where it happens, read by ``web/metrics.py``."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

REGISTRY = CollectorRegistry(auto_describe=True)
"""Everything measured in this process, and how much of the machine it takes."""

ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

READERS = Gauge(
    "livesession_readers",
    "Readers connected now, by transport",
    ["transport"],
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
JOINS = Counter("livesession_reader_joins", "Readers that joined, by transport", ["transport"], registry=REGISTRY)
CUTS = Counter("livesession_reader_cuts", "Readers sent away, by reason", ["reason"], registry=REGISTRY)
PUBLISH = Histogram(
    "livesession_publish_seconds",
    "From an entry's recording to its having been written to the last reader of this process",
    buckets=_SECONDS,
    registry=REGISTRY,
)
COMMIT = Histogram(
    "livesession_commit_seconds",
    "From a command's arrival at the log to its being durable or refused",
    buckets=_SECONDS,
    registry=REGISTRY,
)
COMMANDS = Counter("livesession_commands", "Commands judged, by outcome", ["outcome"], registry=REGISTRY)
STALE = Gauge(
    "livesession_log_unreadable",
    "1 while the log cannot be read and old state is served",
    registry=REGISTRY,
    multiprocess_mode="livemax",
)
DELIVERIES = Gauge(
    "livesession_deliveries",
    "Deliveries to networks, by state",
    ["state"],
    registry=REGISTRY,
    multiprocess_mode="livemostrecent",
)
RELAYING = Gauge(
    "livesession_relay_active",
    "1 where this process posts to the networks, 0 while another does",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
LAG = Gauge(
    "livesession_relay_lag_entries",
    "Entries that a channel's cursor has not yet looked at",
    ["channel"],
    registry=REGISTRY,
    multiprocess_mode="livemostrecent",
)
"""All of these are of one process, or of those that share its port; DELIVERIES and LAG are of the whole installation,
asked of the database."""


def exposition() -> bytes:
    """Everything measured, in Prometheus' text format.

    Of all the processes that share the port where there are several (prometheus_client's multiprocess mode, which
    the supervisor asks for in the environment); what each takes of the machine is then not told.
    """
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # theirs has none
    return generate_latest(together)
