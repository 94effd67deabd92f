"""The second step, in the place of the box or on a page of its own: who wrote the text that was kept?"""

from typing import NamedTuple

from django.urls import reverse

from posts.actions import moderating
from posts.composing.box import render_fields, sender_form
from posts.forms import SenderForm
from posts.models import Hold, Post
from posts.models.holds import told
from posts.models.saying import answers_somebody, under
from posts.reading.questions import in_other_words, question_of
from posts.screening import strangers
from werkplaats.invited import via
from werkplaats.models import Site, User
from werkplaats.site.context import site_of
from werkplaats.web import htmx


class Promise(NamedTuple):
    """What becomes of the post after this step. `held` says why a moderator reads it, whoever wrote it.

    Else `at_once`: it is public then; or else it depends on an address.
    """

    held: str = ""
    at_once: bool = False


def address(post: Post, *, meeting: bool = False) -> str:
    return reverse("posts:sender", args=[post.pk]) + ("?overleg" if meeting else "")


def show(request, post: Post, form: SenderForm | None = None, *, meeting: bool = False, status: int = 200):
    """The step; with its fields for a `meeting` open. htmx puts it where the box was; a reload then shows its page, but
    for an answer the thread again.
    """
    form = form or sender_form(request, meeting=meeting)
    promised = promise(post, User.objects.proven(request.user), site_of(request).soon)
    if promised.held:
        form.address_speeds_nothing(is_mailed=post.held_for != Hold.HURRIED)
    context = {"post": post, "question": post.question, "promise": promised, **asked(post, site_of(request))}
    context |= {"form": form, "fields": render_fields(form), "via": via.field(request)}
    response = htmx.respond(request, "posts/sender.html", "step", context, status=status)
    if htmx.wants_fragment(request) and not post.parent_id:
        response.headers["HX-Replace-Url"] = via.along(request, address(post, meeting=form.for_meeting))
    return response


def asked(post: Post, site: Site) -> dict[str, str]:
    """What a form about a post says that it is an answer to: `told` and `under`; and `readers`, who will read it."""
    words = in_other_words(question_of(post, site), site, post.language)
    if answers_somebody(post.parent):
        return {"under": under(post.question, post.parent), "readers": words["readers"]}
    return {name: words[name] for name in ("under", "readers", "told")}


def promise(post: Post, by: User | None, soon: str) -> Promise:
    """For anyone but a pupil, whose words always wait: the page says so when that role is chosen.

    `soon` is `Site.soon`.
    """
    if why := hold_of(post, by):
        return Promise(held=told(why, False, soon))
    if by and moderating.has_record(by):
        return Promise(held=told(Hold.RECORD, False, soon))
    return Promise(at_once=bool(by))


def hold_of(post: Post, by: User | None) -> str:
    """Why its text waits: a link is no reason any more when its writer logged in since."""
    return "" if by and post.held_for == Hold.LINKS else post.held_for


def hold_for(post: Post, form: SenderForm, by: User | None) -> str:
    """Why the whole waits, with what the second step added. Valid forms only."""
    return hold_of(post, by) or strangers.hold_for(form, by)
