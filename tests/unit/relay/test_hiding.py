"""Secrets stay out of what is shown."""

from livesession.relay.channels.hiding import HIDDEN, hide


def test_each_secret_is_replaced_wherever_it_stands() -> None:
    text = "Bearer abc123 was refused (abc123, def456)"
    assert hide(text, ["abc123", "def456", ""]) == f"Bearer {HIDDEN} was refused ({HIDDEN}, {HIDDEN})"


def test_text_without_secrets_stays_as_it_is() -> None:
    assert hide("Text can't be blank", ["abc123"]) == "Text can't be blank"
