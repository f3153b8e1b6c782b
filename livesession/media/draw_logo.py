"""Draws an SVG in a process of its own: what hangs, fills the memory or breaks the library ends there alone."""

import subprocess
import sys

SECONDS = 8
"""What a drawing may take. A coat of arms takes a tenth of one."""

MEMORY = 1 << 30
"""Bytes of the process."""


def png_of(svg: bytes, width: int) -> bytes:
    """The picture of a cleaned SVG, ``width`` pixels wide. Blocks. Raises ValueError where it is not drawn in time."""
    command = (sys.executable, "-m", "livesession.media.draw_logo", str(width))
    try:
        done = subprocess.run(command, input=svg, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 - ours
    except subprocess.SubprocessError:
        raise ValueError("svg") from None
    return done.stdout


def main() -> None:
    """Standard input to standard output."""
    # Only in the process of its own: the server needs neither.
    import resource  # noqa: PLC0415 - see the line above

    import resvg_py  # noqa: PLC0415 - see the line above

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    text = sys.stdin.buffer.read().decode("utf-8")
    made = resvg_py.svg_to_bytes(svg_string=text, width=int(sys.argv[1]), skip_system_fonts=True)
    sys.stdout.buffer.write(bytes(made))


if __name__ == "__main__":
    main()
