"""Every setting, described once, here. Read by ``cli`` and ``app`` only; listed by ``livesession settings``."""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from livesession.errors import InputError, Problem


@dataclass(frozen=True, slots=True)
class Said:
    """What a setting is for, in the two languages; carried in the field's metadata."""

    fr: str
    en: str


Role = Literal["all", "web", "edge", "relay"]

_SQLITE = "sqlite+aiosqlite:///"
_PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~%/-]*)?")


class Settings(BaseSettings):
    """The settings of one process, from the environment (and a ``.env`` file in the working folder)."""

    # Platforms and .env files leave a setting empty to mean "as if it were not there".
    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: Annotated[
        str,
        Said(
            "Où est tenu le registre : SQLite par défaut, ou postgresql://…",
            "Where the record is kept: SQLite by default, or postgresql://…",
        ),
    ] = "sqlite+aiosqlite:///livesession.db"
    host: Annotated[
        str, Said("Adresse d’écoute ; 0.0.0.0 écoute partout.", "Address to listen on; 0.0.0.0 listens everywhere.")
    ] = "0.0.0.0"  # noqa: S104 - platforms route to the container's own address, which only "everywhere" includes
    port: Annotated[int, Field(ge=0, le=65535), Said("Port d’écoute unique.", "The one port to listen on.")] = 8080
    public_url: Annotated[
        str,
        Said(
            "Adresse publique, telle que les citoyens l’ouvrent, sans barre finale. Vide : http://localhost:PORT.",
            "The public address as citizens open it, without trailing slash. Empty: http://localhost:PORT.",
        ),
    ] = ""
    secret_key: Annotated[
        SecretStr,
        Said(
            "Clé qui protège les accès aux réseaux. Vide : engendrée et gardée à côté de la base.",
            "Key that protects the networks' credentials. Empty: generated, kept beside the database.",
        ),
    ] = SecretStr("")
    livesession_role: Annotated[
        Role,
        Said(
            "Ce que fait ce processus : all (tout), web, edge (diffusion seule) ou relay (réseaux).",
            "What this process does: all, web, edge (fan-out only) or relay (networks).",
        ),
    ] = "all"
    workers: Annotated[
        int,
        Field(ge=1, le=64),
        Said(
            "Processus qui se partagent le port, un par cœur à occuper ; plus d’un demande PostgreSQL.",
            "Processes that share the port, one per core to use; more than one needs PostgreSQL.",
        ),
    ] = 1
    trusted_proxies: Annotated[
        int,
        Field(ge=0, le=5),
        Said(
            "Nombre de mandataires devant le serveur dont X-Forwarded-* est cru. 0 : aucun.",
            "How many proxies in front of the server have their X-Forwarded-* believed. 0: none.",
        ),
    ] = 0
    max_connections: Annotated[
        int,
        Field(ge=1),
        Said("Lecteurs connectés en même temps, au plus.", "Readers connected at once, at most."),
    ] = 20_000
    max_connections_per_address: Annotated[
        int,
        Field(ge=1),
        Said(
            "Lecteurs connectés depuis une même adresse, au plus (une mairie entière peut en partager une).",
            "Readers connected from one address, at most (a whole town hall may share one).",
        ),
    ] = 1_000
    embed_origins: Annotated[
        str,
        Said(
            "Sites autorisés à intégrer le fil, séparés par des espaces ; vide : tous.",
            "Sites that may embed the thread, separated by spaces; empty: all.",
        ),
    ] = ""
    overlay_themes: Annotated[
        str,
        Said(
            "Dossier de thèmes d’incrustation, un sous-dossier par thème ; vide : ceux de l’installation seulement.",
            "Folder of overlay themes, one folder in it per theme; empty: those of the installation only.",
        ),
    ] = ""
    publisher: Annotated[
        str,
        Said(
            "Éditeur, pour les mentions légales : nom, adresse, téléphone de la collectivité.",
            "Publisher, for the legal notice: name, address, telephone of the council.",
        ),
    ] = ""
    publication_director: Annotated[
        str,
        Said(
            "Directeur ou directrice de la publication : nom et fonction.",
            "Director of publication: name and office.",
        ),
    ] = ""
    hosting: Annotated[
        str, Said("Hébergeur : nom, adresse, téléphone.", "Hosting company: name, address, telephone.")
    ] = ""
    contact: Annotated[
        str,
        Said(
            "Où les citoyens écrivent : une adresse électronique, ou l’adresse d’un formulaire.",
            "Where citizens write: an e-mail address, or the address of a form.",
        ),
    ] = ""
    data_protection_officer: Annotated[
        str,
        Said(
            "Délégué ou déléguée à la protection des données : comment l’atteindre.",
            "Data protection officer: how to reach them.",
        ),
    ] = ""
    accessibility: Annotated[
        Literal["none", "partial", "full"],
        Said(
            "Conformité au RGAA selon l’audit : none, partial ou full ; sans audit, none.",
            "Compliance with RGAA by the audit: none, partial or full; without an audit, none.",
        ),
    ] = "none"
    accessibility_audit: Annotated[
        str,
        Said(
            "L’audit d’accessibilité : par qui, quand, quel taux. Vide : aucun.",
            "The accessibility audit: by whom, when, what rate. Empty: none.",
        ),
    ] = ""
    push_services: Annotated[
        str,
        Said(
            "Services par lesquels les navigateurs reçoivent les notifications, séparés par des espaces.",
            "Services through which browsers receive notifications, separated by spaces.",
        ),
    ] = "fcm.googleapis.com push.services.mozilla.com notify.windows.com push.apple.com"
    x_post_price: Annotated[
        float,
        Field(ge=0, le=1000),
        Said("Prix d’un message sur X, en dollars.", "Price of a post on X, in dollars."),
    ] = 0.015
    x_link_price: Annotated[
        float,
        Field(ge=0, le=1000),
        Said(
            "Prix d’un message sur X qui porte un lien, en dollars.",
            "Price of a post on X that has a link, in dollars.",
        ),
    ] = 0.2
    x_image_price: Annotated[
        float,
        Field(ge=0, le=1000),
        Said("Prix du texte d’une image sur X, en dollars.", "Price of an image’s words on X, in dollars."),
    ] = 0.005
    metrics_token: Annotated[
        SecretStr,
        Said(
            "Jeton qui ouvre /metrics à Prometheus. Vide : un jeton d’administration seulement.",
            "Token that opens /metrics to Prometheus. Empty: an administrator’s token only.",
        ),
    ] = SecretStr("")
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], Said("Détail du journal.", "How much is logged.")
    ] = "INFO"
    log_format: Annotated[
        Literal["text", "json"],
        Said(
            "Forme du journal : text (lignes à lire) ou json (un objet par ligne, pour un collecteur).",
            "Form of the log: text (lines to read) or json (one object per line, for a collector).",
        ),
    ] = "text"

    @field_validator("public_url")
    @classmethod
    def _public_url(cls, value: str) -> str:
        # It stands in pages, in headers and in every post that links to the thread.
        if value and (_PUBLIC_URL.fullmatch(value) is None or not _has_port_or_none(value)):
            raise PydanticCustomError("public_url", "no address such as https://direct.mairie.example")
        return value.rstrip("/")

    @field_validator("embed_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        origins = [origin.rstrip("/") for origin in value.split()]
        for origin in origins:
            # They are written into a header: nothing but an origin may get there.
            if re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+", origin) is None:
                raise PydanticCustomError("embed_origins", "no origin: {origin}", {"origin": origin[:80]})
        return " ".join(origins)

    @field_validator("overlay_themes")
    @classmethod
    def _folder(cls, value: str) -> str:
        if value and not Path(value).is_dir():
            raise PydanticCustomError("folder", "no folder: {folder}", {"folder": value[:200]})
        return value

    @field_validator("database_url")
    @classmethod
    def _async_driver(cls, value: str) -> str:
        for given, driver in (
            ("sqlite:///", "sqlite+aiosqlite:///"),
            ("postgres://", "postgresql+asyncpg://"),
            ("postgresql://", "postgresql+asyncpg://"),
        ):
            if value.startswith(given):
                value = driver + value.removeprefix(given)
        if value.startswith(_SQLITE):
            # A file that every process and every command finds again, the key beside it: not memory, not a folder.
            path = value.removeprefix(_SQLITE)
            if not Path(path).name or path.endswith("/") or path.startswith((":", "file:")) or "?" in path:
                raise PydanticCustomError("database_file", "must name a file")
        elif not value.startswith("postgresql+asyncpg://") or not _has_port_or_none(value):
            raise PydanticCustomError("database_url", "must begin with sqlite:/// or postgresql://")
        return value

    @property
    def base_url(self) -> str:
        """The public address, guessed where none was given."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, or None on PostgreSQL."""
        return Path(self.database_url.removeprefix(_SQLITE)) if self.database_url.startswith(_SQLITE) else None


def _has_port_or_none(address: str) -> bool:
    try:
        _ = urlsplit(address).port
    except ValueError:
        return False
    return True


def load_settings(**given: object) -> Settings:
    """Settings from the environment, with ``given`` on top. Raises :class:`InputError` naming each bad one."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        problems = [_problem(dict(found)) for found in error.errors(include_input=False)]
        raise InputError("settings_unreadable", problems) from None


def _problem(found: dict[str, Any]) -> Problem:
    """One of pydantic's findings as a problem of ours, which has a sentence in both languages."""
    place = str(found["loc"][0]).upper() if found["loc"] else ""
    context = found.get("ctx", {})
    match found["type"]:
        case "float_parsing" | "int_parsing" | "int_parsing_size" | "int_from_float":
            return Problem.of("setting-number", place)
        case "greater_than_equal":
            return Problem.of("setting-least", place, least=str(context["ge"]))
        case "less_than_equal":
            return Problem.of("setting-most", place, most=str(context["le"]))
        case "literal_error":
            return Problem.of("setting-choice", place, known=", ".join(re.findall(r"'([^']*)'", context["expected"])))
        case "embed_origins":
            return Problem.of("setting-origin", place, origin=context["origin"])
        case "folder":
            return Problem.of("setting-folder", place, folder=context["folder"])
        case "public_url" | "database_url" | "database_file":
            return Problem.of("setting-" + found["type"].replace("_", "-"), place)
        case _:
            return Problem.of("setting", place, reason=found["msg"])


def secret_key_of(settings: Settings) -> bytes:
    """The key given, or the one kept beside the database, generated at first need.

    Raises :class:`InputError` on PostgreSQL without a given key: its processes must share one.
    """
    given = settings.secret_key.get_secret_value()
    if given:
        if len(given) < 16:
            raise InputError("settings_unreadable", [Problem.of("secret-key-short", "SECRET_KEY")])
        return given.encode()
    if settings.database_file is None:
        raise InputError("settings_unreadable", [Problem.of("secret-key-needed", "SECRET_KEY")])
    return _kept_key(settings.database_file.with_name(settings.database_file.name + ".key"))


def _kept_key(path: Path) -> bytes:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Created whole and readable by its owner only; a second process starting now loses the race and reads.
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), "ascii")
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    except OSError as error:
        raise InputError(
            "settings_unreadable", [Problem.of("secret-key-file", str(path), reason=str(error))]
        ) from error
    return path.read_text("ascii").strip().encode()
