"""The part of the conversation on the landing page."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from posts.composing.box import language_of, writing_box
from posts.models.whose import Reader
from posts.reading import roots, threads
from posts.reading.own import yours
from posts.reading.questions import announced, current_question, texts_of
from werkplaats.gaps import Part, gap
from werkplaats.models import Site

__all__ = ["language_of", "read"]
NEWEST = 3
OWN = "fields", "moment", "via"  # of the writing box: what its writer's device tells, when it was made, who invites


def read(request, site: Site) -> Part:
    """The context of posts/landing.html, and the `questions` that are opened or planned for the programme.

    Two queries, of which the first only after a coordinator changed something; one more for threads that changed, and
    one for who was here before.
    """
    question = current_question(site)
    own: dict[str, Any] = {"yours": draw_yours(request)}
    if question is None:
        nothing = {"questions": announced(site), "question": None, "yours": gap("yours")}
        return Part(None, lambda: nothing, own)
    reader = Reader.of(request)
    found, total = roots.newest_of(question, reader, NEWEST)
    drawn = threads.draw(found, site=site, question=question, reader=reader)
    box = writing_box(request, site, question=question)
    own |= {name: box.pop(name) for name in OWN}
    own |= {f"thread{place}": thread for place, thread in enumerate(drawn)}

    def make() -> dict[str, Any]:
        return {
            "questions": announced(site),
            "question": question,
            "threads": [gap(f"thread{place}") for place in range(len(drawn))],
            "total": total,
            "texts": {"front": texts_of(question, site)["front"]},  # the others move by the clock
            **{name: gap(name) for name in ("yours", *OWN)},
            **box,
        }

    return Part((len(drawn), total, tuple(box.items())), make, own)


def draw_yours(request) -> SafeString:
    """The way to one's own for who wrote before; for strangers a promise, untrue for who is logged in."""
    person = request.user.is_authenticated
    context = {"yours": yours(Reader.of(request)), "promises": not person}
    return mark_safe(render_to_string("posts/yours.html", context))  # noqa: S308  our own template
