"""The part of the conversation on the landing page."""

from posts.composing.box import writing_box
from posts.reading import roots, threads
from posts.reading.own import yours
from posts.reading.questions import announced, current_question, texts_of
from werkplaats.models import Site

NEWEST = 3


def read(request, site: Site) -> dict:
    """The context of posts/landing.html, and the `questions` that are opened or planned for the programme.

    Two queries, of which the first only after a coordinator changed something; one more for threads that changed, and
    one for who was here before.
    """
    question = current_question(site)
    user_id = request.user.pk if request.user.is_authenticated else None
    context = {"questions": announced(site), "question": question, "yours": yours(request.visitor_id, user_id)}
    if question is None:
        return context
    found, total = roots.newest_of(question, request.visitor_id, NEWEST)
    drawn = threads.draw(found, site=site, question=question, visitor_id=request.visitor_id)
    return {
        **context,
        "threads": drawn,
        "total": total,
        "texts": texts_of(question, site),
        **writing_box(request, site, question=question),
    }
