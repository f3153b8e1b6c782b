"""The smaller OParl objects inside a meeting: its location, an item's files."""

from collections.abc import Mapping
from typing import Any

from livesession.agendas.findings import Findings
from livesession.domain.agenda import WEB_ADDRESS, Document
from livesession.domain.text import MAX_LINE


def place_name(location: Any, place: str, findings: Findings) -> str | None:
    """Room, description and address of an OParl Location, on one line."""
    if location is None:
        return None
    if not isinstance(location, dict):
        findings.note("oparl-location-address", place)
        return None
    town = " ".join(_texts(location, "postalCode", "locality"))
    parts: list[str] = []
    for part in [*_texts(location, "room", "description", "streetAddress"), town]:
        # Many sources repeat the room inside the description.
        if part and not any(part in other for other in parts):
            parts = [other for other in parts if other not in part] + [part]
    return ", ".join(parts)[:MAX_LINE] or None


def documents(item: Mapping[str, Any], place: str, findings: Findings) -> tuple[Document, ...]:
    """The papers of an AgendaItem: its auxiliary files and the text of its resolution."""
    found = []
    for key in ("auxiliaryFile", "resolutionFile"):
        given = item.get(key)
        for index, file in enumerate(given if isinstance(given, list) else [given] if given else []):
            document = _document(file)
            if document is None:
                findings.note("oparl-file-unusable", f"{place}.{key}[{index}]")
            else:
                found.append(document)
    return tuple(found)


def _document(file: Any) -> Document | None:
    if isinstance(file, str):
        return Document(title=_last_segment(file), url=file) if WEB_ADDRESS.match(file) else None
    if not isinstance(file, dict):
        return None
    for key in ("accessUrl", "downloadUrl", "externalServiceUrl"):
        url = file.get(key)
        if isinstance(url, str) and WEB_ADDRESS.match(url):
            title = next(iter(_texts(file, "name", "fileName")), "") or _last_segment(url)
            return Document(title=title, url=url)
    return None


def _texts(form: Mapping[str, Any], *keys: str) -> list[str]:
    return [value.strip() for key in keys if isinstance(value := form.get(key), str) and value.strip()]


def _last_segment(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2] or url
