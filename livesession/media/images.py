"""An image as it comes in, made anew from its pixels: what a camera wrote beside them, such as a place, is not kept."""

import io
import warnings
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image, ImageOps

from livesession.errors import InputError, Problem

MAX_UPLOAD = 15_000_000
"""Bytes of a file: what a telephone takes."""

MAX_PIXELS = 60_000_000
"""Pixels that are decoded: a small file could unfold into a memory full."""

MAX_EDGE = 2_048
"""Pixels of the longer edge as kept: sharp on a large screen, light on a telephone."""

MAX_KEPT = 4_000_000
"""Bytes as kept: below what every network takes (X: 5 MB)."""

FORMATS = ("JPEG", "PNG", "WEBP")
ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class CleanImage:
    """An image as it is kept. ``id`` is the beginning of the SHA-256 of ``content``."""

    type: str
    width: int
    height: int
    content: bytes

    @property
    def id(self) -> str:
        return sha256(self.content).hexdigest()[:ID_LENGTH]


def clean(content: bytes) -> CleanImage:
    """The image, upright, at most ``MAX_EDGE`` wide or high, without metadata. Takes seconds: not on the loop.

    Raises InputError ``media_unreadable`` where it is none of JPEG, PNG and WebP, or is too large.
    """
    if len(content) > MAX_UPLOAD:
        raise _refusal("media-large", limit=MAX_UPLOAD // 1_000_000)
    try:
        with warnings.catch_warnings():
            # Pillow warns of what we refuse ourselves.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise _refusal("media-pixels", limit=MAX_PIXELS // 1_000_000)
                return _encoded(_pixels(opened), opened.format or "")
    except Image.DecompressionBombError:
        raise _refusal("media-pixels", limit=MAX_PIXELS // 1_000_000) from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError):
        # Pillow's ways to say that a file is cut short, damaged or none of those.
        raise _refusal("media-unreadable", known=", ".join(FORMATS)) from None


def _pixels(opened: Image.Image) -> Image.Image:
    opened.draft("RGB", (MAX_EDGE, MAX_EDGE))
    upright = ImageOps.exif_transpose(opened)
    clear = upright.has_transparency_data
    plain = upright.convert("RGBA" if clear else "RGB")
    plain.thumbnail((MAX_EDGE, MAX_EDGE), Image.Resampling.LANCZOS)
    # Pixels alone: a new image has nothing beside them.
    alone = Image.new(plain.mode, plain.size)
    alone.paste(plain)
    return alone


def _encoded(image: Image.Image, source: str) -> CleanImage:
    out = io.BytesIO()
    if source == "PNG" or image.mode == "RGBA":
        image.save(out, "PNG", optimize=False)
        if out.tell() <= MAX_KEPT:
            return CleanImage("image/png", image.width, image.height, out.getvalue())
        if image.mode == "RGBA":
            ground = Image.new("RGB", image.size, "white")
            ground.paste(image, mask=image.getchannel("A"))
            image = ground
    for quality in (85, 70, 50):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, progressive=True)
        if out.tell() <= MAX_KEPT:
            break
    return CleanImage("image/jpeg", image.width, image.height, out.getvalue())


def _refusal(code: str, **params: str | int) -> InputError:
    return InputError("media_unreadable", [Problem(code, "file", tuple(params.items()))])
