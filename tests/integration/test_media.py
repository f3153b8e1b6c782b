"""Images on the running server: sent in by a clerk, public with their text, gone with it."""

import io
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from PIL import Image

from tests.integration.running import AGENDA, Client, client_of, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALT = "Le budget en trois colonnes <b>"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """One server for all."""
    async with serving(tmp_path_factory.mktemp("media")) as server, client_of(server) as made:
        yield made


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(out, "PNG")
    return out.getvalue()


async def upload(client: Client, slug: str, content: bytes) -> tuple[int, dict[str, Any]]:
    form = aiohttp.FormData()
    form.add_field("file", content, filename="image.png", content_type="image/png")
    address = f"{client.server.url}/api/v1/sittings/{slug}/media"
    async with client.session.post(address, data=form, headers=client.headers) as answer:
        return answer.status, await answer.json(content_type=None)


async def opened(client: Client) -> str:
    slug = await client.create(AGENDA)
    assert (await client.post(slug, "sitting.opened"))[0] == 201
    return slug


async def fetched(client: Client, path: str, **headers: str) -> tuple[int, str, bytes]:
    async with client.session.get(client.server.url + path, headers=headers) as answer:
        return answer.status, answer.headers.get("Content-Type", ""), await answer.read()


async def test_an_image_is_public_once_a_public_entry_shows_it(client: Client) -> None:
    slug = await opened(client)
    status, kept = await upload(client, slug, picture())
    assert (status, kept["type"], kept["width"], kept["height"]) == (201, "image/png", 30, 20)
    public = f"/s/{slug}/media/{kept['id']}"
    assert (await fetched(client, public))[0] == 404
    assert (await fetched(client, kept["url"]))[0] == 401
    assert (await fetched(client, kept["url"], **client.headers))[0] == 200
    status, entry = await client.post(slug, "update.posted", text="Voici", media=[{"id": kept["id"], "alt": ALT}])
    assert (status, entry["data"]["media"]) == (201, [{"id": kept["id"], "alt": ALT}])
    status, kind, content = await fetched(client, public)
    assert (status, kind) == (200, "image/png")
    with Image.open(io.BytesIO(content)) as shown:
        assert shown.size == (30, 20)
    page = (await fetched(client, f"/s/{slug}"))[2].decode()
    (tag,) = re.findall(r"<img [^>]*>", page)
    assert f'src="{public}"' in tag
    assert 'alt="Le budget en trois colonnes &lt;b&gt;"' in tag
    _, listed = await client.get(f"/s/{slug}/entries")
    assert listed["entries"][-1]["entry"]["data"]["media"] == [{"id": kept["id"], "alt": ALT}]
    for minutes in ("minutes.html", "minutes.md"):
        assert "Image\u00a0: Le budget en trois colonnes" in (await fetched(client, f"/s/{slug}/{minutes}"))[2].decode()


async def test_a_retracted_text_takes_its_image_out_of_sight_and_an_erased_one_for_good(client: Client) -> None:
    slug = await opened(client)
    _, kept = await upload(client, slug, picture("blue"))
    media = [{"id": kept["id"], "alt": "Bleu"}]
    posted = [(await client.post(slug, "update.posted", text=f"{n}", media=media))[1]["id"] for n in (1, 2)]
    public = f"/s/{slug}/media/{kept['id']}"
    assert (await client.post(slug, "update.retracted", entry=posted[0]))[0] == 201
    assert (await fetched(client, public))[0] == 200
    assert (await client.post(slug, "update.retracted", entry=posted[1]))[0] == 201
    assert (await fetched(client, public))[0] == 404
    for index, entry in enumerate(posted):
        assert (await client.post(slug, "update.erased", entry=entry, reason="RGPD"))[0] == 201
        assert (await fetched(client, kept["url"], **client.headers))[0] == (200, 404)[index]


async def test_an_image_of_a_closed_part_stays_inside(client: Client) -> None:
    slug = await opened(client)
    _, kept = await upload(client, slug, picture("green"))
    assert (await client.post(slug, "closed_part.begun"))[0] == 201
    status, entry = await client.post(slug, "update.posted", text="Clos", media=[{"id": kept["id"], "alt": "Vert"}])
    assert (status, entry["pos"]) == (201, None)
    assert (await fetched(client, f"/s/{slug}/media/{kept['id']}"))[0] == 404


@pytest.mark.parametrize(
    ("media", "code"),
    [
        ([{"id": "0" * 32, "alt": "Un"}], "media_unknown"),
        ([{"id": "../../etc/passwd", "alt": "Un"}], "media_unknown"),
        ([{"id": "0" * 32, "alt": " "}], "media_alt"),
        ([{"id": "0" * 32}], "entry_ill_formed"),
        ([{"id": "0" * 32, "alt": "a" * 1_001}], "text_too_long"),
        ([{"id": "0" * 32, "alt": "Un"}] * 5, "media_many"),
    ],
)
async def test_a_text_with_an_image_at_fault_is_refused(client: Client, media: list[Any], code: str) -> None:
    slug = await opened(client)
    status, problem = await client.post(slug, "update.posted", text="Voici", media=media)
    assert (status, problem["code"]) == (422, code)


async def test_what_is_no_image_is_refused(client: Client) -> None:
    slug = await opened(client)
    status, problem = await upload(client, slug, b"<svg/>")
    assert (status, problem["code"], problem["problems"][0]["code"]) == (422, "media_unreadable", "media-unreadable")
