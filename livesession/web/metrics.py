"""``/metrics`` for Prometheus: for whoever holds ``METRICS_TOKEN``, or an administrator's token."""

import hmac

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from livesession import measures
from livesession.errors import UnavailableError
from livesession.web.security import allowed, bearer
from livesession.web.services import services


async def metrics(request: web.Request) -> web.Response:
    """Everything measured. Without the database what is asked of it is left as it was last known."""
    held = services(request)
    token = bearer(request)
    if not (held.metrics_token and token and hmac.compare_digest(token.encode(), held.metrics_token.encode())):
        await allowed(request, "metrics")
    measures.STALE.set(held.hub.stale)
    try:
        for state, count in (await held.deliveries.counts()).items():
            measures.DELIVERIES.labels(state).set(count)
        for channel, behind in (await held.deliveries.lags()).items():
            measures.LAG.labels(channel).set(behind)
    except UnavailableError:
        # Worth more now than ever: what this process knows by itself is told all the same.
        measures.STALE.set(1)
    return web.Response(
        body=measures.exposition(),
        headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"},
    )


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/metrics", metrics)]
