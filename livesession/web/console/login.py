"""Logging in and out."""

from http import HTTPStatus
from urllib.parse import quote, urlsplit

from aiohttp import web

from livesession.accounts.accounts import Account
from livesession.errors import LivesessionError, NotLoggedInError, ThrottledError
from livesession.web.rendering import render, words_of
from livesession.web.security import account_of, clear_login, client_address, is_loopback, login_cookie, set_login
from livesession.web.services import services

HOME = "/console/"
MAX_FIELD = 1_000
"""Characters looked at of a name or password: more is nobody's, and would only cost time to hash."""


async def person(request: web.Request) -> Account:
    """Who looks at a page; whoever is not logged in is sent to the login and back afterwards."""
    try:
        return await account_of(request)
    except NotLoggedInError:
        raise web.HTTPSeeOther(f"/console/login?next={quote(request.path_qs, safe='')}") from None


def local_page(asked: str) -> str:
    """Where to go after the login: a page of the console on this very host, whatever was asked."""
    # A browser drops tabs and line breaks and reads a backslash as a slash: neither may reach it.
    plain = all(" " < character < "\x7f" for character in asked) and "\\" not in asked
    # No segment may lead out of the console, also not one that is written with %2e.
    walks = any(part.lower().replace("%2e", ".") in (".", "..") for part in urlsplit(asked).path.split("/"))
    inside = asked.startswith(HOME) and not walks and not asked.startswith("/console/log")
    return asked if plain and inside else HOME


def cookie_holds(request: web.Request) -> bool:
    """Whether the browser will keep a ``__Host-`` cookie from this address: over https, or on localhost."""
    scheme = request.scheme
    if services(request).trusted_proxies:
        scheme = request.headers.get("X-Forwarded-Proto", scheme).split(",")[-1].strip()
    return scheme == "https" or is_loopback(f"//{request.host}")


async def show_login(request: web.Request) -> web.StreamResponse:
    target = local_page(request.query.get("next", ""))
    try:
        await account_of(request)
    except NotLoggedInError:
        return await _page(request, target)
    raise web.HTTPSeeOther(target)


async def log_in(request: web.Request) -> web.StreamResponse:
    form = await request.post()
    name, password = _field(form.get("name")), _field(form.get("password"))
    target = local_page(_field(form.get("next")))
    try:
        _, token = await services(request).accounts.log_in(name, password, client_address(request))
    except (NotLoggedInError, ThrottledError) as error:
        response = await _page(request, target, name=name, error=error)
        response.set_status(error.status)
        if isinstance(error, ThrottledError):
            response.headers["Retry-After"] = str(error.params["seconds"])
        return response
    answer = web.HTTPSeeOther(target)
    set_login(request, answer, token)
    raise answer


async def log_out(request: web.Request) -> web.StreamResponse:
    if token := request.cookies.get(login_cookie(request)):
        await services(request).accounts.log_out(token)
    answer = web.HTTPSeeOther("/console/login")
    clear_login(request, answer)
    raise answer


async def _page(
    request: web.Request, target: str, *, name: str = "", error: LivesessionError | None = None
) -> web.Response:
    context = {
        "next": target,
        "name": name,
        "error": None if error is None else _sentence(request, error),
        "holds": cookie_holds(request),
        "nobody": not await services(request).accounts.any(),
    }
    return await render(request, "console/login.html", context)


def _sentence(request: web.Request, error: LivesessionError) -> str:
    words = words_of(request)
    if error.status == HTTPStatus.TOO_MANY_REQUESTS:
        return words("console-login-throttled", minutes=-(-int(error.params["seconds"]) // 60))
    # One sentence for an unknown name and a wrong password: it must not tell which names exist.
    return words("console-login-wrong")


def _field(value: object) -> str:
    return value[:MAX_FIELD] if isinstance(value, str) else ""


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [
        web.get("/console/login", show_login),
        web.post("/console/login", log_in),
        web.post("/console/logout", log_out),
    ]
