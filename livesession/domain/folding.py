"""Text as people search it: without regard to case, accents and kinds of space."""

import unicodedata


def folded(text: str) -> str:
    """A text as searched: without case and accents, spaces as one, one kind of apostrophe."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(bare.casefold().replace("’", "'").split())
