"""The relay between a real log and servers that speak the networks' protocols."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from livesession.demo.standin_mastodon import StandinMastodon
from livesession.demo.standin_x import StandinX
from livesession.domain.entry import Entry
from livesession.domain.ids import SittingId
from livesession.domain.times import write_instant
from livesession.relay.spending import Spending, Spent
from livesession.relay.worker import POLL_SECONDS, RECHECK_SECONDS
from tests.integration.relaying import LOOKS, add_fault, delete, hall, last_lines, strict


@pytest.fixture
async def standin_x() -> AsyncIterator[StandinX]:
    async with StandinX() as standin:
        yield standin


@pytest.fixture
async def standin_mastodon() -> AsyncIterator[StandinMastodon]:
    async with StandinMastodon() as standin:
        yield standin


async def test_updates_go_to_both_networks_once_in_order(
    tmp_path: Path, standin_x: StandinX, standin_mastodon: StandinMastodon
) -> None:
    async with hall(tmp_path, x=standin_x.settings, mastodon=standin_mastodon.settings) as held:
        for number in range(5):
            await held.post("update.posted", "un", text=f"Texte {number}")
        await held.post("update.posted", "deux", text="Autre point")
        sent = await held.until("sent", count=14)
    assert len(sent) == 14
    assert [post.text.splitlines()[-1] for post in standin_x.posts] == [
        "La séance est ouverte. Séance, Val-Clair.",
        *(f"Texte {number}" for number in range(5)),
        "Autre point",
    ]
    posts = await standin_mastodon.timeline()
    assert [(post.text.splitlines()[-1], post.depth) for post in posts][1:] == [
        ("Texte 0", 0),
        *((f"Texte {number}", 1) for number in range(1, 5)),
        ("Autre point", 0),
    ]


async def test_failed_delivery_is_tried_again_when_the_clerk_says_so(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        standin_x.fail_next("401")
        posted = await held.post("update.posted", "un", text="Encore")
        (delivery,) = await held.until("failed", entry=posted)
        assert (delivery.reason, delivery.detail) == ("unauthorised", "Unauthorized")
        await held.deliveries.retry(delivery.channel, delivery.sitting, delivery.seq)
        await held.until("sent", entry=posted)
    assert last_lines(standin_x.posts) == ["Encore"]


async def test_trouble_on_mastodon_passes_without_a_second_post(
    tmp_path: Path, standin_mastodon: StandinMastodon
) -> None:
    lose = asyncio.Event()
    async with strict(standin_mastodon, lose_answer=lose) as (settings, _), hall(tmp_path, mastodon=settings) as held:
        await held.until("sent")
        # Posted there, and the answer lost: only the key keeps a second one away.
        lose.set()
        first = await held.post("update.posted", "un", text="Malgré tout")
        await held.until("sent", entry=first, seconds=30)
        await add_fault(standin_mastodon, {"type": "status", "status": 500, "body": "<html>"})
        second = await held.post("update.posted", "un", text="Toujours")
        await held.until("sent", entry=second, seconds=30)
    posts = [post.text.splitlines()[-1] for post in await standin_mastodon.timeline()]
    assert posts[1:] == ["Malgré tout", "Toujours"]


async def test_thread_whose_last_post_was_deleted_begins_anew_and_goes_on(
    tmp_path: Path, standin_mastodon: StandinMastodon
) -> None:
    async with strict(standin_mastodon) as (settings, replied_to), hall(tmp_path, mastodon=settings) as held:
        root = await held.post("update.posted", "un", text="Premier")
        (sent,) = await held.until("sent", entry=root)
        assert sent.remote_id is not None
        await delete(standin_mastodon, sent.remote_id)
        again = await held.post("update.posted", "un", text="Deuxième")
        (anew,) = await held.until("sent", "failed", entry=again)
        after = await held.post("update.posted", "un", text="Troisième")
        await held.until("sent", "failed", entry=after)
    assert (anew.state, anew.reason, anew.attempts) == ("sent", None, 2)
    posts = await standin_mastodon.timeline()
    assert [(post.text, post.reply_to) for post in posts][1:] == [
        ("Point 1, Un\n\nDeuxième", None),
        ("Troisième", anew.remote_id),
    ]
    # The sitting's opening, then the item: refused once where it replied to what is gone, and not again after that.
    assert replied_to == [None, None, sent.remote_id, None, anew.remote_id]


async def test_new_thread_whose_answer_is_lost_is_not_begun_twice(
    tmp_path: Path, standin_mastodon: StandinMastodon
) -> None:
    lose = asyncio.Event()
    proxied = strict(standin_mastodon, lose_answer=lose)
    async with proxied as (settings, replied_to), hall(tmp_path, mastodon=settings) as held:
        root = await held.post("update.posted", "un", text="Premier")
        (sent,) = await held.until("sent", entry=root)
        assert sent.remote_id is not None
        await delete(standin_mastodon, sent.remote_id)
        # The refused reply never comes to the stand-in: what is lost is the answer to the new thread's post.
        lose.set()
        again = await held.post("update.posted", "un", text="Deuxième")
        await held.until("sent", "failed", entry=again, seconds=30)
    assert [post.text for post in await standin_mastodon.timeline()][1:] == ["Point 1, Un\n\nDeuxième"]
    assert replied_to == [None, None, sent.remote_id, None, sent.remote_id, None]


async def test_posting_never_waits_for_a_network(tmp_path: Path, standin_mastodon: StandinMastodon) -> None:
    async with hall(tmp_path, mastodon=standin_mastodon.settings) as held:
        await held.until("sent")
        await add_fault(standin_mastodon, {"type": "latency", "delay_ms": 3000}, count=1)
        begun = time.monotonic()
        for number in range(20):
            await held.post("update.posted", "un", text=f"Vite {number}")
        assert time.monotonic() - begun < 2
        found = await held.deliveries.of(held.sitting.id)
        assert {one.state for one in found} <= {"sent", "sending", "waiting"}
        await held.until("sent", count=21, seconds=30)


async def test_nothing_leaves_in_a_closed_part_and_what_waited_is_withheld(tmp_path: Path) -> None:
    standin = StandinMastodon()
    async with standin:
        pass
    # The instance is down now: its port answers nobody.
    async with hall(tmp_path, mastodon=standin.settings) as held:
        waiting = await held.post("update.posted", "un", text="Écrit avant les portes closes")
        await held.until("waiting", entry=waiting)
        await held.post("closed_part.begun")
        secret = await held.post("update.posted", "un", text="SECRET")
        assert secret.pos is None
        async with standin:
            found = await held.until("withheld", entry=waiting, seconds=20)
            assert [one.reason for one in found] == ["closed-part"]
            assert await standin.timeline() == []
            assert all(one.entry != secret.id for one in await held.deliveries.of(held.sitting.id))


async def test_doors_that_close_while_the_network_is_asked_for_its_limits_hold_the_post(
    tmp_path: Path, standin_mastodon: StandinMastodon
) -> None:
    asked, answer_limits = asyncio.Event(), asyncio.Event()
    async with strict(standin_mastodon, asked, answer_limits) as (settings, replied_to):
        async with hall(tmp_path, mastodon=settings) as held:
            await asyncio.wait_for(asked.wait(), 10)
            await held.post("closed_part.begun")
            answer_limits.set()
            assert [one.reason for one in await held.until("withheld")] == ["closed-part"]
    assert replied_to == []


async def test_retracted_before_it_left_is_withheld_and_corrected_goes_corrected(
    tmp_path: Path, standin_x: StandinX
) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        await held.stop()
        gone = await held.post("update.posted", "un", text="Une erreur")
        wrong = await held.post("update.posted", "un", text="168 M€")
        await held.post("update.retracted", entry=gone.id)
        await held.post("update.corrected", entry=wrong.id, text="186 M€")
        held.start()
        await held.until("sent", entry=wrong)
        assert [one.reason for one in await held.until("withheld", entry=gone)] == ["retracted"]
    assert last_lines(standin_x.posts) == ["186 M€"]


VOTE: dict[str, Any] = {"for": 41, "against": 8, "abstention": 2}


async def test_likes_in_one_minute_are_told_apart_on_x(
    tmp_path: Path, standin_x: StandinX, standin_mastodon: StandinMastodon
) -> None:
    async with hall(tmp_path, x=standin_x.settings, mastodon=standin_mastodon.settings) as held:
        opened = await held.post("update.posted", "un", text="Bonjour")
        held.at = write_instant(opened.at)
        for text in ("Bonjour", "Bonsoir", "Bonjour", "a" * 300, "a" * 301):
            await held.post("update.posted", "un", text=text)
        await held.post("update.posted", "deux", text="Bonjour")
        await held.post("vote.recorded", "un", **VOTE)
        await held.post("vote.recorded", "un", **(VOTE | {"for": 40}))
        await held.post("vote.recorded", "un", **VOTE)
        await held.post("vote.recorded", "deux", **VOTE)
        sent = await held.until("sent", "failed", count=24, seconds=30)
    assert [(one.network, one.reason) for one in sent if one.state == "failed"] == []
    time_said = opened.at.astimezone(ZoneInfo("Europe/Paris")).strftime("%H:%M")
    heads = [post.text.splitlines()[0].partition(f", {time_said}") for post in standin_x.posts][1:]
    assert [(before, after) for before, _, after in heads] == [
        ("Point 1, Un", ""),
        ("Point 1, Un", ", 2e message"),
        ("Point 1, Un", ""),
        ("Point 1, Un", ", 3e message"),
        ("Point 1", ""),
        ("Point 1", ", 2e message"),
        ("Point 2, Deux", ""),
        ("Point 1, Un", ""),
        ("Point 1, Un", ""),
        ("Point 1, Un", ", 3e vote"),
        ("Point 2, Deux", ""),
    ]
    assert "e message" not in "".join(post.text for post in await standin_mastodon.timeline())


async def test_number_is_the_same_at_every_try_so_that_x_refuses_a_second_post(
    tmp_path: Path, standin_x: StandinX
) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        first = await held.post("vote.recorded", "un", **VOTE)
        await held.until("sent", entry=first)
        held.at = write_instant(first.at)
        standin_x.fail_next("lost")
        standin_x.fail_next_reading("403", times=len(LOOKS))
        second = await held.post("vote.recorded", "un", **VOTE)
        (delivery,) = await held.until("failed", entry=second)
        third = await held.post("vote.recorded", "un", **VOTE)
        await held.until("sent", entry=third)
        standin_x.fail_next_reading("403")
        await held.deliveries.retry(delivery.channel, delivery.sitting, delivery.seq)
        (refused,) = await held.until("failed", entry=second)
    assert refused.reason == "duplicate"
    said = [post.text.splitlines()[0].rpartition(", ")[2] for post in standin_x.posts]
    assert [one for one in said if one.endswith("vote")] == ["2e vote", "3e vote"]


async def test_corrected_vote_goes_out_as_a_post_of_its_own(
    tmp_path: Path, standin_x: StandinX, standin_mastodon: StandinMastodon
) -> None:
    async with hall(tmp_path, x=standin_x.settings, mastodon=standin_mastodon.settings) as held:
        vote = await held.post("vote.recorded", "un", subject="Le budget", **VOTE)
        await held.until("sent", entry=vote, count=2)
        corrected = VOTE | {"for": 3, "reason": "Les voix étaient inversées"}
        correction = await held.post("vote.corrected", entry=vote.id, subject="Le budget", **corrected)
        await held.until("sent", entry=correction, count=2)
    figures = "3 pour, 8 contre, 2 abstentions."
    said = f"Rectification du vote\u00a0: Le budget\nRejeté\u00a0: {figures}\nMotif\u00a0: Les voix étaient inversées"
    on_mastodon = (await standin_mastodon.timeline())[-1]
    assert (on_mastodon.text, on_mastodon.depth) == (said, 1)
    assert standin_x.posts[-1].text.partition("\n")[2] == said
    assert standin_x.posts[-1].text.startswith("Point 1, Un, ")


async def test_vote_corrected_before_it_left_goes_corrected_and_one_that_was_none_stays_with_its_correction(
    tmp_path: Path, standin_x: StandinX
) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        await held.stop()
        vote = await held.post("vote.recorded", "un", subject="Le bugdet", **VOTE)
        corrected = VOTE | {"for": 42, "reason": "Un pouvoir oublié"}
        correction = await held.post("vote.corrected", entry=vote.id, **corrected)
        none = await held.post("vote.recorded", "deux", **VOTE)
        of_none = await held.post("vote.corrected", entry=none.id, **corrected)
        await held.post("update.retracted", entry=none.id)
        held.start()
        await held.until("sent", entry=correction)
        withheld = [*await held.until("withheld", entry=none), *await held.until("withheld", entry=of_none)]
    assert [one.reason for one in withheld] == ["retracted", "retracted"]
    figures = "Adopté\u00a0: 42 pour, 8 contre, 2 abstentions."
    assert [post.text.partition("\n")[2] for post in standin_x.posts][1:] == [
        figures,
        f"Rectification du vote\n{figures}\nMotif\u00a0: Un pouvoir oublié",
    ]


async def test_elections_are_said_by_who_is_elected_and_by_nobodys_ballot(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        for round_, voices in enumerate(((5, 4, 2), (6, 4, 1)), 1):
            candidates = [{"name": name, "voices": n} for name, n in zip(("Anne", "Karim", "Léa"), voices, strict=True)]
            await held.post("vote.recorded", "un", ballot="secret", candidates=candidates, round=round_)
        await held.until("sent")
    assert [post.text.partition("\n")[2] for post in standin_x.posts][1:] == [
        "Aucun candidat élu à ce tour.",
        "Élection\u00a0: Anne.",
    ]


async def test_a_budget_that_is_reached_withholds_and_a_clerk_may_send_all_the_same(
    tmp_path: Path, standin_x: StandinX
) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        # The opening and a text without a link went out; one with a link would go beyond 0.2 dollars.
        await held.connections.set_budget("x", 200, None)
        await held.until("sent", entry=await held.post("update.posted", "un", text="Sans lien"))
        linked = await held.post("update.posted", "un", text="Voir https://exemple.fr/rapport")
        (withheld,) = await held.until("withheld", entry=linked)
        (small,) = await held.until("sent", entry=await held.post("update.posted", "un", text="Encore un"))
        await held.deliveries.retry(withheld.channel, held.sitting.id, withheld.seq)
        (sent,) = await held.until("sent", entry=linked)
        (x,) = await held.connections.all()
        spent = await Spending(held.store).on(x, held.sitting.id, sent.updated_at)
    assert (withheld.reason, withheld.cost, small.cost, sent.cost) == ("budget", None, 15, 200)
    assert spent == Spent(sitting=245, month=245, budget_sitting=200, budget_month=None)


async def test_what_is_changed_in_a_channel_counts_for_what_is_posted_next(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        await held.connections.set_carries("x", {"vote.recorded"})
        await held.post("update.posted", "un", text="Pas ici")
        vote = await held.post("vote.recorded", "un", **VOTE)
        begun = time.monotonic()
        await held.until("sent", entry=vote)
        assert time.monotonic() - begun < RECHECK_SECONDS - 1
        await held.connections.set_enabled("x", False)
        paused = await held.post("vote.recorded", "un", **VOTE)
        # Longer than a round waits for news.
        await asyncio.sleep(POLL_SECONDS + 1)
        assert len(standin_x.posts) == 2
        await held.connections.set_enabled("x", True)
        await held.until("sent", entry=paused)
    assert len(standin_x.posts) == 3


async def test_what_is_posted_once_a_channel_is_paused_stays_whatever_the_relay_was_at(
    tmp_path: Path, standin_x: StandinX, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hall(tmp_path, x=standin_x.settings) as held:
        await held.until("sent")
        await held.stop()
        cursors = held.deliveries.cursors
        posted: list[Entry] = []

        async def paused_meanwhile(channel: str) -> dict[SittingId, int]:
            # The relay has found the channel connected, and plans now.
            if not posted:
                await held.connections.set_enabled("x", False)
                posted.append(await held.post("vote.recorded", "un", **VOTE))
            return await cursors(channel)

        monkeypatch.setattr(held.deliveries, "cursors", paused_meanwhile)
        held.start()
        while not posted:
            await asyncio.sleep(0.05)
        await held.until("waiting", entry=posted[0])
        await asyncio.sleep(0.5)
        assert len(standin_x.posts) == 1
        await held.connections.set_enabled("x", True)
        await held.until("sent", entry=posted[0])
    assert len(standin_x.posts) == 2


async def test_channel_gets_nothing_from_before_it_was_connected(tmp_path: Path, standin_x: StandinX) -> None:
    async with hall(tmp_path) as held:
        await held.post("update.posted", "un", text="Avant")
        await asyncio.sleep(0.01)
        await held.connections.add("x", "x", standin_x.settings)
        await held.stop()
        held.start()
        after = await held.post("update.posted", "un", text="Après")
        await held.until("sent", entry=after)
    assert [post.text.splitlines()[-1] for post in standin_x.posts] == ["Après"]
