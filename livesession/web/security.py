"""Headers that keep a page to itself, the login cookie, and the defence against forged requests."""

import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

from aiohttp import web

from livesession.accounts.accounts import LOGIN_LIFETIME, Account
from livesession.desk.policy import Right, require
from livesession.errors import NotAllowedError, NotLoggedInError, RefusedError
from livesession.web.services import ACCOUNT, services

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

COOKIE, _LOCAL_COOKIE = "__Host-livesession", "livesession"
WRITTEN_AS = "Livesession-Account"
"""The header in which the console names the account it was opened under; without it any login serves."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; manifest-src 'self'; worker-src 'self'; "
    "frame-src 'none'; frame-ancestors {ancestors}"
)


async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
    """On every answer: no sniffing, no referrer, no inline code; pages may be framed only where meant to be."""
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
    headers.setdefault("Content-Security-Policy", content_policy(request))
    if request.path.startswith(("/console", "/api/")):
        headers.setdefault("Cache-Control", "no-store")
    if request.secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def content_policy(request: web.Request) -> str:
    """The Content-Security-Policy of the page: the iframe page and overlays may be framed, nothing else."""
    if request.path.endswith("/embed"):
        origins = services(request).embed_origins
        return _POLICY.format(ancestors=" ".join(sorted(origins)) if origins else "*")
    if request.path.startswith("/overlays/"):
        return _POLICY.format(ancestors="*")
    return _POLICY.format(ancestors="'none'")


@web.middleware
async def refuse_forgery(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A request that changes something with a cookie must come from our own pages.

    ``Sec-Fetch-Site`` decides where the browser sends it, ``Origin`` elsewhere; with neither it is
    refused (OWASP CSRF Prevention, Fetch Metadata). Programs that carry a token are not concerned.
    """
    concerned = request.method not in SAFE_METHODS and request.path.startswith(("/console", "/api/"))
    if concerned and bearer(request) is None and not _same_origin(request):
        raise NotAllowedError("forged")
    return await handler(request)


def _same_origin(request: web.Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    return is_own_origin(request, origin)


def is_own_origin(request: web.Request, origin: str) -> bool:
    """Whether an ``Origin`` is this server's, by its public address or by the one it was asked at."""
    own = urlsplit(services(request).base_url)
    return origin in (f"{own.scheme}://{own.netloc}", f"{request.scheme}://{request.host}")


def bearer(request: web.Request) -> str | None:
    """The token of an ``Authorization: Bearer`` header, or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


async def account_of(request: web.Request) -> Account:
    """Who asks, by token or by login cookie. Raises NotLoggedInError.

    A page that names the account it was opened under speaks for that account only: what waited in a browser
    must not go out in the name of whoever logged in there since. Raises RefusedError ``account_other``.
    """
    if ACCOUNT in request:
        return request[ACCOUNT]
    accounts = services(request).accounts
    token = bearer(request)
    if token is not None:
        account = await accounts.by_token(token)
    elif cookie := request.cookies.get(login_cookie(request)):
        account = await accounts.by_login(cookie)
    else:
        raise NotLoggedInError("login_needed")
    # An EventSource sends no headers of its own.
    named = request.headers.get(WRITTEN_AS) or (request.query.get("account") if _is_stream(request) else None)
    if named and named != account.id:
        raise RefusedError("account_other")
    request[ACCOUNT] = account
    return account


def _is_stream(request: web.Request) -> bool:
    return request.path.startswith("/console/s/") and request.path.endswith("/events")


async def allowed(request: web.Request, right: Right) -> Account:
    """Who asks, who must have the right. Raises NotLoggedInError or NotAllowedError."""
    account = await account_of(request)
    require(account.role, right)
    return account


def login_cookie(request: web.Request) -> str:
    """The name of the cookie that holds a login. ``__Host-``: this host only, over https only.

    Safari keeps no such cookie from http://localhost, where other browsers do: whoever tries the program on their own
    machine gets a plain one. It counts nowhere else, where somebody on the line could set it.
    """
    here = request.scheme == "http" and is_loopback(f"//{request.host}")
    own = services(request).base_url
    return _LOCAL_COOKIE if here and own.startswith("http://") and is_loopback(own) else COOKIE


def is_loopback(address: str) -> bool:
    """Whether an address leads to the machine it is opened on."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def set_login(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Give the browser its login."""
    _set_cookie(request, response, token, int(LOGIN_LIFETIME.total_seconds()))


def clear_login(request: web.Request, response: web.StreamResponse) -> None:
    """Take the login from the browser."""
    _set_cookie(request, response, "", 0)


def _set_cookie(request: web.Request, response: web.StreamResponse, value: str, seconds: int) -> None:
    name = login_cookie(request)
    response.set_cookie(name, value, max_age=seconds, secure=name == COOKIE, httponly=True, samesite="Lax", path="/")


def client_address(request: web.Request) -> str:
    """The address a request is counted by."""
    return counted_address(
        request.remote or "", request.headers.get("X-Forwarded-For", ""), services(request).trusted_proxies
    )


def counted_address(remote: str, forwarded_for: str, hops: int) -> str:
    """The address that a client at the other end of ``remote`` is counted by, through ``hops`` trusted proxies.

    Of IPv6 it is the network of 64 bits, which is what one household or town hall is given (RFC 6177): inside
    it anybody has more addresses than any limit.
    """
    forwarded = [part.strip() for part in forwarded_for.split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return _counted(forwarded[-hops])
    return _counted(remote)


def _counted(text: str) -> str:
    # The address of nearly everybody, in a tenth of the time that a rush of readers would otherwise take here.
    with suppress(OSError):
        socket.inet_pton(socket.AF_INET, text)
        return text
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False))
