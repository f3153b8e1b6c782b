"""A stand-in for X: the few calls we make of its API v2, as its official description has them, over TLS.

X itself cannot be had for tests. This one checks OAuth 1.0a signatures, refuses duplicates and texts that are too
long, and can be told to fail as X does. Tests hold every exchange against X's published description.
"""

import datetime as dt
import ipaddress
import json
import ssl
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from oauthlib.oauth1 import RequestValidator, ResourceEndpoint
from twitter_text import parse_tweet

from livesession.relay.channels.x import API_HOST

KEYS = {
    "consumer_key": "stand-in-consumer-key",
    "consumer_secret": "stand-in-consumer-secret",  # opens nothing but this stand-in
    "access_token": "stand-in-access-token",
    "access_token_secret": "stand-in-access-token-secret",
}
USERNAME = "valclair_cd"
FIRST_ID = 1_990_000_000_000_000_000

Fault = Callable[[web.Request], web.StreamResponse]


@dataclass(frozen=True, slots=True)
class XPost:
    """A post as followers see it. Nothing is a reply on this network."""

    id: str
    text: str
    at: str
    depth: int = 0

    @property
    def created_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.at)


class StandinX:
    """The stand-in; use inside ``async with``. ``file`` keeps the posts from one start to the next."""

    def __init__(self, file: Path | None = None) -> None:
        self.posts: list[XPost] = []
        self.exchanges: list[tuple[str, str, Any, int, Any]] = []
        """(method, path, request body, status, response body) of every call, for tests to check."""
        self._file = file
        self._faults: list[str] = []
        self._folder = tempfile.TemporaryDirectory(prefix="livesession-x-")
        self.certificate = str(Path(self._folder.name) / "certificate.pem")
        self.port = 0
        if file is not None and file.is_file():
            self.posts = [XPost(**form) for form in json.loads(file.read_text("utf-8"))]

    async def __aenter__(self) -> "StandinX":
        context = _tls(Path(self.certificate))
        app = web.Application()
        app.router.add_post("/2/tweets", self._create)
        app.router.add_delete("/2/tweets/{id}", self._delete)
        app.router.add_get("/2/users/me", self._me)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=context).start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._runner.cleanup()
        self._folder.cleanup()

    @property
    def settings(self) -> dict[str, Any]:
        """What connects a channel to this stand-in."""
        return {**KEYS, "elsewhere": ["127.0.0.1", self.port, self.certificate]}

    async def timeline(self) -> list[XPost]:
        """The account's posts, the newest last."""
        return list(self.posts)

    def fail_next(self, fault: str, times: int = 1) -> None:
        """Make the next posts fail: ``429``, ``401``, ``402``, ``500-html``, ``503-html``, ``lost`` or ``dropped``.

        ``lost`` posts and then drops the line before answering; ``dropped`` drops it without posting.
        """
        self._faults += [fault] * times

    # The calls

    async def _create(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if (refusal := self._unauthorised(request)) is not None:
            return self._answer(request, body, 401, refusal)
        fault = self._faults.pop(0) if self._faults else None
        if fault == "lost":
            self._keep(body["text"])
        if fault in ("lost", "dropped"):
            assert request.transport is not None, "the line is up while its request is handled"
            request.transport.abort()
            return web.Response()
        if fault is not None:
            return self._fault(request, body, fault)
        if int(parse_tweet(body["text"]).weightedLength) > 280:
            return self._answer(request, body, 400, _problem(400, "Invalid Request", "Your Tweet text is too long."))
        if any(post.text == body["text"] for post in self.posts[-50:]):
            detail = "You are not allowed to create a Tweet with duplicate content."
            return self._answer(request, body, 403, _problem(403, "Forbidden", detail))
        post = self._keep(body["text"])
        return self._answer(request, body, 201, {"data": {"id": post.id, "text": post.text}})

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        if (refusal := self._unauthorised(request)) is not None:
            return self._answer(request, None, 401, refusal)
        self.posts = [post for post in self.posts if post.id != request.match_info["id"]]
        self._save()
        return self._answer(request, None, 200, {"data": {"deleted": True}})

    async def _me(self, request: web.Request) -> web.StreamResponse:
        if (refusal := self._unauthorised(request)) is not None:
            return self._answer(request, None, 401, refusal)
        me = {"id": "2244994945", "name": "Val-Clair", "username": USERNAME}
        return self._answer(request, None, 200, {"data": me})

    def _keep(self, text: str) -> XPost:
        post = XPost(str(FIRST_ID + len(self.posts) + 1), text, dt.datetime.now(dt.UTC).isoformat())
        self.posts.append(post)
        self._save()
        return post

    def _save(self) -> None:
        if self._file is not None:
            self._file.write_text(json.dumps([asdict(post) for post in self.posts], ensure_ascii=False), "utf-8")

    def _answer(self, request: web.Request, body: Any, status: int, answer: Any) -> web.Response:
        self.exchanges.append((request.method, request.path, body, status, answer))
        kind = "application/json" if status < 400 else "application/problem+json"
        return web.Response(text=json.dumps(answer), status=status, content_type=kind)

    def _fault(self, request: web.Request, body: Any, fault: str) -> web.Response:
        if fault.endswith("-html"):
            page = "<html><body><h1>Something went wrong</h1></body></html>"
            return web.Response(text=page, status=int(fault[:3]), content_type="text/html")
        titles = {"429": "Too Many Requests", "401": "Unauthorized", "402": "CreditsDepleted"}
        response = self._answer(request, body, int(fault), _problem(int(fault), titles[fault], titles[fault]))
        if fault == "429":
            soon = int(dt.datetime.now(dt.UTC).timestamp()) + 2
            response.headers.update({"x-rate-limit-limit": "100", "x-rate-limit-remaining": "0"})
            response.headers["x-rate-limit-reset"] = str(soon)
        return response

    def _unauthorised(self, request: web.Request) -> dict[str, Any] | None:
        endpoint = ResourceEndpoint(_Validator())
        good, _ = endpoint.validate_protected_resource_request(
            f"https://{API_HOST}{request.path_qs}",
            request.method,
            None,
            {"Authorization": request.headers.get("Authorization", "")},
        )
        return None if good else _problem(401, "Unauthorized", "Unauthorized")


def _problem(status: int, title: str, detail: str) -> dict[str, Any]:
    return {"title": title, "detail": detail, "type": "about:blank", "status": status}


class _Validator(RequestValidator):  # type: ignore[misc]  # oauthlib ships no types
    """Knows one application and one user, and checks their signatures."""

    enforce_ssl = True
    dummy_client = "dummy"
    dummy_access_token = "dummy"  # noqa: S105 - what oauthlib compares with for unknown callers

    @property
    def safe_characters(self) -> set[str]:
        return set("abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

    client_key_length = access_token_length = (5, 60)
    nonce_length = (10, 60)

    def validate_timestamp_and_nonce(self, *_args: Any, **_kwargs: Any) -> bool:
        return True

    def validate_client_key(self, client_key: str, request: Any) -> bool:
        return client_key == KEYS["consumer_key"]

    def validate_access_token(self, client_key: str, token: str, request: Any) -> bool:
        return token == KEYS["access_token"]

    def validate_realms(self, *_args: Any, **_kwargs: Any) -> bool:
        return True

    def get_client_secret(self, client_key: str, request: Any) -> str:
        return KEYS["consumer_secret"]

    def get_access_token_secret(self, client_key: str, token: str, request: Any) -> str:
        return KEYS["access_token_secret"]


def _tls(certificate: Path) -> ssl.SSLContext:
    """A TLS context under X's name, with a certificate made for the occasion."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, API_HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(API_HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    held = certificate.with_suffix(".key")
    held.touch(mode=0o600)
    held.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, held)
    return context
