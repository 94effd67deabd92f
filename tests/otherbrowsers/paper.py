"""What comes out of the printer: how many sheets, and that none is empty."""

from tests.otherbrowsers.window import Failed, Window

A4 = (210, 297)


def sheets(page: Window, path: str, *paper: float) -> list[float]:
    """How far down each sheet something stands; an empty one is a fault."""
    found = page.sheets(path, *paper)
    if empty := [number for number, down in enumerate(found, start=1) if not down]:
        raise Failed(f"{path} prints {len(found)} sheets, of which {empty} are empty")
    return found


def expect(found: list[float], count: int, path: str) -> None:
    if len(found) != count:
        raise Failed(f"{path} prints {len(found)} sheets instead of {count}")


def talk_card(page: Window) -> None:
    path = "/vragen/de-eerste-vraag/praatkaart/"
    expect(sheets(page, path, 148, 210, 12), 1, path)


def invitation(page: Window) -> None:
    path = "/cafes/onze-themas/uitnodiging/"
    expect(sheets(page, path, *A4, 0), 2, path)


def read_aloud(page: Window) -> None:
    path = "/vragen/gehoord-op-school/wat-we-hoorden/voorlezen/"
    expect(sheets(page, path, *A4, 16), 1, path)


def question(page: Window) -> None:
    """No heading stands alone on a sheet."""
    path = "/denk-praat-doe-mee/"
    if (down := sheets(page, path, *A4, 16)[0]) < 0.6:
        raise Failed(f"the first sheet of {path} ends at {down:.0%}: what belongs to its heading is on the next one")


WAYS = {
    "praatkaart on paper": talk_card,
    "invitation on paper": invitation,
    "A4 to read aloud": read_aloud,
    "question on paper": question,
}
