"""A stand-in for X: the few calls we make of its API v2, as its official description has them, over TLS.

X itself cannot be had for tests. This one checks OAuth 1.0a signatures, refuses duplicates and texts that are too
long, and can be told to fail as X does. Tests hold every exchange against X's published description.
"""

import asyncio
import base64
import datetime as dt
import json
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from aiohttp import web
from twitter_text import parse_tweet

from livesession.demo.certificates import tls_context
from livesession.demo.oauth1 import is_signed
from livesession.demo.standin import StandinPost
from livesession.demo.standin_x_text import shown
from livesession.relay.channels.x import API_HOST

KEYS = {
    "consumer_key": "stand-in-consumer-key",
    "consumer_secret": "stand-in-consumer-secret",  # opens nothing but this stand-in
    "access_token": "stand-in-access-token",
    "access_token_secret": "stand-in-access-token-secret",
}
BEARER = "stand-in-bearer-token"
"""The OAuth 2 user token that does as well as the four keys."""

USERNAME = "valclair_cd"
USER_ID = "2244994945"
FIRST_ID = 1_990_000_000_000_000_000
SLOW_SECONDS = 60.0

_DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
_FORBIDDEN = "You are not permitted to perform this action."
_PERMISSIONS = (
    "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."  # X's own words
)
_PROBLEMS = {
    "400": ("Invalid Request", "One or more parameters to your request was invalid."),
    "401": ("Unauthorized", "Unauthorized"),
    "402": ("CreditsDepleted", "Your enrolled account does not have any credits to fulfill this request."),
    "403": ("Forbidden", _FORBIDDEN),
    "403-duplicate": ("Forbidden", _DUPLICATE),
    "403-permissions": ("Forbidden", _PERMISSIONS),
    "429": ("Too Many Requests", "Too Many Requests"),
    "429-day": ("Too Many Requests", "Too Many Requests"),
    "503": ("Service Unavailable", "Service Unavailable"),
}
_ODD = {
    "500-html": (500, "text/html", "<html><body><h1>Something went wrong</h1></body></html>"),
    "503-html": (503, "text/html", "<html><body><h1>Over capacity</h1></body></html>"),
    "429-text": (429, "text/plain", "Rate limit exceeded"),
    "200-html": (200, "text/html", "<html><body>Please log in to the hotel's network</body></html>"),
    "200-null": (200, "application/json", "null"),
    "200-cut": (200, "application/json", '{"data": {"id": "19'),
    "503-list": (503, "application/json", "[]"),
}
FAULTS = frozenset({*_PROBLEMS, *_ODD, "lost", "dropped", "slow"})
READ_FAULTS = frozenset({*_PROBLEMS, *_ODD, "dropped"})


