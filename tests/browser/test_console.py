"""The clerk's console in a real browser, against the real server."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from PIL import Image
from playwright.async_api import Browser, Page, expect

from tests.browser.consoles import (
    AGENDA,
    FIREFOX,
    PASSWORD,
    PHONE,
    SMALL,
    Installation,
    at_console,
    browser,
    installation,
    lamp,
    log_in,
    plain,
    publish,
    refusing_mastodon,
    rows,
    until,
)

pytestmark = pytest.mark.browser


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as held:
        yield held


@pytest.fixture
async def held(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as running:
        yield running


async def test_console_asks_for_a_login_and_comes_back(chromium: Browser, held: Installation) -> None:
    page = await chromium.new_page(locale="fr-FR")
    await page.goto(held.console)
    assert "/console/login?next=" in page.url
    await log_in(page, "Alice", "not the password at all")
    assert plain(await page.locator(".failure").text_content()) == (
        "Ce nom et ce mot de passe ne vont pas ensemble. Vérifiez les deux, puis réessayez."
    )
    await log_in(page, "Alice")
    assert page.url == held.console
    await page.wait_for_selector("body.ready")
    await page.close()


async def test_update_is_published_corrected_and_retracted(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await publish(page, "Le rapport propose 168 M€ pour 19 collèges du département.")
        await expect(page.locator("#thread .update")).to_have_count(1)
        assert await page.input_value("#composer-text") == ""

        await page.press("#composer-text", "ArrowUp")
        await page.fill("dialog textarea", "Le rapport propose 186 M€ pour 19 collèges du département.")
        await page.press("dialog textarea", "Control+Enter")
        await expect(page.locator("#thread .amended s")).to_have_text("168")
        assert await rows(page) == ["Le rapport propose 186 M€ pour 19 collèges du département."]

        await page.click("#thread .update .act")
        await page.click("[data-choice=retract]")
        await page.fill("dialog input", "Chiffre non définitif.")
        await page.click("dialog button[type=submit]")
        await expect(page.locator("#thread .retracted")).to_have_count(1)
        assert "Chiffre non définitif." in (await page.locator("#thread .retracted .amended").text_content() or "")

    kinds = [(entry["kind"], entry["item"]) for entry in await held.record()][4:]
    assert kinds == [("update.posted", "un"), ("update.corrected", "un"), ("update.retracted", "un")]


async def test_update_is_pinned_and_unpinned(chromium: Browser, held: Installation) -> None:
    await held.post("update.posted", "un", text="À garder en vue")
    async with at_console(chromium, held) as page:
        await page.click("#thread .update .act")
        await page.click("[data-choice=pin]")
        await expect(page.locator("#thread .update .entry-side")).to_contain_text("Épinglé")
        await page.click("#thread .update .act")
        await page.click("[data-choice=unpin]")
        await expect(page.locator("#thread .update .entry-side")).not_to_contain_text("Épinglé")


async def test_erasure_needs_the_reason_and_the_item_number(chromium: Browser, held: Installation) -> None:
    await held.post("update.posted", "un", text="Mme Untelle habite 3 rue des Lilas")
    async with at_console(chromium, held) as page:
        await page.click("#thread .update .act")
        await page.click("[data-choice=erase]")
        reason, number = page.locator("dialog input").nth(0), page.locator("dialog input").nth(1)
        await reason.fill("Demande d’effacement, article 17 du RGPD")
        await number.fill("2")
        await page.click("dialog button[type=submit]")
        await expect(page.locator("dialog .problem").nth(1)).to_have_text("Tapez exactement 1.")
        await number.fill("1")
        await page.click("dialog button[type=submit]")
        await expect(page.locator("#thread .erased .gone")).to_contain_text("Effacé à")
        assert "Lilas" not in await page.content()
    assert all("Lilas" not in str(entry) for entry in await held.record())


async def test_sitting_is_opened_suspended_resumed_and_closed(chromium: Browser, tmp_path: Path) -> None:
    async with installation(tmp_path, opened=False) as held, at_console(chromium, held) as page:
        assert await lamp(page) == "À venir"
        await page.click("#open-sitting")
        await expect(page.locator("#lamp-word")).to_have_text("Public")
        await page.click("[data-kind='sitting.suspended']")
        await expect(page.locator("#lamp-word")).to_have_text("Suspendue")
        await page.click("[data-kind='sitting.resumed']")
        await expect(page.locator("#lamp-word")).to_have_text("Public")
        await page.keyboard.press("F8")
        await expect(page.locator("#item-number")).to_have_text("1")
        await page.keyboard.press("F8")
        await expect(page.locator("#item-number")).to_have_text("2")
        await page.keyboard.press("Shift+F8")
        await expect(page.locator("#item-number")).to_have_text("1")
        await page.click("[data-kind='sitting.closed']")
        await page.click("dialog button[type=submit]")
        await expect(page.locator("#lamp-word")).to_have_text("Terminée")
        assert await page.locator("#composer-over").is_visible()
        assert [entry["kind"] for entry in await held.record()][2:] == [
            "sitting.opened",
            "sitting.suspended",
            "sitting.resumed",
            "item.opened",
            "item.opened",
            "item.opened",
            "sitting.closed",
        ]


async def test_items_open_and_close_from_the_agenda(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await page.focus(".agenda-item.current .agenda-row")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await page.click(".agenda-panel button:has-text('Ouvrir ce point')")
        await expect(page.locator("#item-title")).to_have_text("Collèges : programme de rénovation")
        await page.click(".agenda-panel button:has-text('Clore ce point')")
        await expect(page.locator("#item-title")).to_have_text("Aucun point ouvert")
        await expect(page.locator("#agenda-count")).to_have_text("2 sur 4")


async def test_vote_by_numbers_on_an_azerty_keyboard(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await page.keyboard.press("F9")
        # The key of 1 gives & on AZERTY: dispatched as a French keyboard would.
        await page.evaluate(
            """() => document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key: "&", code: "Digit1", bubbles: true, cancelable: true }))"""
        )
        await page.keyboard.type("7")
        await page.fill("#vote-against", "31")
        await page.fill("#vote-abstention", "3")
        assert plain(await page.locator("#vote-sum").text_content()) == "17 + 31 + 3 = 51 voix"
        await page.check("input[value=adopted]")
        await page.press("#vote-for", "Control+Enter")
        await expect(page.locator("#composer-problem")).to_have_text(
            "17 pour et 31 contre : le résultat choisi dit l’inverse."
        )
        await page.check("input[value=rejected]")
        await page.press("#vote-for", "Control+Enter")
        await expect(page.locator("#thread .vote .outcome")).to_have_text("Rejeté : 17 pour, 31 contre, 3 abstentions")
    vote = (await held.record())[-1]
    assert (vote["kind"], vote["item"], vote["data"]) == (
        "vote.recorded",
        "un",
        {"ballot": "show_of_hands", "for": 17, "against": 31, "abstention": 3, "result": "rejected", "decision": 1},
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>",
        "« guillemets » \"quotes\" & &amp; 'apostrophes' _x0001_ @everyone",
        "👩‍👩‍👧‍👦 שלום مرحبا \u202eeverse",
        "  deux\n\nlignes, espaces gardés  ",
    ],
)
async def test_text_is_shown_as_typed(chromium: Browser, held: Installation, text: str) -> None:
    async with at_console(chromium, held) as page:
        await publish(page, text)
        await expect(page.locator("#thread .update")).to_have_count(1)
        assert await rows(page) == [text]
        assert await page.title() == "Séance plénière, Registre du direct"
        assert await page.locator("#thread script, #thread img").count() == 0
    assert await held.texts() == [text]


async def test_refused_text_comes_back_with_the_reason(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await publish(page, "avec un \x01 dedans")
        await expect(page.locator("#composer-problem")).to_contain_text("U+0001")
        assert await page.input_value("#composer-text") == "avec un \x01 dedans"
        await publish(page, "x" * 10_001)
        await expect(page.locator("#composer-problem")).to_have_text("10001 caractères pour 10000 au plus.")
    assert await held.texts() == []


async def test_offline_texts_wait_survive_a_reload_and_leave_once_in_order(
    chromium: Browser, held: Installation
) -> None:
    async with at_console(chromium, held) as page:
        await publish(page, "avant la panne")
        await expect(page.locator("#thread .update")).to_have_count(1)
        held.server.kill()
        for number in range(1, 4):
            await publish(page, f"pendant la panne, {number}")
        await expect(page.locator("#lamp-word")).to_have_text("Hors ligne", timeout=10_000)
        await expect(page.locator("#queue .chip")).to_have_text([f"en attente, {n} sur 3" for n in (1, 2, 3)])
        assert plain(await page.locator("#publish-words").text_content()) == "Mettre en attente"
        await page.fill("#composer-text", "pas encore envoyé")
        written = [instant async for instant in _instants(page)]
        await held.server.start()
        await page.reload()
        await page.wait_for_selector("body.ready")
        await expect(page.locator("#thread .update")).to_have_count(4, timeout=20_000)
        await expect(page.locator("#lamp-word")).to_have_text("Public")
        assert await page.locator("#queue .entry").count() == 0
        assert await page.input_value("#composer-text") == "pas encore envoyé"
    posted = [entry for entry in await held.record() if entry["kind"] == "update.posted"]
    assert [entry["data"]["text"] for entry in posted] == [
        "avant la panne",
        *(f"pendant la panne, {n}" for n in (1, 2, 3)),
    ]
    assert [entry["at"] for entry in posted[1:]] == written


async def _instants(page: Page) -> AsyncIterator[str]:
    for element in await page.locator("#queue time").all():
        yield await element.get_attribute("datetime") or ""


async def test_answer_lost_on_its_way_does_not_post_twice(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        lost = 0

        async def lose_first(route) -> None:  # type: ignore[no-untyped-def]  # playwright's Route
            nonlocal lost
            if lost < 2:
                lost += 1
                await route.fetch()
                await route.abort()
            else:
                await route.continue_()

        await page.route("**/entries?*", lose_first)
        await publish(page, "une seule fois")
        await until(page, "document.body.dataset.waiting === '0'")
        await expect(page.locator("#thread .update")).to_have_count(1)
    assert lost == 2
    assert await held.texts() == ["une seule fois"]


async def test_expired_login_loses_nothing(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await page.context.clear_cookies()
        await publish(page, "écrit sans connexion")
        await expect(page.locator("#banner-head")).to_have_text("Reconnectez-vous. Rien n’est perdu.", timeout=15_000)
        await page.click("#banner-login")
        await page.get_by_label("Mot de passe").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.locator("#thread .update")).to_have_count(1)
        await expect(page.locator("#banner")).to_be_hidden()
    assert await held.texts() == ["écrit sans connexion"]


async def test_closed_part_begins_at_once_and_keeps_texts_inside(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page, at_console(chromium, held, "Jean") as other:
        await other.fill("#composer-text", "commencé avant le huis clos")
        await page.keyboard.press("F4")
        for each in (page, other):
            await expect(each.locator("#lamp-word")).to_have_text("Huis clos")
        # What was begun before waits on the public side of the doors.
        await expect(other.locator("#composer-text")).to_have_value("")
        assert plain(await page.locator("#publish-words").text_content()) == "Inscrire au registre"
        await publish(page, "L’offre est de 40 000 €")
        await expect(page.locator("#thread .update.inside .chip")).to_have_text("registre restreint")
        await page.fill("#composer-text", "brouillon du huis clos")
        await page.keyboard.press("F4")
        await page.click("dialog button[type=submit]")
        for each in (page, other):
            await expect(each.locator("#lamp-word")).to_have_text("Public")
        await expect(page.locator("#composer-text")).to_have_value("")
        await expect(other.locator("#composer-text")).to_have_value("commencé avant le huis clos")
    secret = next(entry for entry in await held.record() if entry["kind"] == "update.posted")
    assert (secret["data"]["text"], secret["pos"]) == ("L’offre est de 40 000 €", None)


async def test_closed_part_offline_is_told_and_holds_texts_back(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await page.context.set_offline(True)
        await expect(page.locator("#lamp-word")).to_have_text("Hors ligne", timeout=10_000)
        await publish(page, "écrit juste avant")
        await publish(page, "et encore")
        await page.keyboard.press("F4")
        await expect(page.locator("#lamp-note")).to_have_text("Non transmis. Prévenez la régie.")
        await expect(page.locator("#banner-head")).to_have_text("Huis clos non transmis. Prévenez la régie.")
        # What the public sees is told as it is, not as it was meant.
        assert "Huis clos" not in (await page.locator("#seen-by-public").text_content() or "")
        await publish(page, "dit à huis clos")
        await page.context.set_offline(False)
        await expect(page.locator("#thread .entry.doors")).to_have_count(1, timeout=20_000)
        await expect(page.locator("#thread .update.inside")).to_have_count(1, timeout=20_000)
        assert await rows(page) == ["dit à huis clos"]
        held_back = await page.locator("#tray .card-text").all_text_contents()
    assert "et encore" in held_back
    public = [entry["data"].get("text") for entry in await held.record() if entry["pos"] is not None]
    assert "dit à huis clos" not in public
    assert "et encore" not in public


async def test_opening_a_closed_item_closes_the_doors(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await page.click(".agenda-row:has-text('Prix de la parcelle')")
        await page.click(".agenda-panel button:has-text('Ouvrir ce point')")
        await expect(page.locator("#lamp-word")).to_have_text("Huis clos")


async def test_sitting_held_in_private_is_closed_from_the_start(chromium: Browser, held: Installation) -> None:
    slug = await held.program.create({**AGENDA, "public": False})
    private = Installation(held.server, held.program, slug)
    async with at_console(chromium, private) as page:
        assert await lamp(page) == "Huis clos"
        await page.click("#open-sitting")
        await expect(page.locator("#publish-words")).to_have_text("Inscrire au registre")
        assert not await page.locator("#doors").is_visible()
        await publish(page, "entre nous")
        await expect(page.locator("#thread .update .chip")).to_have_text("registre restreint")
    assert [entry["pos"] for entry in await private.record() if entry["kind"] == "update.posted"] == [None]


async def test_several_clerks_doing_the_same_thing_is_no_error(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page, at_console(chromium, held, "Jean") as other:
        await asyncio.gather(page.keyboard.press("F8"), other.keyboard.press("F8"))
        for each in (page, other):
            await expect(each.locator("#item-number")).to_have_text("2")
            await expect(each.locator("#queue .entry")).to_have_count(0)
            assert await each.locator("#tray .card").count() == 0


async def test_delivery_shows_why_it_failed_and_can_be_tried_again(chromium: Browser, held: Installation) -> None:
    async with refusing_mastodon(held) as took, at_console(chromium, held) as page:
        await publish(page, "un texte accepté")
        await expect(page.locator("#thread .update .chip").first).to_have_text("partout", timeout=20_000)
        await publish(page, "un texte refusé d’abord")
        chip = page.locator("#thread .update .chip").nth(1)
        await expect(chip).to_have_text("Mastodon : refusé, à revoir", timeout=20_000)
        await chip.click()
        await expect(page.locator(".deliveries q")).to_contain_text("<b>Text</b> is not wanted here")
        held.lenient = True  # type: ignore[attr-defined]  # read by the network's stand-in
        await page.click("dialog button:has-text('Réessayer')")
        await expect(chip).to_have_text("partout", timeout=20_000)
        assert await page.locator(".deliveries a").get_attribute("href") is not None
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog")).to_have_count(0)
    assert len(took) == 2


async def test_two_clerks_see_each_other_live(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page, at_console(chromium, held, "Jean") as other:
        await publish(page, "d’Alice")
        await expect(other.locator("#thread .update .entry-text")).to_have_text(["d’Alice"])
        await publish(other, "de Jean")
        await expect(page.locator("#thread .update .entry-text")).to_have_text(["d’Alice", "de Jean"])


async def test_archivist_reads_and_cannot_write(chromium: Browser, held: Installation) -> None:
    await held.post("update.posted", "un", text="à lire")
    async with at_console(chromium, held, "Odile") as page:
        assert await rows(page) == ["à lire"]
        assert await page.locator("#composer, #doors, .act, #sitting-steps").count() == 0
        await page.keyboard.press("F4")
    assert [entry["kind"] for entry in await held.record()][-1] == "update.posted"


@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["390", "320"])
async def test_phone_has_the_whole_work_within_its_width(
    chromium: Browser, held: Installation, size: dict[str, int]
) -> None:
    async with at_console(chromium, held, viewport=size, has_touch=True, is_mobile=True) as page:
        parts = {"agenda": ".agenda", "thread": "#thread-scroller", "vote": "#vote-for", "room": "#room"}
        for tab, part in parts.items():
            await page.tap(f"#tabs [data-tab={tab}]")
            assert await page.locator(part).is_visible()
            width = await page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], tab
            assert await _small_targets(page) == [], tab
        await page.tap("#tabs [data-tab=thread]")
        await page.fill("#composer-text", "du pouce")
        await page.tap("#publish")
        await expect(page.locator("#thread .update")).to_have_count(1)
        await page.tap("#tabs [data-tab=vote]")
        for name, value in (("for", "30"), ("against", "2"), ("abstention", "0")):
            await page.fill(f"#vote-{name}", value)
        await page.tap("#publish")
        await expect(page.locator("#thread .vote")).to_be_visible()
        await page.tap("#doors")
        await expect(page.locator("#lamp-word")).to_have_text("Huis clos")
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"]


MEMBERS = [{"id": f"m{n}", "name": f"Mme Membre-{n}", "group": "ab"[n % 2]} for n in range(1, 8)]
GROUPS = [{"id": "a", "name": "Union des vallées"}, {"id": "b", "name": "Alternative sociale"}]


async def _seated(held: Installation, *, present: int = 5) -> None:
    await held.post("assembly.set", name="Conseil", rules={"profile": "commune"}, groups=GROUPS, members=MEMBERS)
    await held.post("member.arrived", members=[f"m{n}" for n in range(1, present + 1)])


async def test_hall_shows_quorum_and_speaker_and_gives_the_floor(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    await held.post("president.named", member="m1")
    await held.post("speech.requested", "un", member="m3")
    async with at_console(chromium, held) as page:
        await expect(page.locator("[data-act=roll-call]")).to_be_visible()
        assert plain(await page.locator("#hall-quorum").inner_text()) == (
            "atteint 5 présents sur 7, 4 requis 5 voix Vérifier le quorum Faire l’appel"
        )
        assert (
            plain(await page.locator("#hall-president").text_content())
            == "Présidence : Mme Membre-1 (Alternative sociale)"
        )
        await page.click("#hall-speech button")
        await expect(page.locator(".speaking strong")).to_have_text("Mme Membre-3 (Alternative sociale)")
        await held.post("member.left", members=["m4", "m5"])
        await expect(page.locator(".quorum-state")).to_have_text("perdu")
        await page.click("[data-act=check-quorum]")
        await expect(page.locator("#thread")).to_contain_text("3 présents pour 4")
        await page.click("[data-act=end-speech]")
        await expect(page.locator("#hall-speech")).to_contain_text("Personne n’a la parole.")
    kinds = [entry["kind"] for entry in await held.record()]
    assert kinds[-4:] == ["speech.begun", "member.left", "quorum.checked", "speech.ended"]


async def test_vote_without_quorum_asks_for_the_reason_and_keeps_what_was_typed(
    chromium: Browser, held: Installation
) -> None:
    await _seated(held)
    async with at_console(chromium, held) as page:
        await page.keyboard.press("F9")
        assert not await page.locator("#vote-quorum").is_visible()
        for name, voices in (("for", "2"), ("against", "1"), ("abstention", "0")):
            await page.fill(f"#vote-{name}", voices)
        await held.post("member.left", members=["m4", "m5"])
        await expect(page.locator("#vote-quorum")).to_be_visible()
        await page.press("#vote-for", "Control+Enter")
        await expect(page.locator("#composer-problem")).to_contain_text("3 présents pour 4")
        assert await page.input_value("#vote-for") == "2"
        await page.fill("#vote-quorum-reason", "Urgence sanitaire")
        await page.press("#vote-quorum-reason", "Control+Enter")
        await expect(page.locator("#thread .vote .note")).to_contain_text("Sans quorum : Urgence sanitaire")


async def test_thread_shows_what_was_corrected_and_taken_back(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    motion = await held.post("motion.tabled", "un", type="amendment", title="Amendement 1", text="Ajouter 4", by=["m2"])
    votes = {f"m{n}": "for" for n in range(1, 6)}
    form = {"motion": motion["id"], "ballot": "public", "source": "roll_call"}
    vote = await held.post("vote.recorded", "un", votes=votes, **form)
    async with at_console(chromium, held) as page:
        card = page.locator("#thread .vote")
        await expect(card.locator(".subject")).to_have_text("Vote : Amendement 1")
        await held.post(
            "vote.corrected", entry=vote["id"], reason="Erreur de saisie", votes={**votes, "m1": "against"}, **form
        )
        await expect(card.locator(".outcome")).to_have_text("Adopté : 4 pour, 1 contre, 0 abstention")
        assert "Il était écrit : Adopté à l’unanimité : 5 pour, 0 contre, 0 abstention. Erreur de saisie" in plain(
            await card.locator(".amended").text_content()
        )
        await card.locator("summary").click()
        await expect(card.locator("details")).to_contain_text("Contre : Mme Membre-1 (Alternative sociale)")
        await held.post("update.corrected", entry=motion["id"], text="Ajouter 5")
        await expect(page.locator("#thread .update .amended s")).to_have_text("4")
        await held.post("update.retracted", entry=vote["id"], reason="Vote à refaire")
        await expect(page.locator("#thread .vote.retracted .amended").last).to_contain_text("Vote à refaire")


async def test_items_put_off_are_passed_over(chromium: Browser, held: Installation) -> None:
    await held.post("item.postponed", "deux", reason="Rapport incomplet")
    async with at_console(chromium, held) as page:
        row = page.locator(".agenda-item.postponed")
        await expect(row.locator(".agenda-result")).to_have_text("reporté")
        await page.keyboard.press("F8")
        await expect(page.locator("#item-title")).to_have_text("Voie verte")


async def test_vote_is_corrected_by_the_form_that_its_entry_opens(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    votes = {f"m{n}": "for" for n in range(1, 6)}
    await held.post("vote.recorded", "un", votes=votes, ballot="public", source="roll_call")
    async with at_console(chromium, held, viewport=SMALL) as page:
        await page.click("#thread .vote .act")
        async with page.context.expect_page() as opening:
            await page.click("[data-choice=amend]")
        form = await opening.value
        held_form = form.locator("[id='vote.corrected'] form")
        await expect(held_form.locator("[data-sum]")).to_have_text("5 voix notées sur 5")
        await held_form.get_by_label("Mme Membre-2").select_option("against")
        await held_form.locator("button[type=submit]").click()
        await expect(held_form.locator(".failure")).to_contain_text("Motif")
        assert await form.evaluate("document.activeElement.name") == "reason"
        assert await held_form.get_by_label("Mme Membre-2").input_value() == "against"
        await held_form.locator("[name=reason]").fill("Mme Membre-2 a voté contre")
        await held_form.locator("button[type=submit]").click()
        await expect(form.locator("main .done")).to_have_text("Enregistré.")
        assert await form.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    corrected = (await held.record())[-1]
    assert (corrected["kind"], corrected["data"]["for"], corrected["data"]["against"]) == ("vote.corrected", 4, 1)


async def test_forms_tick_a_group_and_say_that_the_doors_closed(chromium: Browser, held: Installation) -> None:
    await held.post("assembly.set", name="Conseil", rules={"profile": "commune"}, groups=GROUPS, members=MEMBERS)
    async with at_console(chromium, held) as page:
        await page.goto(f"{held.console}/forms?open=member.arrived#member.arrived")
        form = page.locator("[id='member.arrived'] form")
        await form.get_by_label("Groupe affiché").select_option("a")
        await form.get_by_role("button", name="Tout cocher").click()
        await expect(form.locator("[role=status]")).to_have_text("3 cochés")
        await held.post("closed_part.begun")
        await expect(page.locator("#doors-moved")).to_contain_text("Huis clos")
        assert await page.evaluate("document.body.classList.contains('inside')")
        assert await form.locator("input:checked").count() == 3


async def _small_targets(page: Page) -> list[str]:
    """Visible controls less than 44 px high, but for links in text and what lies inside a larger label."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, input:not([type=radio])")]
            .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
            .map((each) => each.id || each.textContent)"""
    )
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_pages_pass_the_accessibility_checker(chromium: Browser, held: Installation, theme: str) -> None:
    axe = Axe()
    # A button that was on its way to another colour would be measured half way.
    scheme = {"color_scheme": theme, "reduced_motion": "reduce"}
    context = await chromium.new_context(locale="fr-FR", **scheme)  # type: ignore[arg-type]  # one of its literals
    page = await context.new_page()
    await page.goto(held.server.url + "/console/login")
    found = {"login": _violations(await axe.run(page))}
    await log_in(page, "Alice")
    found["sittings"] = _violations(await axe.run(page))
    await context.close()
    await held.post("vote.recorded", "un", **{"for": 3, "against": 2, "abstention": 1, "result": "adopted"})
    entry = await held.post("update.posted", "un", text="un texte")
    await held.post("update.corrected", entry=entry["id"], text="un texte rectifié")
    await _seated(held)
    await held.post("speech.requested", "un", member="m2")
    await held.post("speech.begun", "un", member="m3", allotted=60)
    async with at_console(chromium, held, **scheme) as page:
        found["console"] = _violations(await axe.run(page))
        forms = await page.context.new_page()
        await forms.goto(f"{held.console}/forms?open=vote.recorded")
        found["forms"] = _violations(await axe.run(forms))
        await forms.close()
        await page.click(".agenda-row >> nth=1")
        await page.keyboard.press("F9")
        await page.keyboard.type("c vallees")
        await page.keyboard.press("Enter")
        found["vote"] = _violations(await axe.run(page))
        await page.keyboard.press("Control+k")
        await page.keyboard.type("membre")
        found["palette"] = _violations(await axe.run(page))
        await page.keyboard.press("Escape")
        await page.click("[data-act=roll-call]")
        await page.keyboard.press("Enter")
        found["roll call"] = _violations(await axe.run(page))
        await page.keyboard.press("Escape")
        await page.click("#thread .act")
        found["choice"] = _violations(await axe.run(page))
        await page.keyboard.press("Escape")
        await page.keyboard.press("F4")
        await expect(page.locator("#lamp-word")).to_have_text("Huis clos")
        await publish(page, "à huis clos") if await page.locator("#composer-text").is_visible() else None
        found["closed"] = _violations(await axe.run(page))
    async with at_console(chromium, held, viewport=PHONE, **scheme) as page:
        found["phone"] = _violations(await axe.run(page))
        await page.context.set_offline(True)
        await expect(page.locator("#banner")).to_be_visible(timeout=10_000)
        found["offline"] = _violations(await axe.run(page))
    assert {name: listed for name, listed in found.items() if listed} == {}


def _violations(results) -> list[str]:  # type: ignore[no-untyped-def]  # AxeResults is untyped
    return [
        f"{violation['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


SCROLLED_TO_THE_FIRST = """() => {
    document.getElementById("thread-scroller").scrollTop = 0;
    return document.querySelector("#thread .update").textContent.includes("Intervention 0.");
}"""


async def test_large_sitting_opens_quickly(chromium: Browser, held: Installation) -> None:
    items = [{"number": str(n), "title": f"Délibération {n} sur un objet assez long"} for n in range(1, 395)]
    slug = await held.program.create({"title": "394 points", "assembly": "Conseil", "items": items})
    large = Installation(held.server, held.program, slug)
    await large.post("sitting.opened")
    await large.post("item.opened", "i200")
    for number in range(300):
        await large.post("update.posted", "i200", text=f"Intervention {number}. " + "Texte. " * 20)
    async with at_console(chromium, large, viewport=PHONE) as page:
        await page.reload()
        await page.wait_for_selector("body.ready")
        spent = await page.evaluate("performance.now()")
        print(f"ready after {spent:.0f} ms")
        # A tenth of it on a quiet machine.
        assert spent < 5_000
        assert await page.locator(".agenda-item").count() == 394
        assert await page.locator("#thread .update").count() < 200
        await until(page, SCROLLED_TO_THE_FIRST)


async def test_older_entries_come_by_themselves_on_a_tall_screen(chromium: Browser, held: Installation) -> None:
    for number in range(200):
        await held.post("update.posted", "un", text=f"Intervention {number}.")
    async with at_console(chromium, held, viewport={"width": 1440, "height": 1600}) as page:
        # What one step brings does not fill the screen and what is kept ready above it.
        await until(page, SCROLLED_TO_THE_FIRST)
        await expect(page.locator("#older")).to_be_hidden()


@pytest.mark.skipif(FIREFOX is None, reason="no firefox-esr here")
async def test_firefox_does_the_same_work(held: Installation) -> None:
    async with browser("firefox") as firefox, at_console(firefox, held) as page:
        await publish(page, "depuis Firefox")
        await expect(page.locator("#thread .update")).to_have_count(1)
        await page.keyboard.press("F9")
        for name, value in (("for", "30"), ("against", "0"), ("abstention", "0")):
            await page.fill(f"#vote-{name}", value)
        await page.press("#vote-for", "Control+Enter")
        await expect(page.locator("#thread .vote .outcome")).to_have_text("Adopté à l’unanimité, 30 voix")
        await page.keyboard.press("F4")
        await expect(page.locator("#lamp-word")).to_have_text("Huis clos")


async def test_login_page_warns_where_the_cookie_cannot_hold(chromium: Browser, held: Installation) -> None:
    context = await chromium.new_context()
    answer = await context.request.get(
        held.server.url + "/console/login", headers={"Host": "registre.example", "Accept-Language": "en"}
    )
    assert "Browsers keep a login only over https" in await answer.text()
    answer = await context.request.get(held.server.url + "/console/login", headers={"Accept-Language": "en"})
    assert "Browsers keep a login only over https" not in await answer.text()
    await context.close()


async def _key(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def _line(page: Page, text: str) -> None:
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def _voices(page: Page) -> None:
    """The room is known to the console."""
    await until(page, "!document.getElementById('vote-by-name').hidden")


async def _numbers(page: Page) -> list[int]:
    return [int(await page.input_value(f"#vote-{name}")) for name in ("for", "against", "abstention", "not_voting")]


async def test_palette_finds_items_members_and_commands_and_does_them(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    async with at_console(chromium, held) as page:
        await _voices(page)
        await _key(page, "Control+k")
        await _line(page, "colleges")
        await expect(page.locator("#item-title")).to_have_text("Collèges : programme de rénovation")
        await _key(page, "Control+k")
        await _line(page, "3")
        await expect(page.locator("#item-title")).to_have_text("Voie verte")
        await _key(page, "Control+k")
        await _line(page, "membre-3")
        await expect(page.locator(".speaking strong")).to_have_text("Mme Membre-3 (Alternative sociale)")
        await _key(page, "Control+k")
        await _line(page, "arr membre-6")
        await expect(page.locator(".quorum-number")).to_have_text("6")
        await _key(page, "Control+k")
        await page.keyboard.type("membre-6")
        await _key(page, "Tab")
        await _line(page, "depart")
        await expect(page.locator(".quorum-number")).to_have_text("5")
        await _key(page, "Control+k")
        await _line(page, "pouvoir membre-7")
        await _line(page, "membre-2")
        await expect(page.locator("#hall-quorum")).to_contain_text("6 voix, 1 pouvoir")
        await _key(page, "Control+k")
        await page.keyboard.type("zzzz")
        await expect(page.locator(".palette-none")).to_be_visible()
        await _key(page, "Escape", "Control+k")
        await _line(page, "s")
        await expect(page.locator("#lamp-word")).to_have_text("Suspendue")
    moved = ["member.arrived", "member.left", "proxy.given"]
    kinds = [entry["kind"] for entry in await held.record()][-7:]
    assert kinds == ["item.opened", "item.opened", "speech.begun", *moved, "sitting.suspended"]


async def test_unanimous_vote_takes_three_keys(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    await held.post("proxy.given", **{"from": "m7", "to": "m2"})
    async with at_console(chromium, held) as page:
        await _voices(page)
        await _key(page, "F9", "u", "Enter")
        await expect(page.locator("#thread .vote .outcome")).to_have_text("Adopté à l’unanimité, 6 voix")
    vote = (await held.record())[-1]["data"]
    assert (vote["unanimous"], vote["for"], vote["represented"]) == (True, 6, 1)


async def test_vote_by_exceptions_counts_as_it_is_typed(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    await held.post("proxy.given", **{"from": "m7", "to": "m2"})
    async with at_console(chromium, held) as page:
        await _voices(page)
        await _key(page, "F9")
        # Members 1, 3, 5 and, by proxy, 7 are of one group; 2 and 4 of the other.
        await _line(page, "c vallees")
        assert await _numbers(page) == [4, 2, 0, 0]
        await page.keyboard.type("a membre-4")
        # What Entrée would add stands beneath the line while one types.
        await expect(page.locator("#vote-hint")).to_have_text("Mme Membre-4 : Abstention")
        await _key(page, "Enter")
        await _line(page, "n membre 3")
        assert await _numbers(page) == [3, 1, 1, 1]
        assert plain(await page.locator("#vote-sum").text_content()) == "3 + 1 + 1 + 1 = 6 voix, le compte y est"
        await page.keyboard.type("a membre-6")
        await expect(page.locator("#vote-hint")).to_have_text("Mme Membre-6 ne peut pas voter : absent.")
        await _key(page, "Control+Enter")
        assert await page.locator("#thread .vote").count() == 0
        await page.reload()
        await page.wait_for_selector("body.ready")
        await _voices(page)
        assert (await page.input_value("#vote-line"), await _numbers(page)) == ("a membre-6", [3, 1, 1, 1])
        await page.fill("#vote-line", "")
        await _key(page, "Control+Enter")
        await expect(page.locator("#thread .vote .outcome")).to_contain_text("Adopté : 3 pour, 1 contre, 1 abstention")
    vote = (await held.record())[-1]["data"]
    assert [vote[name] for name in ("for", "against", "abstention", "not_voting")] == [3, 1, 1, 1]


async def test_public_ballot_names_everybody_and_a_secret_one_nobody(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    async with at_console(chromium, held) as page:
        await _voices(page)
        await _key(page, "F9")
        await page.select_option("#vote-ballot", "public")
        await page.focus("#vote-line")
        await _line(page, "c membre-2")
        await _key(page, "Control+Enter")
        await expect(page.locator("#thread .vote")).to_contain_text("Scrutin public.")
        await _key(page, "F9")
        await page.select_option("#vote-ballot", "secret")
        await page.focus("#vote-line")
        await _line(page, "a membre-1")
        await expect(page.locator("#vote-hint")).to_have_text("Scrutin secret : des nombres seulement, aucun nom.")
        await page.fill("#vote-line", "")
        # The key of 2 gives é on AZERTY without Shift.
        await _line(page, "c é")
        await _key(page, "Control+Enter")
        await expect(page.locator("#thread .vote").last).to_contain_text("Scrutin secret.")
    public, secret = [entry["data"] for entry in await held.record()][-2:]
    assert [each["id"] for each in public["votes"]["against"]] == ["m2"]
    assert ("votes" in secret, secret["for"], secret["against"]) == (False, 3, 2)


async def test_amendment_is_voted_under_its_own_name(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    motion = await held.post("motion.tabled", "un", type="amendment", title="Amendement 2", text="Ajouter 4", by=["m2"])
    async with at_console(chromium, held) as page:
        await _voices(page)
        await _key(page, "F9")
        await page.select_option("#vote-motion", label="Amendement 2")
        await page.focus("#vote-line")
        await _key(page, "u", "Enter")
        await expect(page.locator("#thread .vote .subject")).to_have_text("Vote : Amendement 2")
        await _key(page, "F9")
        await expect(page.locator("#vote-on-motion")).to_be_hidden()
    assert (await held.record())[-1]["data"]["motion"] == motion["id"]


async def test_vote_is_entered_with_the_thumb_on_the_names(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    async with at_console(chromium, held, viewport=SMALL, has_touch=True, is_mobile=True) as page:
        await _voices(page)
        await page.tap("#tabs [data-tab=vote]")
        await page.tap("#vote-names-shown summary")
        await page.tap("[data-member=m2]")
        for _ in range(2):
            await page.tap("[data-member=m3]")
        assert await _numbers(page) == [3, 1, 1, 0]
        assert await page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
        await page.tap("#publish")
        await expect(page.locator("#thread .vote .outcome")).to_contain_text("3 pour, 1 contre, 1 abstention")


async def test_one_person_votes_and_goes_on_with_one_hand(chromium: Browser, held: Installation) -> None:
    await _seated(held)
    async with at_console(chromium, held) as page:
        await _voices(page)
        await _key(page, "Control+k")
        await _line(page, "mode seul")
        await expect(page.locator("#solo")).to_be_visible()
        await _key(page, "F9", "F9", "F8", "F9", "F9")
        await expect(page.locator("#thread .vote .outcome")).to_have_text(["Adopté à l’unanimité, 5 voix"] * 2)
    votes = [(entry["kind"], entry["item"]) for entry in await held.record()][-3:]
    assert votes == [("vote.recorded", "un"), ("item.opened", "deux"), ("vote.recorded", "deux")]


async def test_roll_call_by_a_few_letters_survives_a_reload(chromium: Browser, held: Installation) -> None:
    await held.post("assembly.set", name="Conseil", rules={"profile": "commune"}, groups=GROUPS, members=MEMBERS)
    async with at_console(chromium, held) as page:
        await expect(page.locator("[data-act=roll-call]")).to_be_visible()
        await _key(page, "Control+k")
        await _line(page, "appel")
        await _key(page, "Enter", "Enter", "Enter")
        await _line(page, "e membre-5")
        await _line(page, "v membre-7, membre-1")
        await page.reload()
        await page.wait_for_selector("body.ready")
        await page.click("[data-act=roll-call]")
        await expect(page.locator("dialog [role=status]")).to_have_text(
            "3 présents sur 7, 1 pouvoir, 2 restent à appeler"
        )
        await _line(page, "membre-4")
        await _key(page, "Control+Enter")
        await expect(page.locator("#hall-quorum")).to_contain_text("5 voix, 1 pouvoir")
    told = [(entry["kind"], entry["data"]) for entry in await held.record()][-3:]
    assert [kind for kind, _ in told] == ["member.arrived", "member.excused", "proxy.given"]
    assert [each["id"] for each in told[0][1]["members"]] == ["m1", "m2", "m3", "m4"]
    assert [each["to"]["id"] for each in told[2][1]["proxies"]] == ["m1"]


async def test_held_post_is_taken_back_by_one_key(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held, hold=30) as page:
        await publish(page, "à reprendre")
        await expect(page.locator("#queue .leaves")).to_contain_text("part dans")
        await _key(page, "F2")
        await expect(page.locator("#composer-text")).to_have_value("à reprendre")
        await expect(page.locator("#queue .held")).to_have_count(0)
        await _key(page, "Control+Enter")
        await page.keyboard.type("un autre texte")
        await _key(page, "Escape")
        await expect(page.locator("#tray .card-text")).to_have_text("à reprendre")
        assert await page.input_value("#composer-text") == "un autre texte"
    assert await held.texts() == []


async def test_held_posts_leave_when_their_time_is_over_and_freeze_with_the_doors(
    chromium: Browser, held: Installation
) -> None:
    async with at_console(chromium, held, hold=3) as page:
        await publish(page, "part seul")
        await expect(page.locator("#thread .update")).to_have_count(1)
        await publish(page, "retenu par le huis clos")
        await held.post("closed_part.begun")
        await expect(page.locator("#lamp-word")).to_have_text("Huis clos")
        await expect(page.locator("#queue .held")).to_have_count(0)
        await expect(page.locator("#tray .card-text")).to_have_text("retenu par le huis clos")
    assert await held.texts() == ["part seul"]


async def test_held_post_of_a_closed_tab_comes_back_as_a_draft(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held, hold=3) as page:
        await publish(page, "onglet fermé trop tôt")
        await page.reload()
        await page.wait_for_selector("body.ready")
        await expect(page.locator("#tray .card-text")).to_have_text("onglet fermé trop tôt")
    assert await held.texts() == []


async def test_mention_is_a_name_here_and_an_account_on_the_network(chromium: Browser, held: Installation) -> None:
    members = [{**MEMBERS[0], "handles": {"mastodon": "membre@social.example"}}, *MEMBERS[1:]]
    await held.post("assembly.set", name="Conseil", rules={"profile": "commune"}, groups=GROUPS, members=members)
    async with refusing_mastodon(held) as took, at_console(chromium, held) as page:
        await expect(page.locator("#outputs")).to_contain_text("Mastodon")
        await expect(page.locator("#kind-quote")).to_be_visible()
        await page.focus("#composer-text")
        await page.keyboard.type("Question de @membre-1")
        await expect(page.locator("#mention-list li")).to_have_count(1)
        await page.keyboard.press("Enter")
        await page.keyboard.type("sur le budget")
        assert await page.input_value("#composer-text") == "Question de Mme Membre-1 sur le budget"
        await expect(page.locator("#preview-summary")).to_contain_text("Tient partout au plus juste : Mastodon")
        await page.click("#preview-summary")
        await expect(page.locator(".preview-text")).to_contain_text("Question de @membre@social.example sur le budget")
        shown = plain(await page.locator(".preview-text").text_content())
        await page.fill("#composer-text", await page.input_value("#composer-text") + " x" * 300)
        await expect(page.locator("#preview-summary")).to_contain_text("Raccourci sur Mastodon")
        await page.fill("#composer-text", "Question de Mme Membre-1 sur le budget")
        await page.click("#composer-pin")
        await page.press("#composer-text", "Control+Enter")
        await expect(page.locator("#thread .update .entry-side")).to_contain_text("Épinglé")
        await expect(page.locator("#outputs")).to_contain_text("à jour,")
        assert [plain(text) for text in took] == [shown]
    assert await held.texts() == ["Question de Mme Membre-1 sur le budget"]


async def test_a_ritual_from_opening_to_closing_by_keyboard_alone(chromium: Browser, tmp_path: Path) -> None:
    async with installation(tmp_path, opened=False) as held:
        await held.post("assembly.set", name="Conseil", rules={"profile": "commune"}, groups=GROUPS, members=MEMBERS)
        async with at_console(chromium, held) as page:
            await expect(page.locator("#composer-not-open")).to_be_visible()
            begun = await page.evaluate("performance.now()")
            for typed in ("ouvrir", "1"):
                await _key(page, "Control+k")
                await _line(page, typed)
            await _key(page, "Control+k")
            await _line(page, "appel")
            await _key(page, *["Enter"] * 6)
            await _line(page, "v membre-7, membre-1")
            await _key(page, "Control+Enter")
            await expect(page.locator("#hall-quorum")).to_contain_text("7 voix, 1 pouvoir")
            await _key(page, "Control+k")
            await _line(page, "quorum")
            await _key(page, "F9", "u", "Enter", "F8")
            await _key(page, "Control+k")
            await _line(page, "parole membre-2")
            await _key(page, "F9")
            await _line(page, "c alternative")
            await _line(page, "a membre-2")
            await _key(page, "Control+Enter")
            await page.keyboard.type("La suite au prochain point.")
            await _key(page, "Control+Enter", "F8")
            for typed in ("suspendre", "reprendre la", "clore la seance"):
                await _key(page, "Control+k")
                await _line(page, typed)
            await _key(page, "Control+Enter")
            await expect(page.locator("#lamp-word")).to_have_text("Terminée")
            spent = await page.evaluate("performance.now()") - begun
            print(f"a ritual in {spent / 1000:.1f} s")
            assert await page.input_value("#composer-text") == ""
            await until(page, "document.body.dataset.waiting === '0'")
        kinds = [entry["kind"] for entry in await held.record()][3:]
    assert kinds == [
        "sitting.opened",
        "item.opened",
        "member.arrived",
        "proxy.given",
        "quorum.checked",
        "vote.recorded",
        "item.opened",
        "speech.begun",
        "vote.recorded",
        "update.posted",
        "item.opened",
        "sitting.suspended",
        "sitting.resumed",
        "sitting.closed",
    ]


async def test_key_is_changed_and_shown_everywhere(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await _key(page, "Control+k")
        await _line(page, "changer touche suivant")
        await _key(page, "F5")
        await expect(page.locator("dialog .problem")).to_have_text("F5 appartient au navigateur ou au lecteur d’écran.")
        await _key(page, "F9")
        await expect(page.locator("dialog .problem")).to_have_text("Cette touche sert déjà : vote.")
        await _key(page, "Control+e", "Control+Enter")
        assert await page.locator("#next-item kbd").text_content() == "Ctrl E"
        await page.reload()
        await page.wait_for_selector("body.ready")
        await _key(page, "F8", "Control+e")
        await expect(page.locator("#item-number")).to_have_text("2")


async def test_image_leaves_with_its_words_only(chromium: Browser, held: Installation) -> None:
    pixels = io.BytesIO()
    Image.new("RGB", (80, 60), "navy").save(pixels, "PNG")
    async with at_console(chromium, held) as page:
        await page.fill("#composer-text", "Le plan du collège")
        await page.set_input_files(
            "#picture-file", {"name": "plan.png", "mimeType": "image/png", "buffer": pixels.getvalue()}
        )
        await expect(page.locator(".picture img")).to_be_visible()
        await page.press("#composer-text", "Control+Enter")
        await expect(page.locator(".picture .problem")).to_have_text("Dites ce que montre l’image.")
        await page.fill(".picture input", "Plan du rez-de-chaussée")
        await page.press(".picture input", "Control+Enter")
        await expect(page.locator("#thread .update")).to_have_count(1)
        assert await page.locator(".picture").count() == 0
    media = (await held.record())[-1]["data"]["media"]
    assert [each["alt"] for each in media] == ["Plan du rez-de-chaussée"]


async def test_doors_open_by_holding_their_key(chromium: Browser, held: Installation) -> None:
    async with at_console(chromium, held) as page:
        await _key(page, "F4")
        await expect(page.locator("#lamp-word")).to_have_text("Huis clos")
        await until(page, "document.body.dataset.waiting === '0'")
        await page.keyboard.down("F4")
        await expect(page.locator("#lamp-word")).to_have_text("Public")
        await page.keyboard.up("F4")
        assert await page.locator("dialog[open]").count() == 0
