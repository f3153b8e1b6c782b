"""A post whose outcome is in doubt: the account's own timeline decides, and each entry is posted once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from livesession.demo.standin_mastodon import StandinMastodon
from livesession.demo.standin_x import StandinX
from livesession.domain.entry import Entry
from livesession.media.images import CleanImage
from livesession.media.media import Media
from livesession.relay.channels.base import Post
from livesession.relay.channels.mastodon import open_mastodon
from livesession.relay.connections import Connections
from livesession.relay.deliveries import Delivery
from livesession.relay.reconciling import LOOKS as REAL_LOOKS
from livesession.relay.reconciling import MOST_DOUBTS
from livesession.relay.worker import SAME_KEY_FOR, Relay
from livesession.store.engine import Store
from tests.integration.relaying import LOOKS, Hall, add_fault, delete, hall, last_lines, strict
from tests.integration.running import AGENDA, Server, client_of
from tests.integration.test_channel_x import check

AFTER_THE_KEY = SAME_KEY_FOR + timedelta(minutes=1)


@pytest.fixture
async def standin_x() -> AsyncIterator[StandinX]:
    async with StandinX() as standin:
        yield standin
        for exchange in standin.exchanges:
            check(exchange)


@pytest.fixture
async def standin_mastodon() -> AsyncIterator[StandinMastodon]:
    async with StandinMastodon() as standin:
        yield standin


def reads(standin: StandinX) -> int:
    return sum("/tweets?" in path for _, path, *_ in standin.exchanges)


async def one_of(held: Hall, entry: Entry, *states: str) -> Delivery:
    (found,) = await held.until(*states, entry=entry, seconds=30)
    return found


async def killed_while_sending(held: Hall, entry: Entry) -> Delivery:
    """As a relay that was killed after the network took the post, and before it could note that."""
    sent = await one_of(held, entry, "sent")
    await held.stop()
    await held.deliveries.settle(sent, "sending", remote_id=None, remote_url=None)
    return sent


def later(held: Hall, by: timedelta) -> None:
    """Let the next relay's clock be ahead: the key of what was posted just now is as old."""
    held.relay = Relay(
        held.log,
        held.deliveries,
        held.connections,
        "http://localhost",
        looks=LOOKS,
        clock=lambda: datetime.now(UTC) + by,
    )


# An answer that was lost


