"""What is wrong with a page, as axe and a few rules of our own see it."""

from pathlib import Path

AXE = (Path(__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What may be another at another width; and in the dark, where only the colours are.
PLACES = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "button-name"]
PLACES += ["link-name", "label", "aria-hidden-focus"]
COLOURS = ["color-contrast", "link-in-text-block"]
# `mute`: WebKit takes for no list what has no item with a marker of its own; Safari with VoiceOver calls it one only
# with `role="list"`. A list for finding one's way is called one by what it stands in.
JUDGE = """async rules => {
  const mute = list => list.checkVisibility() && list.children.length && !list.hasAttribute("role")
    && !list.closest("nav, #changelist-filter, .breadcrumbs, .errorlist, .messagelist, .object-tools")
    && [...list.children].every(item => getComputedStyle(item).listStyleType === "none"
      && getComputedStyle(item, "::before").content === "none");
  // A change of colour scheme may fade in, and half of a fade is no contrast. What is taken away meanwhile never ends.
  await Promise.allSettled(document.getAnimations().map(animation => animation.finished));
  // Taking every style sheet in again serves one rule, about turned phones, which test_static.py holds. It would also
  // put styles in the page where a sheet imports others, which the content security policy forbids.
  // The mail inside the page of the Postvak is judged on its own.
  const options = {runOnly: rules, resultTypes: ["violations"], preload: false, iframes: false};
  // A bar that sticks to the foot lies over what scrolls under it: at which height of a page is chance.
  const bar = document.querySelector(".phone-nav");
  bar?.style.setProperty("position", "static");
  const {violations} = await axe.run(document, options);
  bar?.style.removeProperty("position");
  const places = nodes => nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ");
  const faults = violations.map(({id, nodes}) => `${id}: ${places(nodes)}`);
  const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push(`${wide} px wider than the screen`);
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) faults.push(`${headings} h1 headings`);
  if (!document.title.trim()) faults.push("no title");
  for (const list of document.querySelectorAll("ul, ol"))
    if (mute(list)) faults.push(`not called a list: ${list.parentElement.className} > ${list.className}`);
  return faults;
}"""


def sized(page, width: int, height: int) -> None:
    """Makes the page so large, and has it drawn: on a busy machine a width is told before the page was laid out for it.

    Where a fault would be looked at a second time anyway, `set_viewport_size` is quicker.
    """
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(clip={"x": 0, "y": 0, "width": 1, "height": 1})


def judged(page):
    """The page, which from now on loads axe with all that it opens: sending it again and again takes longer."""
    page.add_init_script(AXE)
    return page


def faults_of(page, views, *, all_rules: bool = False) -> list[str]:
    """What is wrong with the page that is open, in words, at each (width in CSS pixels, dark or not).

    In the dark of a width that was judged only the colours are others. Elements are the same at every width: unless
    `all_rules`, later widths are judged for what depends on the drawing.
    The page must have loaded axe: see `judged`.
    """
    faults, seen = [], set()
    page.wait_for_load_state()  # what was waited for may stand there before the last style sheet does
    for width, dark in views:
        page.set_viewport_size({"width": width, "height": 844 if width < 800 else 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        where = f"{page.url} at {width} px {'dark' if dark else 'light'}"
        # A mail stands inside the page of a mail program: landmarks are not its own.
        tags = RULES[:-1] if page.url.endswith("/opgemaakt/") else RULES
        rules = {"type": "tag", "values": tags}
        if width in seen:
            rules = {"type": "rule", "values": COLOURS}
        elif seen and not all_rules:
            rules = {"type": "rule", "values": PLACES}
        seen.add(width)
        faults += [f"{where}: {fault}" for fault in page.evaluate(JUDGE, rules)]
    return faults
