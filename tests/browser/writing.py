"""Writing as people do: the words, then who they are."""

from playwright.sync_api import expect


def send(box, text: str, label: str = "Jouw") -> None:
    """The first step, in this box."""
    box.get_by_label(label).fill(text)
    box.get_by_role("button", name="Verstuur").first.click()


def sign(page, *, role: str = "ouder", address: str = "", remember: bool = False) -> None:
    """The second step, which came in the place of the box or as a page."""
    step = page.locator(".step")
    expect(step.get_by_text("is bewaard.")).to_be_visible()
    step.get_by_label("Je naam").fill("Fatima")
    step.get_by_label("Je rol").select_option(role)
    if address:
        step.get_by_label("Je e-mailadres").fill(address)
    if remember:
        step.get_by_label("Onthoud mij op dit apparaat").check()
    step.get_by_role("button", name="Klaar").first.click()
    expect(step).to_have_count(0)


def write(page, text: str, **who) -> None:
    """Both, in the box of the page."""
    send(page.locator("form[data-draft]").first, text)
    sign(page, **who)
