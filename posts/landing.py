"""The part of the conversation on the landing page."""

from typing import Any

from posts.composing.box import writing_box
from posts.reading import roots, threads
from posts.reading.questions import announced, current_question, texts_of
from werkplaats.gaps import Part, gap
from werkplaats.models import Site

NEWEST = 3
OWN = "fields", "moment"  # of the writing box: what its writer's device tells, and when it was made


def read(request, site: Site) -> Part:
    """The context of posts/landing.html, and the `questions` that are opened or planned for the programme.

    Two queries, of which the first only after a coordinator changed something; one more for threads that changed.
    """
    question = current_question(site)
    if question is None:
        return Part(None, lambda: {"questions": announced(site), "question": None}, {})
    found, total = roots.newest_of(question, request.visitor_id, NEWEST)
    drawn = threads.draw(found, site=site, question=question, visitor_id=request.visitor_id)
    box = writing_box(request, site)
    own = {name: box.pop(name) for name in OWN}
    own |= {f"thread{place}": thread for place, thread in enumerate(drawn)}

    def make() -> dict[str, Any]:
        return {
            "questions": announced(site),
            "question": question,
            "threads": [gap(f"thread{place}") for place in range(len(drawn))],
            "total": total,
            "texts": {"front": texts_of(question, site)["front"]},  # the others move by the clock
            **{name: gap(name) for name in OWN},
            **box,
        }

    return Part((len(drawn), total, tuple(box.items())), make, own)
