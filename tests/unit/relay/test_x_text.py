"""What X makes of a text is undone, and no more than that."""

import pytest

from livesession.demo.standin_x_text import shown
from livesession.relay.channels.x_text import says

OWN = "https://x.com/valclair_cd/status/12"


@pytest.mark.parametrize(
    "text",
    [
        "Adopté",
        "a & b < c > d &amp; &lt;i&gt; &quot;",
        "https://exemple.fr",
        "(https://exemple.fr/a_(b)?c=d&e=f#g), mairie.fr. Fin",
        "[a-z]+ .* (?i) \\d {2} https://exemple.fr/+(x)*",
        "mairie.fr mairie.fr MAIRIE.fr",
    ],
)
@pytest.mark.parametrize("media", [(), ("1",), ("1", "2")])
def test_text_is_known_again(text: str, media: tuple[str, ...]) -> None:
    there, links = shown(text, OWN, media)
    assert says(there, links, text)
    assert not says(there, links, f"{text}.")
    assert not says(there, links, f"Point 1, {text}")


def test_what_x_writes_differently_in_an_address_is_the_same() -> None:
    links = [{"url": "https://t.co/a", "expanded_url": "https://exemple.fr/"}]
    for typed in ("exemple.fr", "http://exemple.fr", "HTTPS://Exemple.fr/"):
        assert says("Voir https://t.co/a.", links, f"Voir {typed}.")
    assert not says("Voir https://t.co/a.", links, "Voir exemple.fr/b.")


def test_image_named_without_its_key_is_left_out_and_a_link_to_one_is_not() -> None:
    target = f"{OWN}/photo/1"
    links = [{"url": "https://t.co/a", "expanded_url": target}]
    assert says("Salle https://t.co/a", links, "Salle")
    assert says("Salle https://t.co/a", links, f"Salle {target}")


def test_link_without_its_target_stands_for_itself() -> None:
    assert says("Voir https://t.co/a", [{"url": "https://t.co/a"}], "Voir https://t.co/a")
