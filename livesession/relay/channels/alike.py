"""Whether two texts are one post for whoever reads them: pure."""

import unicodedata


def squeezed(text: str) -> str:
    """``text`` without what networks change unasked: composed letters, spaces at the ends, line breaks in a row."""
    return " ".join(unicodedata.normalize("NFC", text).split())
