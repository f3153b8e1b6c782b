"""What is promised of what readers leave, on whichever database: reports of errors, subscriptions to notifications."""

import asyncio
import base64
import os
from collections.abc import Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from livesession.desk.reports import KEPT, MOST_PER_SITTING, Reports
from livesession.domain.ids import SittingId
from livesession.errors import InputError, NotFoundError, ThrottledError
from livesession.relay.push import AFTER_CLOSING, Push
from livesession.relay.subscriptions import KEPT as SUBSCRIBED_FOR
from livesession.relay.subscriptions import Subscriptions, Wants, check_info, public_key
from livesession.thread.log import Decide, Proposal
from tests.clock import Clock
from tests.contract.log_contract import new_sitting, opened, posts

SECRET, OTHER_SECRET = b"a key for tests, long enough", b"another key for tests, as long"
SERVICES = ("push.example",)


def subscription(name: str) -> dict[str, Any]:
    """A browser's subscription."""
    point = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    keys = {
        name: base64.urlsafe_b64encode(octets).decode()
        for name, octets in (("p256dh", point), ("auth", os.urandom(16)))
    }
    return check_info({"endpoint": f"https://push.example/{name}", "keys": keys}, SERVICES)


def proposes(kind: str, data: Mapping[str, Any] | None = None) -> Decide:
    """A decision that takes an entry in any state."""
    return lambda state, now: [Proposal(kind=kind, data=dict(data or {}))]


class ReadersContract:
    """``database`` is a fixture of whoever inherits."""

    async def test_a_report_waits_until_it_is_settled_and_no_longer_than_promised(self, database: str) -> None:
        clock = Clock()
        async with opened(database, clock) as (log, store):
            row = await new_sitting(log)
            reports = Reports(store, clock)
            await reports.add(row.id, None, "première", " m@example.fr ")
            clock.forward(minutes=1)
            await reports.add(row.id, "01900000-0000-7000-8000-000000000001", "seconde <b>", "")
            second, first = await reports.waiting()
            assert (first.text, first.contact, first.entry, first.slug) == ("première", "m@example.fr", None, row.slug)
            assert (second.text, second.contact) == ("seconde <b>", None)
            assert await reports.count() == 2
            await reports.settle(second.id)
            await reports.settle(second.id)
            assert await reports.waiting() == [first]
            clock.forward(days=KEPT.days)
            assert await reports.waiting() == []

    async def test_a_flood_of_reports_is_refused(self, database: str) -> None:
        async with opened(database) as (log, store):
            row = await new_sitting(log)
            reports = Reports(store)
            for text in ("", "  ", "x" * 2_001, "nul \x00"):
                with pytest.raises(InputError):
                    await reports.add(row.id, None, text, "")
            await asyncio.gather(*(reports.add(row.id, None, "flot", "") for _ in range(MOST_PER_SITTING)))
            with pytest.raises(ThrottledError, match="reports_full"):
                await reports.add(row.id, None, "de trop", "")

    async def test_a_browser_subscribes_once_and_changes_its_mind(self, database: str) -> None:
        async with opened(database) as (log, store):
            row, other = await new_sitting(log), await new_sitting(log, "other")
            held = Subscriptions(store, SECRET)
            info = subscription("one")
            first = await held.put(row.id, info, Wants(items=("budget",)), "fr")
            assert await held.put(row.id, info, Wants(sitting=False, votes=True), "en") == first
            assert await held.put(other.id, info, Wants(), "fr") != first
            assert await held.of_endpoint(row.id, info["endpoint"]) == Wants(sitting=False, votes=True)
            (known,) = await held.of(row.id)
            assert (known.info, known.language) == (info, "en")
            assert "push.example" not in repr(known)
            await held.end(row.id, endpoint=info["endpoint"])
            await held.end(row.id, id=first)
            with pytest.raises(NotFoundError, match="push_unknown"):
                await held.of_endpoint(row.id, info["endpoint"])
            assert len(await held.of(other.id)) == 1

    async def test_those_who_subscribe_at_once_are_all_taken(self, database: str) -> None:
        async with opened(database) as (log, store), opened(database) as (_, beside):
            row = await new_sitting(log)
            held = [Subscriptions(store, SECRET), Subscriptions(beside, SECRET)]
            infos = [subscription(str(number)) for number in range(8)]
            made = await asyncio.gather(*(each.put(row.id, info, Wants(), "fr") for info in infos for each in held))
            assert len(set(made)) == len(infos)
            assert {one.id for one in await held[0].of(row.id)} == set(made)

    async def test_only_what_happens_from_now_on_is_told(self, database: str) -> None:
        async with opened(database) as (log, store):
            row = await new_sitting(log)
            await log.append(row.id, None, posts("avant"))
            held = Subscriptions(store, SECRET)
            await held.put(row.id, subscription("one"), Wants(), "fr")
            assert await held.behind() == []
            await log.append(row.id, None, posts("après"))
            ((sitting, slug, pos),) = await held.behind()
            assert (sitting, slug, pos) == (row.id, row.slug, row.pos + 1)
            await held.advance(row.id, pos + 1)
            assert await held.behind() == []

    async def test_processes_that_begin_together_make_one_key(self, database: str) -> None:
        async with opened(database) as (_, store), opened(database) as (_, beside):
            first, second = Subscriptions(store, SECRET), Subscriptions(beside, SECRET)
            made = await asyncio.gather(*(held.key() for held in (first, second, first, second)))
            assert len({public_key(key) for key in made}) == 1

    async def test_another_secret_key_begins_anew(self, database: str) -> None:
        async with opened(database) as (log, store):
            row = await new_sitting(log)
            before = Subscriptions(store, SECRET)
            key = public_key(await before.key())
            await before.put(row.id, subscription("one"), Wants(), "fr")
            after = Subscriptions(store, OTHER_SECRET)
            assert public_key(await after.key()) != key
            assert await after.of(row.id) == []

    async def test_subscriptions_end_with_the_sitting_or_when_it_never_comes(self, database: str) -> None:
        clock = Clock()
        async with opened(database, clock) as (log, store):
            row, never = await new_sitting(log), await new_sitting(log, "never")
            held = Subscriptions(store, SECRET, clock)
            push = Push(log, held, SERVICES, "mailto:a@example.fr", clock=clock)

            async def left(sitting: SittingId) -> int:
                await push.tidy()
                return len(await held.of(sitting))

            await held.put(row.id, subscription("one"), Wants(), "fr")
            await held.put(never.id, subscription("one"), Wants(), "fr")
            await log.append(row.id, None, proposes("sitting.opened"))
            await log.append(row.id, None, proposes("sitting.closed"))
            assert await left(row.id) == 1
            clock.forward(seconds=AFTER_CLOSING.total_seconds() + 1)
            assert (await left(row.id), await left(never.id)) == (0, 1)
            clock.forward(days=SUBSCRIBED_FOR.days)
            assert await left(never.id) == 0
