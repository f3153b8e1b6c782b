"""The API's description, made from the shapes the handlers use (OpenAPI 3.1)."""

from functools import cache
from typing import Any

import msgspec
from aiohttp import web

from livesession import __version__
from livesession.desk.desk import COMMANDS
from livesession.i18n import LANGUAGES
from livesession.web.api import assemblies, ballots
from livesession.web.api.sittings import answer


def _response(description: str, schema: str | None = None) -> dict[str, Any]:
    if schema is None:
        return {"description": description}
    return {
        "description": description,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


_PROBLEM = {
    "description": "A problem, with a stable code",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "The same key and body give the same answer again, whatever happened meanwhile",
}
_WRITTEN_AS = {
    "name": "Livesession-Account",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The account it was written under; another one that is logged in meanwhile is refused (409)",
}
_WRITTEN_FOR = {
    "name": "Livesession-Sitting",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The id of the sitting it was written for; another one at the same address is refused (409)",
}
_NOTHING = {"description": "Done"}
_REHEARSAL = {
    "name": "rehearsal",
    "in": "query",
    "required": False,
    "schema": {"enum": ["1", "true"]},
    "description": "Play it for training: nothing of it is public, and it may be deleted",
}
_SLUG = {
    "name": "slug",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"},
}


def _entry_body(commands: dict[str, Any]) -> dict[str, Any]:
    """One alternative per kind: the kind, and the data that goes with it."""
    common: dict[str, Any] = {
        "item": {"type": ["string", "null"], "description": "An agenda item's id"},
        "at": {"type": ["string", "null"], "format": "date-time", "description": "When it happened; now if absent"},
        "seen": {"type": ["integer", "null"], "minimum": 0, "description": "The last seq the author had seen"},
    }
    return {
        "oneOf": [
            {
                "type": "object",
                "required": ["kind"],
                "additionalProperties": False,
                "properties": {"kind": {"const": kind}, "data": data, **common},
            }
            for kind, data in commands.items()
        ]
    }


_ODDITIES = {
    "type": "array",
    "description": "What was odd in the file, and what was made of it",
    "items": {"type": "object", "properties": {name: {"type": "string"} for name in ("code", "place", "detail")}},
}
_IDS = {"type": "array", "items": {"type": "string"}, "description": "Members by id"}
_ANSWERS: dict[str, Any] = {
    "Assembly": {
        "type": "object",
        "description": "As agenda_templates/assembly.schema.json has it, or OParl objects",
        "required": ["name", "rules"],
        "properties": {
            "name": {"type": "string"},
            "rules": {"type": "object"},
            "groups": {"type": "array", "items": {"type": "object"}},
            "members": {"type": "array", "items": {"type": "object"}},
        },
    },
    "AssemblyKept": {
        "type": "object",
        "required": ["assembly", "new", "gone", "handles_gone", "problems"],
        "properties": {
            "assembly": {"$ref": "#/components/schemas/Assembly"},
            "new": _IDS,
            "gone": _IDS,
            "handles_gone": _IDS,
            "problems": _ODDITIES,
        },
    },
    "BallotsRecorded": {
        "type": "object",
        "required": ["entry", "problems"],
        "properties": {"entry": {"$ref": "#/components/schemas/Entry"}, "problems": _ODDITIES},
    },
}


def _form(*fields: str) -> dict[str, Any]:
    """A multipart body: a file, and texts beside it."""
    properties: dict[str, Any] = {"file": {"type": "string", "format": "binary"}}
    properties |= {field: {"type": "string"} for field in fields}
    return {"schema": {"type": "object", "required": ["file"], "properties": properties}}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    refs, components = msgspec.json.schema_components(
        list(COMMANDS.values()), ref_template="#/components/schemas/{name}"
    )
    components |= _ANSWERS | {
        "Entry": {
            "type": "object",
            "required": ["seq", "pos", "id", "kind", "item", "at", "recorded_at", "author", "data", "hash"],
            "properties": {
                "seq": {"type": "integer"},
                "pos": {"type": ["integer", "null"]},
                "id": {"type": "string", "format": "uuid"},
                "kind": {"type": "string"},
                "item": {"type": ["string", "null"]},
                "at": {"type": "string", "format": "date-time"},
                "recorded_at": {"type": "string", "format": "date-time"},
                "author": {"type": ["string", "null"]},
                "data": {"type": ["object", "null"]},
                "salt": {"type": ["string", "null"]},
                "digest": {"type": "string"},
                "prev": {"type": "string"},
                "hash": {"type": "string"},
            },
        },
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "code", "detail"],
            "properties": {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "code": {"type": "string"},
                "detail": {"type": "string"},
                "problems": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {name: {"type": "string"} for name in ("code", "place", "detail")},
                    },
                },
            },
        },
        "EntryBody": _entry_body(dict(zip(COMMANDS, refs, strict=True))),
        "Created": {
            "type": "object",
            "required": ["slug", "slugs"],
            "properties": {"slug": {"type": "string"}, "slugs": {"type": "array", "items": {"type": "string"}}},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "livesession", "version": __version__, "license": {"name": "MIT", "identifier": "MIT"}},
        "security": [{"bearer": []}],
        "paths": _paths(),
        "components": {
            "schemas": components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _paths() -> dict[str, Any]:
    return {
        "/api/v1/sittings": {
            "get": {"summary": "Every sitting", "responses": {"200": _response("The sittings"), "default": _PROBLEM}},
            "post": {
                "summary": "Create a sitting from an agenda, as JSON or as a file",
                "parameters": [_REHEARSAL],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"type": "object"}},
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "required": ["file"],
                                "properties": {"file": {"type": "string", "format": "binary"}},
                            }
                        },
                    },
                },
                "responses": {"201": _response("Created", "Created"), "default": _PROBLEM},
            },
        },
        "/api/v1/sittings/{slug}": {
            "parameters": [_SLUG],
            "get": {
                "summary": "A sitting and its items",
                "responses": {"200": _response("The sitting"), "default": _PROBLEM},
            },
            "delete": {
                "summary": "Delete a rehearsal and everything that belongs to it; any other sitting is refused (409)",
                "responses": {"204": _NOTHING, "default": _PROBLEM},
            },
        },
        "/api/v1/sittings/{slug}/entries": {
            "parameters": [_SLUG],
            "post": {
                "summary": "Post one entry",
                "parameters": [_KEY, _WRITTEN_AS, _WRITTEN_FOR],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/EntryBody"}}},
                },
                "responses": {
                    "201": _response("The entry, durable", "Entry"),
                    "200": _response("The entry, appended before under the same key", "Entry"),
                    "default": _PROBLEM,
                },
            },
        },
        "/api/v1/sittings/{slug}/ballots": {
            "parameters": [_SLUG],
            "post": {
                "summary": "Record a public ballot from a voting device's table (CSV)",
                "parameters": [_KEY],
                "requestBody": {"required": True, "content": {"multipart/form-data": _form(*ballots.FIELDS)}},
                "responses": {
                    "201": _response("The vote's entry, durable", "BallotsRecorded"),
                    "200": _response("The entry, appended before under the same key", "BallotsRecorded"),
                    "default": _PROBLEM,
                },
            },
        },
        "/api/v1/assemblies": {
            "get": {
                "summary": "Every kept assembly",
                "responses": {"200": _response("The assemblies"), "default": _PROBLEM},
            },
        },
        "/api/v1/assemblies/{name}": {
            "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {
                "summary": "A kept assembly",
                "responses": {"200": _response("The assembly", "Assembly"), "default": _PROBLEM},
            },
            "put": {
                "summary": "Keep an assembly under this name, as JSON or as a file, in place of the one that was",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"type": ["object", "array"]}},
                        "multipart/form-data": _form(*assemblies.FIELDS),
                    },
                },
                "responses": {
                    "201": _response("Kept for the first time", "AssemblyKept"),
                    "200": _response("Kept in place of the one that was", "AssemblyKept"),
                    "default": _PROBLEM,
                },
            },
        },
        "/api/v1/sittings/{slug}/record": {
            "parameters": [_SLUG],
            "get": {
                "summary": "The whole thread, as exported",
                "responses": {"200": _response("The record"), "default": _PROBLEM},
            },
        },
        **_prepared(),
        "/api/v1/sittings/{slug}/deliveries": {
            "parameters": [_SLUG],
            "get": {
                "summary": "What became of each entry",
                "responses": {"200": _response("Deliveries"), "default": _PROBLEM},
            },
        },
    }


