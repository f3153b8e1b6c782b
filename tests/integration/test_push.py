"""Notifications from subscribing to what a phone decrypts: a real server, and a push service that we play ourselves."""

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import http_ece
import pytest
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from livesession.relay.subscriptions import is_served
from tests.integration.running import AGENDA, Client, client_of, free_port, serving


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


class Phone:
    """A browser's subscription, and the messages that arrived for it, decrypted."""

    def __init__(self, service: "Service", name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.endpoint = f"{service.origin}/{name}"
        self.received: list[dict[str, Any]] = []
        self.answers: list[int] = []
        service.phones[name] = self

    @property
    def info(self) -> dict[str, Any]:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"endpoint": self.endpoint, "keys": {"p256dh": _text(point), "auth": _text(self.auth)}}

    async def waits_for(self, count: int) -> list[dict[str, Any]]:
        for _ in range(200):
            if len(self.received) >= count:
                break
            await asyncio.sleep(0.05)
        return self.received


class Service:
    """A push service (RFC 8030): checks the signature as one would, and answers what a test tells it to."""

    def __init__(self) -> None:
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.phones: dict[str, Phone] = {}
        self.keys: set[str] = set()

    async def take(self, request: web.Request) -> web.Response:
        phone = self.phones[request.match_info["name"]]
        authorization = request.headers["Authorization"]
        assert Vapid02.verify(authorization)
        self.keys.add(authorization.rpartition("k=")[2])
        assert (request.headers["Content-Encoding"], request.headers["TTL"]) == ("aes128gcm", "3600")
        assert len(request.headers["Topic"]) == 32
        status = phone.answers.pop(0) if phone.answers else 201
        if status == 201:
            body = http_ece.decrypt(await request.read(), private_key=phone.key, auth_secret=phone.auth)
            phone.received.append(json.loads(body))
        return web.Response(status=status, headers={"Retry-After": "0"} if status == 503 else {})

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Service"]:
        app = web.Application()
        app.router.add_post("/{name}", self.take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        try:
            yield self
        finally:
            await runner.cleanup()


async def ask(client: Client, slug: str, path: str, status: int, **body: Any) -> Any:
    async with client.session.post(f"{client.server.url}/s/{slug}/push{path}", json=body) as answer:
        assert answer.status == status, await answer.text()
        return await answer.json(content_type=None) if status < 300 and status != 204 else None


async def test_subscribers_are_told_what_they_asked_for_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service()
    monkeypatch.setitem(os.environ, "PUSH_SERVICES", f"push.example {service.origin}")
    async with service.running(), serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        one, votes, gone, tired = (Phone(service, name) for name in ("one", "votes", "gone", "tired"))
        only_two = {"sitting": False, "votes": False, "items": ["deux"], "word": ""}
        await ask(client, slug, "", 201, subscription=one.info, wants=only_two, language="en")
        every_vote = {"sitting": True, "votes": True, "items": []}
        await ask(client, slug, "", 201, subscription=votes.info, wants=every_vote, language="fr")
        await ask(client, slug, "", 201, subscription=gone.info, wants=every_vote)
        gone.answers = [410]
        tired.answers = [503, 503]
        stopping = await ask(client, slug, "", 201, subscription=tired.info, wants=every_vote, language="fr")
        assert await ask(client, slug, "/look", 200, endpoint=one.endpoint) == only_two
        assert b"127.0.0.1" not in (tmp_path / "thread.db").read_bytes()

        async def post(kind: str, item: str | None = None, **data: Any) -> str:
            status, answer = await client.post(slug, kind, item, **data)
            assert status == 201, answer
            return str(answer["id"])

        await post("sitting.opened")
        (opened,) = await votes.waits_for(1)
        assert (opened["title"], opened["body"]) == ("Séance plénière", "La séance est ouverte.")
        assert await tired.waits_for(1) == [opened | {"id": stopping["id"]}]
        await ask(client, slug, "/stop", 204, id=stopping["id"])
        await ask(client, slug, "/look", 404, endpoint=tired.endpoint)

        await post("item.opened", "un")
        listening = Phone(service, "listening")
        a_word = {"sitting": False, "votes": False, "items": [], "word": "CANTINE "}
        await ask(client, slug, "", 201, subscription=listening.info, wants=a_word, language="fr")
        await post("update.posted", "un", text="Rien de tel.")
        heard = await post("update.posted", "un", text="Le prix de la cantine ne change pas.")
        (told,) = await listening.waits_for(1)
        assert (told["title"], told["body"], told["tag"]) == (
            "On parle de «\u00a0CANTINE\u00a0»",
            "1 Ouverture",
            heard,
        )
        called = await post("item.opened", "deux")
        assert await one.waits_for(1) == [
            {
                "title": "2 Collèges: now",
                "body": "Séance plénière",
                "path": f"/s/{slug}?entry={called}#e-{called}",
                "tag": called,
                "stop": f"/s/{slug}/push/stop",
                "id": one.received[0]["id"],
                "language": "en",
            }
        ]
        vote = await post("vote.recorded", "deux", **{"for": 5, "against": 2, "abstention": 1})
        assert [told["title"] for told in await votes.waits_for(2)] == ["Séance plénière", "Adopté\u00a0: 2 Collèges"]
        assert votes.received[1]["body"] == "5 pour, 2 contre, 1 abstention"
        await post("vote.corrected", "deux", entry=vote, reason="Erreur", **{"for": 2, "against": 5, "abstention": 1})
        assert (await votes.waits_for(3))[2]["tag"] == vote
        assert votes.received[2]["title"] == "Rejeté\u00a0: 2 Collèges"

        await post("item.opened", "clos")
        await post("vote.recorded", "clos", **{"for": 8, "against": 0, "abstention": 0})
        await post("closed_part.ended")
        await post("sitting.closed")
        assert len(await votes.waits_for(4)) == 4
        assert len(await one.waits_for(3)) == 3
        everything = json.dumps([phone.received for phone in service.phones.values()])
        assert "Prix" not in everything
        assert gone.received == []
        assert len(tired.received) == 1
        assert len(service.keys) == 1
        await ask(client, slug, "/look", 404, endpoint=gone.endpoint)


async def test_a_subscription_that_nobody_can_serve_is_refused(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        service = Service()
        good = Phone(service, "x").info
        wants = {"sitting": True, "votes": False, "items": []}
        fcm = {**good, "endpoint": "https://fcm.googleapis.com/fcm/send/x"}
        await ask(client, slug, "", 422, subscription=good, wants=wants)
        await ask(client, slug, "", 422, subscription=None, wants=wants)
        await ask(client, slug, "", 422, subscription={**fcm, "keys": {"p256dh": "AAAA", "auth": "AAAA"}}, wants=wants)
        await ask(client, slug, "", 422, subscription=fcm, wants={**wants, "items": ["none"]})
        await ask(client, slug, "", 422, subscription=fcm, wants={**wants, "items": "un"})
        await ask(client, slug, "", 422, subscription=fcm, wants={**wants, "word": "x" * 101})
        await ask(client, slug, "", 201, subscription=fcm, wants=wants)
        await ask(client, slug, "/stop", 204, endpoint=fcm["endpoint"])
        await ask(client, slug, "/stop", 204, endpoint=fcm["endpoint"])
        async with client.session.get(f"{server.url}/s/{slug}/follow?votes=1&word=eau") as answer:
            page = await answer.text()
        assert f"http://localhost:{server.port}/s/{slug}/feed.atom?word=eau&amp;votes=1" in page
        assert "Prix négocié" not in page
        async with client.session.get(f"{server.url}/push-worker.js") as answer:
            assert (answer.status, answer.content_type) == (200, "text/javascript")


@pytest.mark.parametrize(
    ("endpoint", "served"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://evilfcm.googleapis.com/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://169.254.169.254/latest", False),
        ("https://[::1/x", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_push_services_are_sent_to(endpoint: str, served: bool) -> None:
    assert is_served(endpoint, ("fcm.googleapis.com", "push.services.mozilla.com")) is served
