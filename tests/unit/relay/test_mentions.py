"""Members named on purpose: the name in the record, the account on each network, and never somebody else's."""

import pytest

from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.ids import ItemId
from livesession.relay.channels.x_length import x_length
from livesession.relay.compose import ComposeContext, compose, composed
from livesession.relay.mentions import account, with_accounts

TREVAL = {"id": "m1", "name": "Mme Tréval", "group": "ALT"}
DUPONT = {"id": "m2", "name": "M. Dupont"}
MARTIN = {"id": "m3", "name": "M. Dupont-Martin"}


@pytest.mark.parametrize(
    ("handle", "network", "written"),
    [
        ("treval", "x", "@treval"),
        (" @treval ", "x", "@treval"),
        ("@une.autre", "x", None),
        ("treval@social.example", "mastodon", "@treval@social.example"),
        ("@treval@social.example", "mastodon", "@treval@social.example"),
        ("@treval", "mastodon", None),
        ("treval.bsky.social", "bluesky", "@treval.bsky.social"),
        ("", "x", None),
        ("pas un compte", "bluesky", None),
    ],
)
def test_account_is_written_as_its_network_reads_it(handle: str, network: str, written: str | None) -> None:
    assert account(handle, network) == written


def test_first_naming_becomes_the_account_and_the_rest_stays() -> None:
    text = "Mme Tréval répond. Mme Tréval conclut."
    assert with_accounts(text, [TREVAL], {"m1": "@treval"}) == "@treval répond. Mme Tréval conclut."
    assert with_accounts(text, [TREVAL], {}) == text
    assert with_accounts(text, [], {"m1": "@treval"}) == text


def test_name_that_begins_another_name_is_not_taken_for_it() -> None:
    text = "M. Dupont-Martin répond à M. Dupont."
    assert with_accounts(text, [DUPONT], {"m2": "@dupont"}) == "M. Dupont-Martin répond à @dupont."
    assert with_accounts(text, [DUPONT, MARTIN], {"m2": "@dupont", "m3": "@martin"}) == "@martin répond à @dupont."


def test_post_calls_on_the_account_and_counts_it() -> None:
    agenda = Agenda(title="Séance", assembly="Conseil", items=(AgendaItem(id=ItemId("a"), number="1", title="Budget"),))
    entry = {
        "kind": "update.posted",
        "item": "a",
        "at": "2026-11-20T09:00:00.000Z",
        "data": {"text": "Mme Tréval répond.", "mentions": [TREVAL]},
    }
    context = ComposeContext("x", agenda, "https://example.org/s/a#e", accounts={"m1": "@treval"})
    whole = compose(entry, context, x_length, 280)
    assert whole.endswith("\n@treval répond.")
    assert composed(entry, context, x_length, 280).needed == x_length(whole)
    cut = composed(entry, context, x_length, 20)
    assert (x_length(cut.text) <= 20, cut.needed > 20) == (True, True)
