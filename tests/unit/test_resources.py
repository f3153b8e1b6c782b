"""Files that ship beside the code are found, or their absence is said."""

import pytest

from livesession.errors import NotFoundError
from livesession.i18n import LANGUAGES, words
from livesession.resources import SHIPPED, folder


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_folder_is_found(name: str) -> None:
    assert folder(name).is_dir()


def test_missing_folder_is_told_by_its_name() -> None:
    with pytest.raises(NotFoundError) as caught:
        folder("nowhere")
    assert (caught.value.code, caught.value.params) == ("resources_missing", {"name": "nowhere"})
    assert all("nowhere" in words(language).error(caught.value) for language in LANGUAGES)
