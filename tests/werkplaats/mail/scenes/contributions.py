"""What happens to contributions and answers, and what moderators hear."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from posts import tasks as posts_tasks
from posts.actions import answers, helping, moderating, reporting
from posts.models import Post, Report
from tests.events import mailing
from tests.helpers import factories
from tests.helpers.shown import as_read
from tests.posts.helpers import helper
from tests.werkplaats.mail.scenes.typed import NAMES, QUESTION, WORDS, Told, World, address
from werkplaats import tasks
from werkplaats.models import User
from werkplaats.web import programs
from werkplaats.words import excerpt, number


def question(**fields):
    made = factories.question(text=QUESTION, title="De vraag van d'Hont & Bo", **fields)
    made.full_clean()
    return made


def proven() -> User:
    return User.objects.confirmed(address())


def contribution(*, author: User | None = None, **fields) -> Post:
    by = {"author": author, "email": author.email} if author else {}
    return factories.post(**{"question": question(), "text": WORDS, "name": next(NAMES), **by, **fields})


def conversation(post: Post, **more: str) -> Told:
    return {"to": post.email, "question": post.question.text, "root": str(post.root_id), **more}


def asked_to_confirm(*, has_record: bool) -> Callable[[World], Told]:
    """A stranger typed the address; what who has it says yes to waits if a moderator removed something of theirs."""

    def make(world: World) -> Told:
        author = proven()
        if has_record:
            moderating.remove(
                [post := contribution(author=author)], world.by, "De bijdrage is kwetsend voor iemand.", as_read(post)
            )
            mailing.forget()
        where = question()
        sent = {"text": WORDS, "name": next(NAMES), "role": factories.role().pk, "moment": programs.moment(ago=10)}
        Client().post(f"/vragen/{where.slug}/bijdragen/", {**sent, "email": author.email})
        return conversation(Post.objects.get(question=where))

    return make


def approved(world: World) -> Told:
    """To who asked for it and proved nothing: it has no link to switch it off."""
    post = contribution(published=False, email=address(), asked_at=timezone.now())
    moderating.approve([post], world.by, {post.pk: post.version})
    return conversation(post)


def approved_of_an_author(world: World) -> Told:
    post = contribution(published=False, author=proven())
    moderating.approve([post], world.by, {post.pk: post.version})
    return conversation(post)


def removed(*, is_open: bool) -> Callable[[World], Told]:
    def make(world: World) -> Told:
        post = contribution(author=proven())
        if not is_open:
            factories.question()  # the next one
        moderating.remove([post], world.by, "Er staat iets in over d'Hont & Bo, en dat hoort hier niet.", as_read(post))
        return conversation(post)

    return make


def rejected_with_others(world: World) -> Told:
    author, where = proven(), question()
    posts = [contribution(author=author, question=where, published=False) for _ in range(3)]
    moderating.reject(posts, world.by, "De bijdrage is kwetsend voor iemand.", as_read(*posts))
    return conversation(posts[-1])


def held(world: World) -> Told:
    post = contribution(author=proven())
    reporting.report(post, factories.known_visitor(), "one-child", "Sem d'Hont")
    return conversation(post)


def returned(world: World) -> Told:
    made = held(world)
    mailing.forget()
    reporting.bring_back(timezone.now() + timedelta(days=5))
    return made


def answered(times: int, **fields) -> Callable[[World], Told]:
    def make(world: World) -> Told:
        root = contribution(author=proven())
        said = [contribution(**{"question": None, "parent": root, **fields}) for _ in range(times)]
        answers.became_public(said)
        return conversation(root, name=said[0].name, start=excerpt(QUESTION, 60))

    return make


# What moderators hear


def summed_up(world: World) -> Told:
    contribution(published=False)
    seven = timezone.localtime().replace(hour=7, minute=0, second=0)
    posts_tasks.morning_summary.func(int(seven.timestamp()))
    return {"to": world.by.email}


def told_of_a_child(*, vetted: bool) -> Callable[[World], Told]:
    """Hidden by it, or read by a moderator before, so that everyone still sees it."""

    def make(world: World) -> Told:
        post = contribution(vetted_at=timezone.now() if vetted else None)
        reporting.report(post, factories.known_visitor(), "one-child", "Sem d'Hont")
        return {"to": world.by.email}

    return make


def told_of_a_child_in_a_wensbeeld(world: World) -> Told:
    factories.wensbeeld().report(factories.known_visitor(), "one-child", "Sem d'Hont")
    return {"to": world.by.email}


def told_of_reports(world: World) -> Told:
    reporting.report(contribution(), factories.known_visitor(), "spam")
    factories.wensbeeld().report(factories.known_visitor(), "hurtful")
    tasks.call_moderators.func(0)
    return {"to": world.by.email}


def called_to_help(*, about_child: bool) -> Callable[[World], Told]:
    """Who reads along by the mail, at the end of the day: what else happened waits too."""

    def make(world: World) -> Told:
        Report.objects.waiting().settle(world.by)
        user = helper(email=address(), name=next(NAMES))
        post = contribution(published=about_child)
        if about_child:
            reporting.report(post, factories.known_visitor(), "one-child", "Sem d'Hont")
        helping.call(timezone.now())
        waits = number(helping.waiting().count(), "bijdrage wacht,bijdragen wachten")
        return {"to": user.email, "waits": waits}

    return make
