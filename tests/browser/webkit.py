"""WebKitGTK, which is what iPhones read with but for the system around it, on a screen that nobody sees."""

import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from selenium.webdriver import WebKitGTK
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

Answer = TypeVar("Answer")

DRIVER, SCREEN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
SECONDS = 20.0
"""What a busy machine may take for anything."""


class Window:
    """One window of the browser. Every wait is for something, and none is for ever."""

    def __init__(self, driver: WebKitGTK) -> None:
        self.driver = driver
        driver.set_page_load_timeout(SECONDS)
        driver.set_script_timeout(SECONDS)

    def open(self, address: str) -> None:
        self.driver.get(address)

    def ask(self, script: str, *arguments: object, kind: type[Answer]) -> Answer:
        """What an expression in the page comes to."""
        answer = self.driver.execute_script(f"return {script}", *arguments)
        assert isinstance(answer, kind), answer
        return answer

    def number(self, script: str) -> float:
        """What an expression comes to that is a number; a whole one is none of Python's floats."""
        return float(self.ask(f"String({script})", kind=str))

    def until(self, look: Callable[[], Answer]) -> Answer:
        """Wait for an answer that is true."""
        return WebDriverWait(self.driver, SECONDS, 0.1).until(lambda _: look())

    def shows(self, selector: str, text: str) -> None:
        """Wait for an element of the page, or of its widget, that shows just this text."""
        self.until(lambda: self.texts(selector)[:1] == [text])

    def texts(self, selector: str) -> list[str]:
        """The texts of the elements, in the widget's shadow where there is one."""
        found = self.ask(
            f"[...{_ROOT}.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())", selector, kind=list
        )
        return [" ".join(text.split()) for text in found]

    def element(self, selector: str) -> WebElement:
        return self.ask(f"{_ROOT}.querySelector(arguments[0])", selector, kind=WebElement)


_ROOT = '(document.querySelector("live-session")?.shadowRoot ?? document)'


@contextmanager
def webkit() -> Iterator[Window]:
    """The browser, as wide as a tablet. Ask before whether ``DRIVER`` and ``SCREEN`` are there."""
    assert DRIVER is not None
    assert SCREEN is not None
    read, write = os.pipe()
    with subprocess.Popen(
        [SCREEN, "-displayfd", str(write), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    ) as screen:  # fmt: skip
        try:
            os.close(write)
            with os.fdopen(read) as told:
                display = told.readline().strip()
            yield from _on(display)
        finally:
            screen.terminate()


def _on(display: str) -> Iterator[Window]:
    # Its sandbox wants namespaces that a container may not make; nothing but our own pages is opened.
    given = {
        "DISPLAY": f":{display}",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
        "NO_AT_BRIDGE": "1",
    }
    options = Options()
    options.binary_location = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
    options.add_argument("--automation")
    with warnings.catch_warnings():
        # Of Selenium's own driver for this browser, about how it makes its connection.
        warnings.filterwarnings("ignore", "setting remote_server_addr", DeprecationWarning)
        driver = WebKitGTK(options=options, service=Service(DRIVER, env={**os.environ, **given}))
    try:
        yield Window(driver)
    finally:
        driver.quit()
