"""What a form of the back office sends when somebody opens it and presses the button, hidden fields and all."""

from html.parser import HTMLParser


class Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.select = self.area = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name, value = attrs.get("name"), attrs.get("value") or ""
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in attrs:
            self.add(self.select, value)
        elif tag == "textarea" and name:
            self.area, self.text = name, ""
        elif tag == "input" and name:
            self.add_input(name, attrs.get("type"), attrs)

    def add_input(self, name, kind, attrs):
        is_sent = "checked" in attrs if kind in ("checkbox", "radio") else kind not in ("submit", "button", "file")
        if is_sent:
            self.add(name, attrs.get("value") or ("on" if kind == "checkbox" else ""))

    def handle_data(self, data):
        if self.area:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea" and self.area:
            self.add(self.area, self.text.removeprefix("\r\n").removeprefix("\n"))
            self.area = None

    def add(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


def shown_again(page) -> dict[str, list[str]]:
    """The fields of a form that came back with something wrong."""
    start = page.text.index('_form"')
    fields = Fields()
    fields.feed(page.text[start : page.text.index("</form>", start)])
    return fields.sent | {"_save": ["Opslaan"]}


def shown_form(client, url: str) -> dict[str, list[str]]:
    """The fields of the form on this page of the admin."""
    page = client.get(url).text
    name = client.get(url).context["opts"].model_name
    start = page.index(f'id="{name}_form"')
    fields = Fields()
    fields.feed(page[start : page.index("</form>", start)])
    return fields.sent | {"_save": ["Opslaan"]}