def _prepared() -> dict[str, Any]:
    """What is prepared before a sitting, and what helps during it."""
    language = {"name": "language", "in": "path", "required": True, "schema": {"enum": list(LANGUAGES)}}
    identity = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"}}
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    yaml = {"required": True, "content": {"application/yaml": {}, "multipart/form-data": _form()}}
    return {
        "/api/v1/sittings/{slug}/phrases": {
            "parameters": [_SLUG],
            "get": {
                "summary": "Every stock phrase, filled in from the sitting as it stands now",
                "responses": {"200": _response("The phrases"), "default": _PROBLEM},
            },
        },
        "/api/v1/phrases/{language}": {
            "parameters": [language],
            "get": {
                "summary": "The templates of the phrases: those that ship, and the council's own",
                "responses": {"200": _response("The templates"), "default": _PROBLEM},
            },
            "put": {
                "summary": "Keep the council's own phrases, from a YAML file, in place of those that were",
                "requestBody": yaml,
                "responses": {"200": _response("Kept"), "default": _PROBLEM},
            },
            "delete": {
                "summary": "Remove the council's own phrases",
                "responses": {"204": _NOTHING, "default": _PROBLEM},
            },
        },
        "/api/v1/sittings/{slug}/media": {
            "parameters": [_SLUG],
            "post": {
                "summary": "Send in an image (JPEG, PNG, WebP); a text then names it in data.media with its alt",
                "requestBody": {"required": True, "content": {"multipart/form-data": _form()}},
                "responses": {"201": _response("Kept"), "default": _PROBLEM},
            },
        },
        "/api/v1/sittings/{slug}/media/{id}": {
            "parameters": [_SLUG, identity],
            "get": {
                "summary": "An image, be it public or not",
                "responses": {"200": {"description": "The image", "content": {"image/*": {}}}, "default": _PROBLEM},
            },
        },
        "/api/v1/sittings/{slug}/counts": {
            "parameters": [_SLUG],
            "get": {
                "summary": "How often each group was written of, quoted and heard; never published",
                "responses": {"200": _response("The counts"), "default": _PROBLEM},
            },
        },
        "/api/v1/channels": {
            "get": {
                "summary": "The channels, which kinds of entry go to which, and what each may cost",
                "responses": {"200": _response("The channels"), "default": _PROBLEM},
            },
        },
        "/api/v1/channels/{name}": {
            "parameters": [name],
            "put": {
                "summary": "Say which kinds of entry go to a channel (null for all), and its budgets",
                "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {"200": _response("The channel"), "default": _PROBLEM},
            },
        },
    }


async def serve(request: web.Request) -> web.Response:
    return answer(document())


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/api/v1/openapi.json", serve)]
