"""What an SVG would cost to draw: a small file may ask for billions of shapes, and every reader's browser draws it."""

import base64
import io
import re
from collections.abc import Iterator

from lxml import etree
from PIL import Image

MAX_SHAPES = 20_000
"""Shapes with every reuse counted: the coats of arms that were tried have some hundreds."""

MAX_DEPTH = 100
"""Parts within parts, by reuse too."""

MAX_RATIO = 20
"""Of the longer edge to the shorter."""

MAX_PIXELS = 4_000_000
"""Of all pictures inside."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_NAMED = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)")
_COLOURS = frozenset({f"{_SVG}linearGradient", f"{_SVG}radialGradient"})


def is_bearable(root: "etree._Element") -> bool:
    """Whether it can be drawn at once, here and on a reader's phone. False too where it names itself in itself."""
    named = {str(node.get("id")): node for node in root.iter() if node.get("id")}
    return _is_shaped(root) and _are_small(root) and _are_colours(root, named) and _shapes(root, named) <= MAX_SHAPES


def _is_shaped(root: "etree._Element") -> bool:
    edges = [_number(text) for text in str(root.get("viewBox", "")).replace(",", " ").split()][2:]
    sizes = [edges] if edges else []
    if root.get("width") and root.get("height") and "%" not in f"{root.get('width')}{root.get('height')}":
        sizes.append([_number(str(root.get("width"))), _number(str(root.get("height")))])
    return bool(sizes) and all(
        len(size) == 2 and min(size) > 0 and max(size) <= MAX_RATIO * min(size) and max(size) < 1e6 for size in sizes
    )


def _number(text: str) -> float:
    found = _NUMBER.match(text)
    return float(found[1]) if found else 0


def _are_small(root: "etree._Element") -> bool:
    pixels = 0
    for node in root.iter(f"{_SVG}image"):
        for name in _HREF:
            _, _, data = str(node.get(name, "")).partition("base64,")
            try:
                with Image.open(io.BytesIO(base64.b64decode(data)), formats=("PNG", "JPEG")) as opened:
                    pixels += opened.width * opened.height
            except (OSError, ValueError):
                # No picture: it is not drawn either.
                continue
    return pixels <= MAX_PIXELS


def _are_colours(root: "etree._Element", named: "dict[str, etree._Element]") -> bool:
    """A style sheet may stand for any shape: what it names is counted nowhere, so that it may be gradients only."""
    text = "".join(node.text or "" for node in root.iter(f"{_SVG}style"))
    return all(name in named and named[name].tag in _COLOURS for name in _NAMED.findall(text))


def _references(node: "etree._Element") -> Iterator[str]:
    for name, value in node.attrib.items():
        if name in _HREF and str(value).strip().startswith("#"):
            yield str(value).strip()[1:]
        else:
            yield from _NAMED.findall(str(value))


def _shapes(root: "etree._Element", named: "dict[str, etree._Element]") -> int:
    """How many shapes it comes to; more than allowed where something is part of itself."""
    known: dict[etree._Element, int] = {}
    below: set[etree._Element] = set()

    def count(node: "etree._Element") -> int:
        if node in below or len(below) > MAX_DEPTH:
            return MAX_SHAPES + 1
        if node not in known:
            below.add(node)
            parts = [*node, *(named[name] for name in _references(node) if name in named)]
            known[node] = min(1 + sum(count(part) for part in parts), MAX_SHAPES + 1)
            below.discard(node)
        return known[node]

    return count(root)
