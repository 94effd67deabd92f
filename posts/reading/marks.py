import functools
import re

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from posts.models.thumbs import Thumb
from posts.reading.nesting import FOLD
from posts.reading.roots import Root

WORDS = {Thumb.Value.UP: "op", Thumb.Value.DOWN: "neer"}


def thumb_tag(pk: int, value: int, pressed: bool = False) -> SafeString:
    """The opening tag of a thumb's button. A pressed one takes the thumb back."""
    word = WORDS[value]
    path = reverse("posts:thumb", args=[pk, "weg" if pressed else word])
    return mark_safe(  # noqa: S308  a number and two words of ours
        f'<button class="thumb" form="act" id="{word}-{pk}" formaction="{path}" hx-post="{path}"'
        f' aria-pressed="{"true" if pressed else "false"}">'
    )


def own_place(pk: int) -> SafeString:
    """Where the links come with which someone changes their own post."""
    return mark_safe(f"<!--{pk}-->")  # noqa: S308  a number


BUTTONS = re.compile(r'<button class="thumb" form="act" id="(op|neer)-([0-9]+)"[^>]*>')
OWN_PLACES = re.compile(r"<!--([0-9]+)-->")


def mark_own(card: str, root: Root) -> str:
    """Puts in the visitor's own thumbs, and the links to change what they wrote; each in one pass over the card."""
    if root.thumbs:
        card = BUTTONS.sub(functools.partial(pressed_if_given, set(root.thumbs)), card)
    if root.own:
        own = set(root.own)
        card = OWN_PLACES.sub(lambda place: own_links(place[1]) if int(place[1]) in own else place[0], card)
    return card


def pressed_if_given(given: set[int], button: re.Match) -> str:
    word, pk = button.groups()
    if (int(pk) if word == WORDS[Thumb.Value.UP] else -int(pk)) not in given:
        return button[0]
    return button[0].replace(f"/{word}/", "/weg/").replace('pressed="false"', 'pressed="true"')


def own_links(pk: str) -> str:
    return own_links_of(ANY_POST).replace(str(ANY_POST), pk)


ANY_POST = 10**17  # a number that no post has


@functools.cache
def own_links_of(pk: int) -> str:
    context = {name: reverse(f"posts:{name}", args=[pk]) for name in ("edit", "withdraw")}
    return render_to_string("posts/thread.html#own", context | {"icons": static("img/icons.svg")})


FOLDS = re.compile(f"{FOLD}|</details>")


def highlight(card: str, target: int | None) -> str:
    """Marks the post that a link points to, and opens the folds around it."""
    place = f'<article id="bijdrage-{target}" tabindex="-1" class="post'
    if target is None or place not in card:
        return card
    around = []
    for found in FOLDS.finditer(card, 0, card.index(place)):
        if found[0] == FOLD:
            around.append(found.end())
        else:
            around.pop()
    for end in reversed(around):
        card = f"{card[: end - 1]} open{card[end - 1 :]}"
    return card.replace(
        place, f'<article id="bijdrage-{target}" tabindex="-1" data-focus class="post is-target', 1
    )
