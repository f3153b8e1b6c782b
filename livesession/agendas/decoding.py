"""From bytes to text: which encoding a file is in, and where it breaks."""

import codecs
import re

from livesession.agendas.findings import MAX_PROBLEMS, Findings
from livesession.domain.text import refused_character

MAX_BYTES = 20_000_000
"""The largest file read; the largest real agenda known to us has 3.4 MB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 before UTF-16: the shorter mark is the beginning of the longer one.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_BINARY = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Excel, Word, OpenDocument (ZIP)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel 97, Word 97"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
)

# C1 controls that Windows-1252 has letters and signs for: nobody types the controls, and software
# that takes one encoding for the other writes them for quotes and dashes.
_WINDOWS_SIGNS = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def decode(content: bytes, findings: Findings, *, encoding: str | None = None) -> str:
    """The text of a file, without its byte order mark.

    The encoding is the given one, or that of the mark, or UTF-16 by where its zeros lie, or
    UTF-8, or else Windows-1252, which is reported. Raises :class:`InputError` with the place of
    the first byte or character that cannot be.
    """
    if len(content) > MAX_BYTES:
        raise findings.stop("agenda-too-large", size=len(content) // 1_000_000 + 1, limit=MAX_BYTES // 1_000_000)
    if not content.strip():
        raise findings.stop("agenda-empty")
    for start, what in _BINARY:
        if content.startswith(start):
            raise findings.stop("agenda-binary", what=what)
    text = _printable(_decoded(content, findings, encoding), findings)
    if not text.strip():
        raise findings.stop("agenda-empty")
    return text


def place_in(text: str, offset: int) -> str:
    """``line 3, column 7`` for an offset from 0."""
    ends = [found.end() for found in _LINE_BREAK.finditer(text, 0, offset)]
    return f"line {len(ends) + 1}, column {offset - (ends[-1] if ends else 0) + 1}"


def _decoded(content: bytes, findings: Findings, encoding: str | None) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark) and (encoding is None or _same(encoding, name)):
            return _strictly(content[len(mark) :], name, findings)
    if encoding is not None:
        return _strictly(content, encoding, findings)
    if (wide := _utf16_without_mark(content)) is not None:
        findings.note("agenda-encoding-taken", encoding=wide.upper())
        return _strictly(content, wide, findings)
    return _utf8_or_windows(content, findings)


def _printable(text: str, findings: Findings) -> str:
    """The text without Windows-1252's signs in the place of controls; other controls are refused."""
    if found := _WINDOWS_SIGNS.findall(text):
        line = place_in(text, text.index(found[0])).partition(",")[0]
        example = f"U+{ord(found[0]):04X} = {_restored(found[0])}"
        findings.note("agenda-controls-taken", line, count=len(found), example=example)
        text = text.translate({ord(sign): _restored(sign) for sign in set(found)})
    if refused_character(text) is not None:
        for number, line in enumerate(_LINE_BREAK.split(text), 1):
            if len(findings.problems) > MAX_PROBLEMS:
                break
            if (bad := refused_character(line)) is not None:
                findings.refuse("agenda-character", f"line {number}, column {bad[0]}", character=bad[1])
        findings.stop_if_refused()
    return text


def _restored(control: str) -> str:
    return control.encode("latin-1").decode("cp1252")


def _same(given: str, name: str) -> bool:
    # "utf-16" leaves the byte order to the mark.
    try:
        given = codecs.lookup(given).name
    except LookupError:
        return False
    return name.startswith(given) or given == name + "-sig"


def _utf16_without_mark(content: bytes) -> str | None:
    """Which UTF-16 it must be: European text then has a zero in every other byte."""
    sample = content[:4096]
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _utf8_or_windows(content: bytes, findings: Findings) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    kept = content.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= char <= "\udcff" for char in kept)
    good = sum(char > "\x7f" for char in kept) - bad
    # In a Windows-1252 text hardly two accented letters together happen to be UTF-8; where
    # most of them are, the file is UTF-8 with damage, and guessing would spoil all accents.
    if good > bad:
        raise _damaged(content, "utf-8", broken, findings)
    text = _strictly(content, "cp1252", findings)
    findings.note("agenda-encoding-taken", encoding="Windows-1252")
    return text


def _strictly(content: bytes, encoding: str, findings: Findings) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(content, encoding, error, findings) from None
    except (LookupError, UnicodeError):
        # No such codec, or one that is for something else than text.
        raise findings.stop("agenda-encoding-unknown", encoding=encoding[:40]) from None


def _damaged(content: bytes, encoding: str, error: UnicodeDecodeError, findings: Findings) -> Exception:
    before = content[: error.start].decode(encoding, "ignore")
    found = " ".join(f"{byte:02X}" for byte in content[error.start : max(error.end, error.start + 1)][:4])
    return findings.stop("agenda-bytes", place_in(before, len(before)), bytes=found, encoding=encoding.upper())
