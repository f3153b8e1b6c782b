"""The ``<iframe>`` that sets a sitting into a page of somebody else's."""

from markupsafe import Markup

FRAME_WIDTH, FRAME_HEIGHT = 640, 720
"""Pixels a frame has where its style does not count, and, in height, until it has told its own."""


def frame(source: str, title: str, *, width: int | None = None, height: int = FRAME_HEIGHT) -> Markup:
    """The tag: as wide as its column, at most ``width`` pixels where the host said so; without a browser's own border.

    A block, for the layouts of content management systems centre blocks only; ``width`` and ``height`` also as
    attributes, which hold where a content security policy stops styles.
    """
    most = "" if width is None else f" max-width: {width}px;"
    return Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' style="display: block; width: 100%;{} border: 0"></iframe>'
    ).format(source, title, width or FRAME_WIDTH, height, most)
