"""A headless Chromium, driven over its debugging protocol: enough to load a page, click in it and read it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Page:
    """One page of the browser, and what its console complained of."""

    def __init__(self, address: str) -> None:
        import websocket

        self._socket = websocket.create_connection(address, timeout=60, suppress_origin=True)
        self._number = 0
        self.complaints: list[str] = []
        for domain in ("Runtime", "Log", "Page"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a command and return its answer; what the console says meanwhile is kept."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            self._note(message)
            if message.get("id") == self._number:
                assert "error" not in message, message["error"]
                return message["result"]

    def _note(self, message: dict[str, Any]) -> None:
        told = message.get("params", {})
        match message.get("method"):
            case "Runtime.exceptionThrown":
                details = told["exceptionDetails"]
                self.complaints.append(str(details.get("exception", {}).get("description", details["text"])))
            case "Runtime.consoleAPICalled" if told["type"] == "error":
                self.complaints.append(str([part.get("value") for part in told["args"]]))
            case "Log.entryAdded" if told["entry"]["level"] == "error":
                self.complaints.append(f"{told['entry']['text']} {told['entry'].get('url', '')}")

    def open(self, path: Path) -> None:
        self.ask("Page.navigate", url=path.resolve().as_uri())

    def run(self, script: str) -> Any:
        """Return the value of *script*."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, script: str, seconds: float = 60) -> Any:
        """Return the value of *script* once there is one."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := self.run(script):
                return value
            time.sleep(0.1)
        raise AssertionError(f"never came: {script}; the console said {self.complaints}")

    def click(self, x: float, y: float) -> None:
        """Click with the mouse, as a person would."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = "none" if kind == "mouseMoved" else "left"
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, clickCount=1)


@contextlib.contextmanager
def browser() -> Iterator[Page]:
    """Start Chromium with nothing of anybody's in it, and end it."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        options += ["--remote-debugging-port=0", f"--user-data-dir={folder}", "--window-size=1400,1000", "about:blank"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen([PROGRAM, *options], env={**os.environ, "HOME": folder}, **quiet)
        try:
            page = Page(_address(Path(folder) / "DevToolsActivePort"))
            yield page
            page._socket.close()
        finally:
            process.terminate()
            process.wait(20)


def _address(file: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if file.exists() and (port := re.match(r"\d+", file.read_text())):
            with urllib.request.urlopen(f"http://127.0.0.1:{port[0]}/json/list") as answer:
                pages = [found for found in json.load(answer) if found["type"] == "page"]
            if pages:
                return str(pages[0]["webSocketDebuggerUrl"])
        time.sleep(0.1)
    raise AssertionError("Chromium did not start")
