"""What connects an account, and what is refused before anything is kept."""

from typing import Any

import pytest

from livesession.errors import InputError
from livesession.i18n import words
from livesession.relay.networks import NETWORKS
from livesession.relay.opening import OPENERS

KEYS = {"consumer_key": "a", "consumer_secret": "b", "access_token": "c", "access_token_secret": "d"}
TOKEN = {"bearer_token": "e"}
INSTANCE = {"base_url": "https://social.example", "access_token": "f"}
WAYS = "bearer_token / consumer_key, consumer_secret, access_token, access_token_secret"


def test_every_network_that_can_be_connected_can_be_opened() -> None:
    assert set(OPENERS) == set(NETWORKS)


@pytest.mark.parametrize(
    ("network", "settings"),
    [
        ("x", KEYS),
        ("x", TOKEN),
        ("x", {**TOKEN, "consumer_key": " "}),
        ("x", {**KEYS, "elsewhere": ["127.0.0.1", 1, "file"]}),
        ("mastodon", INSTANCE),
    ],
)
def test_whole_set_of_settings_connects(network: str, settings: dict[str, Any]) -> None:
    NETWORKS[network].check_settings(settings)


@pytest.mark.parametrize(
    ("network", "settings", "problems"),
    [
        *(("x", {left: "a" for left in KEYS if left != gone}, [("channel-field", gone)]) for gone in KEYS),
        ("x", {**KEYS, "access_token_secret": "  "}, [("channel-field", "access_token_secret")]),
        ("x", {"consumer_key": "a"}, [("channel-field", name) for name in sorted(KEYS) if name != "consumer_key"]),
        ("x", {}, [("channel-ways", "")]),
        ("x", {"bearer_token": "\n"}, [("channel-ways", "")]),
        ("x", {**TOKEN, **KEYS}, [("channel-ways", "")]),
        ("x", {**TOKEN, "consumer_key": "a"}, [("channel-ways", "")]),
        ("mastodon", {}, [("channel-field", "access_token"), ("channel-field", "base_url")]),
        ("mastodon", {**INSTANCE, "base_url": "http://social.example"}, [("channel-url", "base_url")]),
    ],
)  # fmt: skip
def test_half_of_a_set_and_more_than_one_are_refused(
    network: str, settings: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    with pytest.raises(InputError) as caught:
        NETWORKS[network].check_settings(settings)
    assert caught.value.code == "channel_settings"
    assert [(problem.code, problem.place) for problem in caught.value.problems] == problems


def test_refusal_says_what_connects_an_account() -> None:
    with pytest.raises(InputError) as caught:
        NETWORKS["x"].check_settings({**TOKEN, "consumer_key": "a"})
    assert words("fr").error_lines(caught.value) == [
        "Les accès du compte sont incomplets ou mal formés. Rien n’a été gardé.",
        f"un compte se relie par un seul de ces jeux de réglages, complet\u00a0: {WAYS}",
    ]
    assert words("en").error_lines(caught.value) == [
        "The account’s credentials are incomplete or ill-formed. Nothing was kept.",
        f"an account is connected by one of these sets of settings, whole, and nothing of another: {WAYS}",
    ]
