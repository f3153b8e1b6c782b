"""The council's face on the real server: chosen in the console or by command, refused where it is not read."""

import io
import re
from pathlib import Path

import aiohttp
from PIL import Image

from tests.integration.running import AGENDA, Server, client_of, serving
from tests.integration.test_notices import PASSWORD, log_in

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" onload="alert(1)"><script>alert(1)</script>'
    '<rect width="20" height="10" fill="#7a1f5c"/></svg>'
)
ARABIC = "المجلس البلدي لمدينة الوادي"


async def log_in_as_admin(server: Server, session: aiohttp.ClientSession) -> dict[str, str]:
    """An administrator's login, as headers."""
    server.command("user", "add", "anne", "--role", "admin", stdin=f"{PASSWORD}\n{PASSWORD}\n")
    form = {"name": "anne", "password": PASSWORD, "next": "/console/"}
    async with session.post(
        f"{server.url}/console/login", data=form, headers={"Origin": server.url}, allow_redirects=False
    ) as answer:
        assert answer.status == 303, await answer.text()
        return {"Cookie": f"livesession={answer.cookies['livesession'].value}", "Origin": server.url}


def form_of(**fields: str) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value)
    if "logo" not in fields:
        form.add_field("logo", SVG.encode(), filename="logo.svg", content_type="image/svg+xml")
    return form


async def test_an_administrator_gives_the_council_its_face_and_every_page_wears_it(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        session, url = client.session, server.url
        clerk = await log_in(server, session)
        async with session.get(url + "/console/face", headers=clerk) as answer:
            assert answer.status == 403
        admin = await log_in_as_admin(server, session)
        slug = await client.create(AGENDA)
        unread = {"name": "Val-Clair", "accent": "#ffdd00", "accent_dark": "", "font": "legible"}
        async with session.post(url + "/console/face", data=form_of(**unread), headers=admin) as answer:
            page = await answer.text()
            assert (answer.status, "n’a que 1,1 de contraste" in page, "#796900" in page) == (422, True, True)
        async with session.get(url + "/") as answer:
            assert "/face/" not in await answer.text()
        chosen = unread | {"accent": "#7a1f5c", "font": "serif"}
        async with session.post(url + "/console/face", data=form_of(**chosen), headers=admin) as answer:
            assert (answer.status, "Le visage de l’assemblée est gardé" in await answer.text()) == (200, True)

        async with session.get(url + "/") as answer:
            page = await answer.text()
        assert '<span dir="auto">Val-Clair</span>' in page
        logo = re.findall(r'src="(/face/[0-9a-f]{12}\.svg)"', page)[0]
        async with session.get(url + logo) as answer:
            drawing = await answer.text()
            assert ("script" in drawing, "alert" in drawing, "7a1f5c" in drawing) == (False, False, True)
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.content_type == "image/svg+xml"
        for path, word in (
            (re.findall(r'href="(/face/page.css[^"]*)"', page)[0], "--accent:#7a1f5c"),
            ("/face/overlay.css", f'--logo:url("{logo}")'),
            ("/widget.js", "--accent:#7a1f5c"),
            ("/manifest.webmanifest", '"theme_color": "#7a1f5c"'),
            (f"/s/{slug}/embed", "/face/page.css"),
            (f"/s/{slug}/poster.svg", 'fill="#7a1f5c"'),
            (f"/s/{slug}/poster.svg?form=badge", "data:image/png;base64,"),
        ):
            async with session.get(url + path) as answer:
                assert (answer.status, word in await answer.text()) == (200, True), path
        async with session.get(f"{url}/s/{slug}/card.png") as answer, session.get(url + "/icon-192.png") as other:
            card, icon = [Image.open(io.BytesIO(await each.read())) for each in (answer, other)]
        assert [card.getpixel(at) for at in ((5, 625), (1_000, 90))] == [(122, 31, 92), (122, 31, 92)]
        assert [icon.getpixel(at) for at in ((96, 96), (2, 2))] == [(122, 31, 92), (255, 255, 255)]
        async with session.get(f"{url}/s/{slug}/poster.pdf") as answer:
            assert (await answer.read()).count(b"/Subtype /Image") >= 1

        async with session.post(url + "/console/face", data={"act": "reset"}, headers=admin) as answer:
            assert answer.status == 200
        async with session.get(url + logo) as answer:
            assert answer.status == 404


async def test_the_command_gives_and_refuses_a_face_and_arabic_stands_on_what_is_printed(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        (tmp_path / "logo.svg").write_text(SVG)
        refused = server.command("face", "set", "--accent", "#ff0000", check=False)
        assert (refused.returncode != 0, "#d60000" in refused.stderr + refused.stdout) == (True, True)
        shown = server.command("face", "set", "--name", ARABIC, "--accent", "#7a1f5c", "--logo", "logo.svg").stdout
        assert ARABIC in shown
        assert server.command("face", "show").stdout == shown
        slug = await client.create(AGENDA | {"assembly": ARABIC, "title": "الجلسة العامة"})
        async with client.session.get(f"{server.url}/s/{slug}/poster.svg") as answer:
            assert f'direction="rtl">{ARABIC}</text>' in await answer.text()
        async with client.session.get(f"{server.url}/s/{slug}/poster.pdf") as answer:
            assert (answer.status, (await answer.read())[:5]) == (200, b"%PDF-")
        async with client.session.get(f"{server.url}/s/{slug}/card.png") as answer:
            assert answer.status == 200
        assert server.command("face", "reset").returncode == 0
