"""Prints a page with WebKitGTK; the PDF goes to stdout. In millimetres: webkit_print.py ADDRESS WIDTH HEIGHT MARGIN

For Debian's own Python, with its packages python3-gi and gir1.2-webkit2-4.1: WebDriver cannot print in WebKit.
"""

import sys
import tempfile
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2

SETTLED, PATIENCE = 900, 20_000  # milliseconds


def print_page(address: str, width: float, height: float, margin: float) -> bytes:
    window, view = Gtk.Window(), WebKit2.WebView()
    window.set_default_size(1366, 768)
    window.add(view)
    window.show_all()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.pdf"

        def go() -> None:
            settings, page = Gtk.PrintSettings(), Gtk.PageSetup()
            settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, file.as_uri())
            settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
            settings.set_printer("Print to File")
            page.set_paper_size(Gtk.PaperSize.new_custom("sheet", "sheet", width, height, Gtk.Unit.MM))
            for side in (page.set_top_margin, page.set_bottom_margin, page.set_left_margin, page.set_right_margin):
                side(margin, Gtk.Unit.MM)
            operation = WebKit2.PrintOperation.new(view)
            operation.set_print_settings(settings)
            operation.set_page_setup(page)
            operation.connect("finished", lambda *_: Gtk.main_quit())
            operation.print_()

        def loaded(_view, event) -> None:
            if event == WebKit2.LoadEvent.FINISHED:
                GLib.timeout_add(SETTLED, go)

        view.connect("load-changed", loaded)
        GLib.timeout_add(PATIENCE, Gtk.main_quit)
        view.load_uri(address)
        Gtk.main()
        return file.read_bytes()


if __name__ == "__main__":
    sys.stdout.buffer.write(print_page(sys.argv[1], *map(float, sys.argv[2:])))