async def test_post_whose_answer_was_lost_is_found_and_not_repeated(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        standin_x.fail_next("lost")
        posted = await held.post("update.posted", "un", text="Une seule fois")
        found = await one_of(held, posted, "sent", "failed")
        after = await held.post("update.posted", "un", text="La suite")
        await one_of(held, after, "sent")
    post = standin_x.posts[1]
    assert (found.state, found.attempts, found.reason) == ("sent", 1, None)
    assert (found.remote_id, found.remote_url) == (post.id, f"https://x.com/i/status/{post.id}")
    assert last_lines(standin_x.posts) == ["Une seule fois", "La suite"]


@pytest.mark.parametrize("fault", ["dropped", "503", "200-html"])
async def test_post_that_never_arrived_is_sent_by_the_next_try(tmp_path: Path, standin_x: StandinX, fault: str) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        standin_x.fail_next(fault)
        posted = await held.post("update.posted", "un", text="Une seule fois")
        sent = await one_of(held, posted, "sent", "failed")
    assert (sent.state, sent.attempts, reads(standin_x)) == ("sent", 2, len(LOOKS))
    assert last_lines(standin_x.posts) == ["Une seule fois"]


@pytest.mark.parametrize("fault", ["401", "402", "403-permissions"])
async def test_account_that_may_not_read_leaves_it_to_the_clerk(
    tmp_path: Path, standin_x: StandinX, fault: str
) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        standin_x.fail_next("lost")
        standin_x.fail_next_reading(fault, times=len(LOOKS))
        posted = await held.post("update.posted", "un", text="Une seule fois")
        failed = await one_of(held, posted, "sent", "failed")
        after = await held.post("update.posted", "un", text="La suite")
        await one_of(held, after, "sent")
        await held.deliveries.mark_sent(failed.channel, failed.sitting, failed.seq)
        await held.until("sent")
    assert (failed.state, failed.reason, reads(standin_x)) == ("failed", "no-answer", len(LOOKS))
    assert last_lines(standin_x.posts) == ["Une seule fois", "La suite"]


async def test_network_that_stays_away_leaves_it_to_the_clerk_and_one_that_comes_back_does_not(
    tmp_path: Path, standin_x: StandinX
) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        standin_x.fail_next("dropped")
        standin_x.fail_next_reading("503", times=len(LOOKS))
        away = await held.post("update.posted", "un", text="Absent")
        failed = await one_of(held, away, "sent", "failed")
        standin_x.fail_next("lost")
        standin_x.fail_next_reading("dropped")
        back = await held.post("update.posted", "un", text="De retour")
        sent = await one_of(held, back, "sent", "failed")
    assert [(one.state, one.reason, one.attempts) for one in (failed, sent)] == [
        ("failed", "no-answer", 1),
        ("sent", None, 1),
    ]
    assert last_lines(standin_x.posts) == ["De retour"]


async def test_post_that_stays_in_doubt_is_not_sent_for_ever(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        standin_x.fail_next("503", times=MOST_DOUBTS)
        posted = await held.post("update.posted", "un", text="Sans fin")
        failed = await one_of(held, posted, "sent", "failed")
        # The clerk's word begins anew.
        await held.deliveries.retry(failed.channel, failed.sitting, failed.seq)
        await one_of(held, posted, "sent")
    assert (failed.state, failed.reason, failed.attempts) == ("failed", "server-error", MOST_DOUBTS)
    assert last_lines(standin_x.posts) == ["Sans fin"]


async def test_duplicate_that_is_a_try_of_ours_is_found(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        standin_x.fail_next("lost")
        standin_x.fail_next_reading("403", times=len(LOOKS))
        posted = await held.post("update.posted", "un", text="Une seule fois")
        failed = await one_of(held, posted, "failed")
        await held.deliveries.retry(failed.channel, failed.sitting, failed.seq)
        found = await one_of(held, posted, "sent")
    assert (found.remote_id, found.reason) == (standin_x.posts[1].id, None)
    assert last_lines(standin_x.posts) == ["Une seule fois"]


async def test_duplicate_of_a_post_that_is_not_there_is_left_to_the_clerk(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        # As where somebody deleted it on the network, which remembers its words for a while.
        standin_x.fail_next("403-duplicate")
        posted = await held.post("update.posted", "un", text="Déjà dit")
        refused = await one_of(held, posted, "sent", "failed")
        after = await held.post("update.posted", "un", text="La suite")
        await one_of(held, after, "sent")
    assert (refused.state, refused.reason, refused.remote_id, reads(standin_x)) == ("failed", "duplicate", None, 1)
    assert last_lines(standin_x.posts) == ["La suite"]


async def test_words_links_and_images_are_known_again_on_x(tmp_path: Path, standin_x: StandinX) -> None:
    text = "Finances & budget : 3 < 5 &amp; https://exemple.fr/a?b=1&c=2 puis mairie.fr"
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        await held.stop()
        kept = Media(held.store)
        image = CleanImage("image/png", 2, 2, b"one")
        await kept.put(held.sitting.id, image)
        held.relay = Relay(held.log, held.deliveries, held.connections, "http://localhost", media=kept, looks=LOOKS)
        held.start()
        standin_x.fail_next("lost")
        posted = await held.post("update.posted", "un", text=text, media=[{"id": image.id, "alt": "Salle"}])
        found = await one_of(held, posted, "sent", "failed")
    assert (found.state, found.attempts, found.remote_id) == ("sent", 1, standin_x.posts[1].id)
    assert last_lines(standin_x.posts) == [text]
    assert len(standin_x.images) == 1


async def test_doors_that_close_meanwhile_hold_what_is_not_there(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        standin_x.fail_next("dropped")
        posted = await held.post("update.posted", "un", text="Avant le huis clos")
        await one_of(held, posted, "sending")
        await held.post("closed_part.begun")
        withheld = await one_of(held, posted, "withheld", "sent", "failed")
    assert (withheld.state, withheld.reason) == ("withheld", "closed-part")
    assert last_lines(standin_x.posts) == []


# A relay that died while sending


async def test_relay_that_died_after_the_networks_took_it_repeats_nothing(
    tmp_path: Path, standin_x: StandinX, standin_mastodon: StandinMastodon
) -> None:
    async with hall(tmp_path, x=standin_x.settings, mastodon=standin_mastodon.settings) as held:
        posted = await held.post("update.posted", "un", text="Au milieu")
        before = {one.network: one for one in await held.until("sent", entry=posted, count=2)}
        await held.stop()
        for one in before.values():
            await held.deliveries.settle(one, "sending", remote_id=None, remote_url=None)
        held.start()
        found = {one.network: one for one in await held.until("sent", "failed", entry=posted, count=2)}
    # X is asked for its timeline; Mastodon repeats the key, and gives the same post.
    assert [(one.state, one.attempts) for one in (found["x"], found["mastodon"])] == [("sent", 1), ("sent", 2)]
    assert {name: one.remote_id for name, one in found.items()} == {n: one.remote_id for n, one in before.items()}
    assert last_lines(standin_x.posts) == last_lines(await standin_mastodon.timeline()) == ["Au milieu"]


async def test_relay_that_died_before_the_network_took_it_sends_it(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        posted = await held.post("update.posted", "un", text="Au milieu")
        await killed_while_sending(held, posted)
        standin_x.posts.pop()
        held.start()
        sent = await one_of(held, posted, "sent", "failed")
    assert (sent.state, sent.attempts) == ("sent", 2)
    assert last_lines(standin_x.posts) == ["Au milieu"]


async def test_relay_stopped_while_it_looks_is_reconciled_by_the_next(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        await held.stop()
        patient = Relay(held.log, held.deliveries, held.connections, "http://localhost", looks=(60,))
        held.relay, usual = patient, held.relay
        held.start()
        standin_x.fail_next("lost")
        posted = await held.post("update.posted", "un", text="Au milieu")
        async with asyncio.timeout(10):
            while len(standin_x.posts) < 2:
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        await held.stop()
        assert [one.state for one in await held.until("sending", entry=posted)] == ["sending"]
        held.relay = usual
        held.start()
        found = await one_of(held, posted, "sent", "failed")
    assert (found.state, found.attempts) == ("sent", 1)
    assert last_lines(standin_x.posts) == ["Au milieu"]


@pytest.mark.parametrize("change", ["retracted", "corrected", "renamed"])
async def test_what_was_changed_since_the_relay_died_is_left_to_the_clerk(
    tmp_path: Path, standin_x: StandinX, change: str
) -> None:
    """Its words are not those it was sent with: not finding them would prove nothing."""
    async with hall(tmp_path, x=standin_x.settings) as held:
        posted = await held.post("update.posted", "un", text="168 M€")
        other = await held.post("update.posted", "un", text="Autre")
        await one_of(held, other, "sent")
        await killed_while_sending(held, posted)
        if change == "retracted":
            await held.post("update.retracted", entry=posted.id)
        elif change == "corrected":
            await held.post("update.corrected", entry=posted.id, text="186 M€")
        else:
            await held.post("item.corrected", "un", title="Le premier")
        held.start()
        failed = await one_of(held, posted, "sent", "failed", "withheld")
    assert (failed.state, failed.reason, reads(standin_x)) == ("failed", "ambiguous", 0)
    assert last_lines(standin_x.posts) == ["168 M€", "Autre"]


async def test_what_changed_on_another_entry_hinders_nothing(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        posted = await held.post("update.posted", "un", text="168 M€")
        other = await held.post("update.posted", "un", text="Autre")
        await one_of(held, other, "sent")
        await killed_while_sending(held, posted)
        await held.post("update.corrected", entry=other.id, text="Un autre")
        held.start()
        assert (await one_of(held, posted, "sent", "failed")).state == "sent"


@pytest.mark.parametrize("taken", [True, False])
async def test_server_killed_while_x_is_silent_posts_once(tmp_path: Path, standin_x: StandinX, taken: bool) -> None:
    server = Server(tmp_path)
    server.command("db", "upgrade")
    store = Store(server.environment["DATABASE_URL"])
    await Connections(store, server.environment["SECRET_KEY"].encode()).add("x", "x", standin_x.settings)
    await store.close()
    async with client_of(server) as client:
        await server.start()
        try:
            slug = await client.create(AGENDA)
            await client.post(slug, "sitting.opened")
            async with asyncio.timeout(20):
                while len(standin_x.posts) < 1:
                    await asyncio.sleep(0.05)
            standin_x.fail_next("slow")
            await client.post(slug, "update.posted", text="Au milieu")
            async with asyncio.timeout(20):
                while len(standin_x.posts) < 2:
                    await asyncio.sleep(0.05)
            server.kill()
            if not taken:
                standin_x.posts.pop()
            await server.start()
            async with asyncio.timeout(30 + sum(REAL_LOOKS)):
                while True:
                    _, listed = await client.get(f"/api/v1/sittings/{slug}/deliveries")
                    states = [one["state"] for one in listed["deliveries"]]
                    if "sending" not in states and "waiting" not in states:
                        break
                    await asyncio.sleep(0.2)
        finally:
            if server.process is not None:
                server.kill()
    assert states == ["sent", "sent"]
    assert last_lines(standin_x.posts) == ["Au milieu"]


# Mastodon once the key is forgotten


async def test_after_the_keys_hour_mastodons_timeline_is_read(
    tmp_path: Path, standin_mastodon: StandinMastodon
) -> None:
    lose = asyncio.Event()
    async with strict(standin_mastodon, lose_answer=lose) as (settings, _), hall(tmp_path, mastodon=settings) as held:
        await held.post("update.posted", "un", text="Début")
        posted = await held.post("update.posted", "un", text="Au milieu @ville@social.example")
        before = await killed_while_sending(held, posted)
        later(held, AFTER_THE_KEY)
        held.start()
        found = await one_of(held, posted, "sent", "failed")
        # The same while it runs.
        lose.set()
        again = await held.post("update.posted", "un", text="À la fin")
        last = await one_of(held, again, "sent", "failed")
    posts = await standin_mastodon.timeline()
    assert [(one.state, one.attempts, one.remote_id) for one in (found, last)] == [
        ("sent", 1, before.remote_id),
        ("sent", 1, posts[-1].id),
    ]
    assert last_lines(posts) == ["Début", "Au milieu @ville@social.example", "À la fin"]


async def test_after_the_keys_hour_what_mastodon_does_not_show_is_sent(
    tmp_path: Path, standin_mastodon: StandinMastodon
) -> None:
    async with hall(tmp_path, mastodon=standin_mastodon.settings) as held:
        await held.until("sent")
        await held.stop()
        later(held, AFTER_THE_KEY)
        held.start()
        await add_fault(standin_mastodon, {"type": "status", "status": 500, "body": "<html>"})
        posted = await held.post("update.posted", "un", text="Au milieu")
        sent = await one_of(held, posted, "sent", "failed")
    assert (sent.state, sent.attempts) == ("sent", 2)
    assert last_lines(await standin_mastodon.timeline()) == ["Au milieu"]


async def test_two_entries_that_read_the_same_are_two_posts(tmp_path: Path, standin_mastodon: StandinMastodon) -> None:
    lose = asyncio.Event()
    async with strict(standin_mastodon, lose_answer=lose) as (settings, _), hall(tmp_path, mastodon=settings) as held:
        await held.post("update.posted", "un", text="Début")
        first = await held.post("update.posted", "un", text="Le même")
        one = await one_of(held, first, "sent")
        await held.stop()
        later(held, AFTER_THE_KEY)
        held.start()
        # Not posted: the first one's is no proof of the second.
        await add_fault(standin_mastodon, {"type": "status", "status": 500, "body": "<html>"})
        second = await held.post("update.posted", "un", text="Le même")
        two = await one_of(held, second, "sent", "failed")
        lose.set()
        third = await held.post("update.posted", "un", text="Le même")
        three = await one_of(held, third, "sent", "failed")
    posts = await standin_mastodon.timeline()
    assert [(each.attempts, each.remote_id) for each in (one, two, three)] == [
        (attempts, post.id) for attempts, post in zip((1, 2, 1), posts[2:], strict=True)
    ]
    assert last_lines(posts) == ["Début", "Le même", "Le même", "Le même"]


async def test_new_thread_that_was_begun_as_the_relay_died_is_found(
    tmp_path: Path, standin_mastodon: StandinMastodon
) -> None:
    """It names its item, which a draft that continues a thread does not."""
    async with hall(tmp_path, mastodon=standin_mastodon.settings) as held:
        await held.post("update.posted", "un", text="Premier")
        posted = await held.post("update.posted", "un", text="Deuxième")
        continued = await killed_while_sending(held, posted)
        assert continued.remote_id is not None
        await delete(standin_mastodon, continued.remote_id)
        channel = open_mastodon(standin_mastodon.settings)
        begun = await channel.post(Post("Point 1, Un\n\nDeuxième", key="anew"))
        await channel.close()
        later(held, AFTER_THE_KEY)
        held.start()
        found = await one_of(held, posted, "sent", "failed")
    assert (found.state, found.attempts, found.remote_id) == ("sent", 1, begun.remote_id)
