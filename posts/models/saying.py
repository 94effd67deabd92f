"""What a post says, of what its writer may change, and what it says that under: each in a mark that is another one as
soon as any of it is.
"""

from collections.abc import Iterable
from typing import Any

from posts.models.translations import Translation
from werkplaats import versions

SAID = ("text", "name", "role_id", "werkgebied_id", "meeting", "meeting_size")


def answers_somebody(parent: Any) -> bool:
    """Whether words are an answer to a contribution, which holds as long as that can be read."""
    return parent is not None and parent.is_public


def told_by(question: Any, translation: dict | None) -> tuple[str, ...]:
    """In what words a question is told beside its own: those of a translation, or else its easy line."""
    return tuple(translation[name] for name in Translation.WORDS) if translation else (question.easy,)


def asked_by(question: Any, parent: Any, translation: dict | None) -> tuple[str, ...]:
    """What words are an answer to: those of a contribution with what a moderator made of them in Dutch, or else those
    in which the question is told.
    """
    if answers_somebody(parent):
        return question.words, parent.text, parent.shown_rendering
    return question.words, "", *told_by(question, translation)


def under(question: Any, parent: Any = None, translation: dict | None = None) -> str:
    """For a box, in the field `werkplaats.versions.MARK`: what its page asked."""
    return versions.mark_of(*asked_by(question, parent, translation))


def named_under(posts: Iterable[Any]) -> str:
    """As `versions.named`, for who says that they wrote these: with what no version of theirs tells."""
    return " ".join(f"{versions.named([post])}.{state_beside(post)}" for post in posts)


def state_beside(post: Any) -> int:
    """For who makes a post their own: what it is said under, and how the site calls their role and werkgebied by now.

    No query if it came with these.
    """
    return versions.state_of(state_under(post), *(str(name or "") for name in (post.role, post.werkgebied)))


def state_under(post: Any) -> int:
    """Of a post; one query less if it came `with_translation`."""
    return versions.state_of(*asked_by(post.question, post.parent, translation_of(post)))


def translation_of(post: Any) -> dict | None:
    """That of its question into the language in which it was written, where that stands beside it."""
    if "translation" in vars(post) or answers_somebody(post.parent):
        return vars(post).get("translation")
    return Translation.objects.filter(question=post.question_id, lang=post.lang).values(*Translation.WORDS).first()


def mark_of(post: Any) -> str:
    """For the page that changes it. Its version says more: also what a moderator writes in Dutch raises that."""
    return versions.mark_of(*(getattr(post, name) for name in SAID))
