"""Images on their way in: made anew without what a camera writes beside them, and bounded."""

import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image

from livesession.errors import InputError
from livesession.media.images import MAX_EDGE, clean


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photograph() -> bytes:
    """A picture as a telephone takes it: turned by a mark, with the place where it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "FABRICANT"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 24.0)
    return encoded(
        Image.new("RGB", (300, 200), "blue"), "JPEG", exif=exif, comment=b"COMMENTAIRE", icc_profile=b"PROFIL"
    )


def test_what_a_camera_wrote_is_gone_and_the_picture_stands_upright() -> None:
    found = clean(photograph())
    assert (found.type, found.width, found.height, len(found.id)) == ("image/jpeg", 200, 300, 32)
    for trace in (b"FABRICANT", b"Exif", b"GPS", b"COMMENTAIRE", b"PROFIL"):
        assert trace not in found.content
    with Image.open(io.BytesIO(found.content)) as again:
        assert dict(again.getexif()) == {}


@pytest.mark.parametrize(
    ("source", "form", "kept"),
    [
        (Image.new("RGB", (10, 10), "red"), "PNG", "image/png"),
        (Image.new("RGBA", (10, 10), (255, 0, 0, 9)), "WEBP", "image/png"),
        (Image.new("RGB", (10, 10), "red"), "WEBP", "image/jpeg"),
        (Image.new("CMYK", (10, 10)), "JPEG", "image/jpeg"),
        (Image.new("P", (10, 10)), "PNG", "image/png"),
    ],
)
def test_each_kind_of_image_is_kept(source: Image.Image, form: str, kept: str) -> None:
    found = clean(encoded(source, form))
    assert (found.type, found.width, found.height) == (kept, 10, 10)
    assert clean(encoded(source, form)).id == found.id


@pytest.mark.exhaustive
def test_a_large_image_is_made_smaller() -> None:
    found = clean(encoded(Image.new("RGB", (5_000, 1_000)), "JPEG"))
    assert (found.width, found.height) == (MAX_EDGE, 410)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "media-unreadable"),
        (b"GIF89a", "media-unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "media-unreadable"),
        (photograph()[:400], "media-unreadable"),
        (bomb(9_000, 9_000), "media-pixels"),
        (bomb(10_000, 10_000), "media-pixels"),
        (bomb(60_000, 60_000), "media-pixels"),
        (b"\0" * 15_000_001, "media-large"),
    ],
)
def test_what_is_no_image_or_too_large_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        clean(content)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_another_kind_of_image_is_refused() -> None:
    with pytest.raises(InputError):
        clean(encoded(Image.new("RGB", (4, 4)), "TIFF"))
