"""The part of the conversation on the landing page."""

from django.urls import reverse
from django.utils.text import Truncator

from posts.composing.box import writing_box
from posts.models import A_PUPIL, Post
from posts.models.languages import spoken
from posts.reading.questions import announced, current_question
from werkplaats.models import Site

NEWEST = 3
LENGTH = 40  # words


def read(request, site: Site) -> dict:
    """The context of posts/landing.html, and the `questions` that are opened or planned for the programme.

    Two queries, of which the first only after a coordinator changed something.
    """
    question = current_question(site)
    context = {"questions": announced(site), "question": question}
    if question is None:
        return context
    shown = Post.objects.readable().filter(question=question, parent=None)
    rows = shown.order_by("-created_at", "-pk").values("pk", "text", "lang", "name", "role__name", "created_at")
    newest = [
        {
            **row,
            "role__name": "" if row["name"] == A_PUPIL else row["role__name"],
            "bubble": row["pk"] % 10,
            "spoken": spoken(row["lang"], row["text"]),
            "place": f"{reverse('posts:post', args=[row['pk']])}#bijdrage-{row['pk']}",
            "begin": Truncator(row["text"]).words(LENGTH, truncate="…"),
        }
        for row in rows[:NEWEST]
    ]
    return {**context, "newest": newest, **writing_box(request, site, question=question)}
