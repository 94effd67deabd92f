"""Jobs: the mails about posts, each of which looks again when it goes, and what happens by the clock."""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from posts import tokens
from posts.actions import helping, reporting
from posts.actions.answers import answers_for, told
from posts.actions.confirming import asked, is_shut_out
from posts.finding import keeping
from posts.mails import about, find, to_writer
from posts.models import Post, Question, Removal, Report, ThreadNotice
from posts.queue import what_waits
from werkplaats import mail
from werkplaats.models import HelperLink, Site
from werkplaats.moderation import parents
from werkplaats.moderation.calling import moderators_of
from werkplaats.moderation.terms import is_quiet
from werkplaats.mutes import links
from werkplaats.mutes.models import Kind

QUOTED = 3  # answers in one mail; it tells the number of the others
SUMMARY_HOUR = 7  # o'clock, here


@mail.task
def send_confirmation(context, *, post_id: int) -> None:
    """Asks the reader of the address whether they wrote this, without a word that anybody can have sent to them."""
    post = Post.objects.waiting().filter(pk=post_id).exclude(email="").select_related("question").first()
    if post:
        ((_, stays),) = asked([post], post.email, Site.objects.load().soon)
        url = settings.SITE_URL + reverse("posts:confirm", args=[tokens.make(post)])
        data = {"post": post, "url": url, "stays": stays, "only_no": is_shut_out(post.email)}
        mail.send(
            context, template="posts/mail/confirm", to=post.email, data=data, about=about(post.root_id), by_typing=True
        )


@mail.task
def send_approved(context, *, post_id: int) -> None:
    """Tells the writer that it is public, and if nobody proved to be its writer yet, how to."""
    if post := find(post_id, published_at__isnull=False, removed_at=None):
        path = reverse("posts:confirm", args=[tokens.make_later(post)])
        claims = "" if post.author_id else settings.SITE_URL + path
        to_writer(context, post, "posts/mail/approved", url=settings.SITE_URL + post.place, claims=claims)


@mail.task
def send_removed(context, *, post_id: int, others: int = 0) -> None:
    """Tells the writer the reason, their words and a way back. `others`: how many more went for the same reason."""
    post = find(post_id, removal=Removal.MODERATOR)
    if post and post.proven_address:
        url = f"{settings.SITE_URL}{post.question.get_absolute_url()}"
        contact = Site.objects.load().contact_email
        data = {"url": url, "contact_email": contact, "others": others, "open": post.question.is_current}
        to_writer(context, post, "posts/mail/removed", **data)


@mail.task
def send_set_apart(context, *, post_id: int) -> None:
    """Tells the writer that it was about one child, without a word of it, and where to find help."""
    post = find(post_id, removal=Removal.CHILD)
    if post and post.proven_address:
        to_writer(context, post, "posts/mail/about_child", **parents.helped(), url=settings.SITE_URL)


@mail.task
def send_held(context, *, post_id: int) -> None:
    """Tells the writer that a moderator reads it again, and that it waits until then."""
    post = find(post_id, removal=Removal.HELD)
    if post and post.proven_address:
        url = settings.SITE_URL + reverse("posts:house_rules")
        site = Site.objects.load()
        to_writer(context, post, "posts/mail/held", url=url, contact_email=site.contact_email, soon=site.soon)


@mail.task
def send_returned(context, *, post_id: int) -> None:
    """Tells the writer that what waited for a moderator can be read again."""
    if post := find(post_id, published_at__isnull=False, removed_at=None):
        to_writer(context, post, "posts/mail/returned", url=settings.SITE_URL + post.place)


@mail.task
def send_answers(context, *, notice_id: int) -> None:
    """Tells of all answers since the last mail, unless these mails were switched off since."""
    notice = ThreadNotice.objects.select_related("user", "root__question").filter(pk=notice_id).first()
    if notice is None:
        return
    answers = answers_for(notice)
    if answers:
        data = {
            "question": notice.root.question,
            "answers": answers[:QUOTED],
            "more": max(0, len(answers) - QUOTED),
            "count": len(answers),
            "url": settings.SITE_URL + answers[0].place,
        }
        conversation = about(notice.root_id)
        if not links.send(
            context, notice.user, Kind.ANSWERS, template="posts/mail/answers", data=data, about=conversation
        ):
            answers = []
    told(notice, answers)


@mail.task
def send_summary(context, *, user_id: int) -> None:
    """Tells a moderator what waits; nothing when somebody else was quicker."""
    moderator = moderators_of(Report).filter(pk=user_id).first()
    waits = what_waits()
    if moderator and waits:
        data = {
            "waits": [(line, settings.SITE_URL + path) for line, path in waits],
            "url": settings.SITE_URL + reverse("admin:index"),
        }
        links.send(context, moderator, Kind.SUMMARY, template="posts/mail/summary", data=data)


@mail.task
def send_helping(context, *, link_id: int) -> None:
    """Mails a helper how much waits, with a link of their own; nothing when somebody else was quicker."""
    link, count = HelperLink.objects.to_mail(link_id), helping.waiting().count()
    if not link or not count:
        return
    child = helping.about_child()
    if not child and is_quiet(timezone.now()):
        link.delete()  # the mail server was away until now: in the morning they are called anew
        return
    url = settings.SITE_URL + reverse("posts:help", args=[link.open()])
    data = {"helper": link.user, "count": count, "child": child, "url": url}
    if links.send(context, link.user, Kind.HELPING, template="posts/mail/helping", data=data):
        link.end_older()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="call_helpers")
def call_helpers(timestamp: int) -> None:
    """Mails those who read along what is new, each at most once an hour, by day and in the week."""
    helping.call(timezone.now())


# The worker's clock is in UTC: seven o'clock here is five or six there.
@app.periodic(cron="0 5,6 * * 1-5")
@app.task(queueing_lock="morning_summary")
def morning_summary(timestamp: int) -> None:
    """Queues a mail for each moderator, on working days at seven, when something waits."""
    if timezone.localtime(datetime.fromtimestamp(timestamp, UTC)).hour != SUMMARY_HOUR or not what_waits():
        return
    for moderator in moderators_of(Report):
        if links.wants(moderator, Kind.SUMMARY):
            mail.later("posts.tasks.send_summary", to=moderator.email, user_id=moderator.pk)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="bring_back_reported")
def bring_back_reported(timestamp: int) -> None:
    """Shows again what a report about a child hid and nobody read for a working day."""
    reporting.bring_back(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="open_planned_questions")
def open_planned_questions(timestamp: int) -> None:
    Question.objects.open_due()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="add_lemmas", lock="add_lemmas")
def add_lemmas(timestamp: int) -> None:
    """Lets what was said since be found by other forms of its words too."""
    keeping.add_lemmas()
