"""Speaks WebDriver with Firefox and with WebKitGTK, with nothing but Python and what Debian has.

Firefox takes its commands by a socket of its own (Marionette; geckodriver does no more than pass them on), WebKit by
HTTP.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how WebDriver names an element
STARTS, ANSWERS = 30, 30  # seconds that a browser may take
MINI = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
# The bar above a page in WebKit's window takes no room: else that would be wider than a phone.
SMALL = "* { min-width: 0; margin: 0; padding: 0; font-size: 1px; -gtk-icon-transform: scale(0); }"
# What both are asked, and how each is.
COMMANDS = {
    "go": ("WebDriver:Navigate", "POST", "url"),
    "back": ("WebDriver:Back", "POST", "back"),
    "run": ("WebDriver:ExecuteScript", "POST", "execute/sync"),
    "click": ("WebDriver:ElementClick", "POST", "element/{id}/click"),
    "type": ("WebDriver:ElementSendKeys", "POST", "element/{id}/value"),
    "clear": ("WebDriver:ElementClear", "POST", "element/{id}/clear"),
    "act": ("WebDriver:PerformActions", "POST", "actions"),
    "shot": ("WebDriver:TakeScreenshot", "GET", "screenshot"),
    "print": ("WebDriver:Print", "POST", "print"),
    "measure": ("WebDriver:GetWindowRect", "GET", "window/rect"),
    "resize": ("WebDriver:SetWindowRect", "POST", "window/rect"),
}
PREFERENCES = {
    "marionette.port": 0,
    "intl.accept_languages": "nl",
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "signon.rememberSignons": False,
}


class Refused(Exception):
    """What a browser answered to a command that it did not do."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def started(reach):
    """What `reach` returns, once the program listens."""
    end = time.monotonic() + STARTS
    while True:
        try:
            return reach()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


class Firefox:
    prints = True

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        port = free_port()
        chosen = PREFERENCES | {"marionette.port": port}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items()]
        Path(self.folder.name, "user.js").write_text("".join(lines))
        command = [shutil.which("firefox-esr") or "firefox", "-headless", "-no-remote", "-marionette"]
        command += ["-remote-allow-system-access", "-profile", self.folder.name]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.socket = started(lambda: socket.create_connection(("127.0.0.1", port), timeout=ANSWERS))
        self.file, self.number = self.socket.makefile("rb"), 0
        self.read()  # who it is
        self.send("WebDriver:NewSession", {})

    def read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            if not (byte := self.file.read(1)):
                raise Refused("Firefox is gone")
            length += byte
        return json.loads(self.file.read(int(length[:-1])))

    def send(self, command: str, given: dict) -> Any:
        self.number += 1
        message = json.dumps([0, self.number, command, given]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        try:
            _, _, error, result = self.read()
        except TimeoutError:
            raise Refused(f"no answer in {ANSWERS} seconds to {command}") from None
        if error:
            raise Refused(f"{error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and result.keys() == {"value"} else result

    def ask(self, name: str, **given) -> Any:
        return self.send(COMMANDS[name][0], given)

    def fit(self, width: int, height: int) -> None:
        """A window of Firefox is never as narrow as a phone; the page in it may be."""
        self.send("Marionette:SetContext", {"value": "chrome"})
        size = "const {style} = gBrowser.selectedBrowser; [style.width, style.height] = arguments;"
        self.ask("run", script=size + " style.minWidth = '0'; style.flex = 'none';", args=[f"{width}px", f"{height}px"])
        self.send("Marionette:SetContext", {"value": "content"})

    def close(self) -> None:
        with contextlib.suppress(OSError, Refused):
            self.send("Marionette:Quit", {"flags": ["eForceQuit"]})
        end_program(self.process)
        self.socket.close()
        self.folder.cleanup()


class WebKit:
    prints = False

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        looks = Path(self.folder.name, "gtk-3.0/gtk.css")
        looks.parent.mkdir()
        looks.write_text(SMALL)
        port = free_port()
        command = ["WebKitWebDriver", f"--port={port}"]
        env = os.environ | {"XDG_CONFIG_HOME": self.folder.name}
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        self.address = f"http://127.0.0.1:{port}/session"
        browser = {"webkitgtk:browserOptions": {"binary": MINI, "args": ["--automation"]}}
        session = started(lambda: self.send("POST", "", {"capabilities": {"alwaysMatch": browser}}))
        self.address += f"/{session['sessionId']}"

    def send(self, method: str, path: str, given: dict) -> Any:
        body = json.dumps(given).encode() if method == "POST" else None
        asked = urllib.request.Request(f"{self.address}/{path}".rstrip("/"), body, method=method)  # to ourselves
        try:
            with urllib.request.urlopen(asked, timeout=ANSWERS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise Refused(f"{value['error']}: {value['message']}") from None
        except TimeoutError:
            raise Refused(f"no answer in {ANSWERS} seconds to {path}") from None

    def ask(self, name: str, **given) -> Any:
        _, method, path = COMMANDS[name]
        return self.send(method, path.format(**given) if "{" in path else path, given)

    def fit(self, width: int, height: int) -> None:
        for _ in range(4):
            inner = dict(zip(("width", "height"), self.ask("run", script="return [innerWidth, innerHeight]", args=[])))
            if inner == {"width": width, "height": height}:
                return
            outer = self.ask("measure")
            wanted = {"width": width, "height": height}
            self.ask("resize", **{name: outer[name] + wanted[name] - inner[name] for name in wanted})
            time.sleep(0.5)

    def close(self) -> None:
        with contextlib.suppress(OSError, Refused):
            self.send("DELETE", "", {})
        end_program(self.process)
        self.folder.cleanup()


def end_program(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