class StandinX:
    """The stand-in; use inside ``async with``. ``file`` keeps the posts from one start to the next."""

    def __init__(self, file: Path | None = None) -> None:
        self.posts: list[StandinPost] = []
        self.exchanges: list[tuple[str, str, Any, int, Any]] = []
        """(method, path and query, request body, status, response body) of every call answered in JSON as X does."""
        self.images: dict[str, tuple[bytes, str]] = {}
        """What was sent in as images, by their id here: the bytes, and the alternative text."""
        self._file = file
        self._media: dict[str, list[str]] = {}
        """The ids of the images of each post that has some."""
        self._faults: list[str] = []
        self._read_faults: list[str] = []
        self._seen_nonces: set[tuple[str, str]] = set()
        self.certificate = ""
        """The file that clients are to trust, once it is started."""
        self.port = 0
        if file is not None and file.is_file():
            forms = json.loads(file.read_text("utf-8"))
            self.posts = [_post(form["id"], form["text"], form["at"]) for form in forms]
            self._media = {form["id"]: form["media"] for form in forms if form.get("media")}
        self._last_id = max((int(post.id) for post in self.posts), default=FIRST_ID)

    async def __aenter__(self) -> "StandinX":
        self._folder = tempfile.TemporaryDirectory(prefix="livesession-x-")
        self.certificate = str(Path(self._folder.name) / "certificate.pem")
        context = tls_context(Path(self.certificate), API_HOST)
        app = web.Application(client_max_size=16_000_000)
        app.router.add_post("/2/tweets", self._create)
        app.router.add_post("/2/media/upload", self._upload)
        app.router.add_post("/2/media/metadata", self._describe)
        app.router.add_delete("/2/tweets/{id}", self._delete)
        app.router.add_get("/2/users/me", self._me)
        app.router.add_get("/2/users/{id}/tweets", self._list)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, ssl_context=context).start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._runner.cleanup()
        self._folder.cleanup()

    @property
    def settings(self) -> dict[str, Any]:
        """What connects a channel to this stand-in, with the four keys of OAuth 1.0a."""
        return {**KEYS, "elsewhere": ["127.0.0.1", self.port, self.certificate]}

    @property
    def bearer_settings(self) -> dict[str, Any]:
        """The same with an OAuth 2 user token."""
        return {"bearer_token": BEARER, "elsewhere": ["127.0.0.1", self.port, self.certificate]}

    async def timeline(self) -> list[StandinPost]:
        """The account's posts, the newest last."""
        return list(self.posts)

    def fail_next(self, fault: str, times: int = 1) -> None:
        """Make the next posts fail: one of ``FAULTS``, else ValueError.

        ``lost`` posts and then drops the line before answering; ``dropped`` drops it without posting; ``slow`` posts
        and answers after a minute; what ends in ``-html``, ``-text``, ``-null``, ``-cut`` or ``-list`` is no answer
        that X documents.
        """
        if fault not in FAULTS:
            raise ValueError(f"{fault!r} is none of {sorted(FAULTS)}")
        self._faults += [fault] * times

    def fail_next_reading(self, fault: str, times: int = 1) -> None:
        """Make the next looks at the timeline fail: one of ``READ_FAULTS``, else ValueError."""
        if fault not in READ_FAULTS:
            raise ValueError(f"{fault!r} is none of {sorted(READ_FAULTS)}")
        self._read_faults += [fault] * times

    # The calls

    async def _create(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if not self._is_authorised(request):
            return self._refuse(request, body, "401")
        if self._faults:
            return await self._fail(request, body, self._faults.pop(0))
        media = body.get("media", {}).get("media_ids", [])
        if any(image not in self.images for image in media):
            return self._refuse(request, body, "400", "Your media IDs are invalid.")
        if int(parse_tweet(body["text"]).weightedLength) > 280:
            return self._refuse(request, body, "400", "Your Tweet text is too long.")
        if any(post.text == body["text"] for post in self.posts[-50:]):
            return self._refuse(request, body, "403", _DUPLICATE)
        post = self._keep(body)
        return self._answer(request, body, 201, {"data": {"id": post.id, "text": shown(post.text, post.url, media)[0]}})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if not self._is_authorised(request):
            return self._refuse(request, body, "401")
        # An image is no post: what is lost after posting is the post that names it.
        if self._faults and self._faults[0] not in ("lost", "slow"):
            return await self._fail(request, body, self._faults.pop(0))
        self._last_id += 1
        identity, content = str(self._last_id), base64.b64decode(body["media"], validate=True)
        self.images[identity] = (content, "")
        data = {"id": identity, "media_key": f"3_{identity}", "size": len(content), "expires_after_secs": 86_400}
        return self._answer(request, body, 200, {"data": data, "meta": {}})

    async def _describe(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if not self._is_authorised(request):
            return self._refuse(request, body, "401")
        if body["id"] not in self.images:
            return self._refuse(request, body, "400")
        said = body["metadata"]["alt_text"]["text"]
        self.images[body["id"]] = (self.images[body["id"]][0], said)
        answer = {"data": {"id": body["id"], "associated_metadata": {"alt_text": {"text": said}}}}
        return self._answer(request, body, 200, answer)

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        if not self._is_authorised(request):
            return self._refuse(request, None, "401")
        kept = [post for post in self.posts if post.id != request.match_info["id"]]
        deleted = len(kept) < len(self.posts)
        self.posts = kept
        self._save()
        return self._answer(request, None, 200, {"data": {"deleted": deleted}})

    async def _me(self, request: web.Request) -> web.StreamResponse:
        if not self._is_authorised(request):
            return self._refuse(request, None, "401")
        return self._answer(request, None, 200, {"data": {"id": USER_ID, "name": "Val-Clair", "username": USERNAME}})

    async def _list(self, request: web.Request) -> web.StreamResponse:
        if not self._is_authorised(request):
            return self._refuse(request, None, "401")
        if self._read_faults:
            return await self._fail(request, None, self._read_faults.pop(0))
        most = int(request.query.get("max_results", "10"))
        since = dt.datetime.fromisoformat(request.query.get("start_time", "2010-11-06T00:00:00Z"))
        posts = [post for post in reversed(self.posts) if post.created_at >= since]
        fields = request.query.get("tweet.fields", "").split(",")
        listed = [self._listed(post, fields) for post in posts[:most]]
        meta: dict[str, Any] = {"result_count": len(listed)}
        if not listed:
            return self._answer(request, None, 200, {"meta": meta})
        meta |= {"newest_id": listed[0]["id"], "oldest_id": listed[-1]["id"]}
        if len(posts) > most:
            meta["next_token"] = "7140dibdnow9c7btw3z2xh5gy8fj6"  # noqa: S105 - where the next page begins
        return self._answer(request, None, 200, {"data": listed, "meta": meta})

    def _listed(self, post: StandinPost, fields: Collection[str]) -> dict[str, Any]:
        text, urls = shown(post.text, post.url, self._media.get(post.id, ()))
        listed: dict[str, Any] = {"id": post.id, "text": text, "edit_history_tweet_ids": [post.id]}
        if "created_at" in fields:
            at = post.created_at.astimezone(dt.UTC).isoformat(timespec="milliseconds")
            listed["created_at"] = at.replace("+00:00", "Z")
        if "entities" in fields and urls:
            listed["entities"] = {"urls": urls}
        return listed

    # How they come out

    async def _fail(self, request: web.Request, body: Any, fault: str) -> web.StreamResponse:
        if fault in ("lost", "slow"):
            self._keep(body)
        if fault == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        if fault in ("lost", "dropped", "slow"):
            assert request.transport is not None, "the line is up while its request is handled"
            request.transport.abort()
            return web.Response()
        if fault in _ODD:
            status, kind, text = _ODD[fault]
            return web.Response(text=text, status=status, content_type=kind)
        response = self._refuse(request, body, fault)
        soon = int(dt.datetime.now(dt.UTC).timestamp()) + 2
        if fault.startswith("429"):
            response.headers.update({"x-rate-limit-limit": "100", "x-rate-limit-reset": str(soon)})
            response.headers["x-rate-limit-remaining"] = "99" if fault == "429-day" else "0"
        if fault == "429-day":
            response.headers.update({"x-user-limit-24hour-limit": "100", "x-user-limit-24hour-remaining": "0"})
            response.headers["x-user-limit-24hour-reset"] = str(soon + 3600)
        return response

    def _refuse(self, request: web.Request, body: Any, problem: str, detail: str | None = None) -> web.Response:
        title, usual = _PROBLEMS[problem]
        status = int(problem[:3])
        answer = {"title": title, "detail": detail or usual, "type": "about:blank", "status": status}
        return self._answer(request, body, status, answer)

    def _answer(self, request: web.Request, body: Any, status: int, answer: Any) -> web.Response:
        self.exchanges.append((request.method, request.path_qs, body, status, answer))
        kind = "application/json" if status < 400 else "application/problem+json"
        return web.Response(text=json.dumps(answer), status=status, content_type=kind)

    def _is_authorised(self, request: web.Request) -> bool:
        given = request.headers.get("Authorization", "")
        if given.startswith("Bearer "):
            return given == f"Bearer {BEARER}"
        return is_signed(request.method, f"https://{API_HOST}{request.path_qs}", given, KEYS, self._seen_nonces)

    def _keep(self, body: Any) -> StandinPost:
        self._last_id += 1
        post = _post(str(self._last_id), body["text"], dt.datetime.now(dt.UTC).isoformat())
        self.posts.append(post)
        if "media" in body:
            self._media[post.id] = body["media"]["media_ids"]
        self._save()
        return post

    def _save(self) -> None:
        if self._file is not None:
            forms = [
                {"id": one.id, "text": one.text, "at": one.created_at.isoformat(), "media": self._media.get(one.id, [])}
                for one in self.posts
            ]
            self._file.write_text(json.dumps(forms, ensure_ascii=False), "utf-8")


def _post(identity: str, text: str, at: str) -> StandinPost:
    """Nothing is a reply on this network."""
    url = f"https://x.com/{USERNAME}/status/{identity}"
    return StandinPost(identity, text, dt.datetime.fromisoformat(at), reply_to=None, url=url, depth=0)
