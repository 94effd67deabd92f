"""What is said in the conversation and on the programme as time goes by."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from posts import tasks, tokens
from posts.actions import answers, reporting
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.questions import Question
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.clock import at
from tests.helpers.consent import sent
from tests.plan.export_helpers import words
from tests.werkplaats.hours.place import Place, between, page, staff_page
from werkplaats.moderation import standing
from werkplaats.site.models import Milestone
from werkplaats.web import programs

OPENS, OPEN = "2027-11-24 08:59:59", "2027-11-24 09:00"


def question() -> Question:
    factories.question(title="De Eerste Vraag", opened_at=at("2027-10-01 12:00"))
    return factories.question(current=False, title="De Tweede Vraag", planned_for=at("2027-11-24 09:00"))


def opened(made: Question) -> str:
    """The page of the current question, after the job of every minute looked."""
    Question.objects.open_due()
    return page("/denk-praat-doe-mee/")


def milestones() -> str:
    day = at("2027-11-24 12:00").date()
    Milestone.objects.create(title="De maand", date=day, whole_month=True)
    Milestone.objects.create(title="De dag", date=day, whole_month=False)
    return "/programma/"


def milestone_words(path: str) -> str:
    found = re.findall(r'<li class="is-(\w+)">.*?<h3>(.*?)</h3>', page(path), re.DOTALL)
    return " ".join(f"{title}: {state}." for state, title in found)


def taken_away() -> tuple[Post, Client]:
    visitor = factories.visitor()
    post = factories.post(visitor=visitor)
    post.withdraw()
    return post, visitor


def on_own_page(made) -> str:
    """What became of it, on the page of one's own; `made` is a post and its visitor, and perhaps a link."""
    return page("/mijn-bijdragen/", browser_of(made[1]))


def denied() -> tuple[str, dict]:
    """Somebody said yes and then no, on the same page: its address and what it sends."""
    post = factories.post(published=False, email="ouder@example.org", asked_at=timezone.now())
    path, browser = f"/bijdragen/bevestigen/{tokens.make(post)}/", Client()
    said = sent(browser.get(path).text, post.pk)
    for answer in ("ja", "nee"):
        browser.post(path, {**said, "antwoord": answer})
    return path, said


def denied_again(made) -> str:
    path, said = made
    return Client().post(path, {**said, "antwoord": "nee"}).text


def put_back(made) -> str:
    """The page of what was taken away, and what the button on an old one does."""
    post, visitor = made
    url, browser = f"/bijdragen/{post.pk}/weghalen/", browser_of(visitor)
    shown = page(url, browser)
    old = Post.objects.get(pk=post.pk)
    shown += browser.post(url, {"terug": "1"}, follow=True).text
    old.save()
    return shown


def asked() -> tuple[Post, object]:
    """Somebody's contribution that waits until they press the link in their mail, which was sent at once."""
    visitor = factories.visitor()
    post = factories.post(
        published=False, visitor=visitor, email="noor@example.org", asked_at=timezone.now(), created_at=timezone.now()
    )
    return post, visitor, tokens.make(post)


def hidden() -> Post:
    """What a report about a child hid, on a Friday afternoon."""
    post = factories.post(published_at=at("2027-11-01 12:00"))
    post.hold(Hold.CHILD)
    return post


def returned(post: Post) -> str:
    """What there is to read once the job of every ten minutes has looked."""
    reporting.bring_back(timezone.now())
    return page(post.get_absolute_url())


def waits(minutes: float = 0) -> Post:
    return factories.post(published=False, created_at=timezone.now() - timedelta(minutes=minutes))


def summary(made) -> str:
    """Whether the job leaves the mail of the morning now."""
    ProcrastinateJob.objects.all()._raw_delete(using="default")
    tasks.morning_summary(int(timezone.now().timestamp()))
    return "een mail" if ProcrastinateJob.objects.exists() else ""


def answered() -> Post:
    """A contribution of somebody with an account, of which an answer was told just now."""
    user = factories.user()
    user.prove()
    post = factories.post(author=user, published_at=timezone.now())
    answer(post)
    return post


def answer(post: Post) -> None:
    notice = Post.objects.get(pk=post.pk).author
    made = factories.post(parent=post, published_at=timezone.now())
    answers.became_public([made])
    from posts.models import ThreadNotice

    row = ThreadNotice.objects.get(user=notice)
    answers.told(row, answers.answers_for(row))


def when_told(post: Post) -> str:
    """When the mail about one more answer goes; the row is put back."""
    from posts.models import ThreadNotice

    row = ThreadNotice.objects.get()
    answers.became_public([factories.post(parent=post, published_at=timezone.now())])
    due = ThreadNotice.objects.get().due_at
    row.save()
    return "meteen" if due == timezone.now() else f"om {timezone.localtime(due):%H.%M}"


def harvest(made: Question) -> str:
    return words(made.posts.get().fragment.harvest)


def file_name(path: str):
    """A function that tells how the file is called that staff fetch there now."""
    from tests.werkplaats.hours.place import staff

    return lambda made: staff().get(path.format(made.pk)).headers["Content-Disposition"]


def same_again(visitor) -> str:
    """What becomes of the same words, sent once more."""
    data = {"text": "Korte lijnen.", "name": "Noor", "role": factories.role().pk, "moment": programs.moment(ago=10)}
    question = Question.objects.current() or factories.question()
    browser_of(visitor).post(f"/vragen/{question.slug}/bijdragen/", data)
    return f"{Post.objects.count()} bijdrage"


def too_fast(visitor) -> str:
    """The answer to somebody who writes once more, of ten at most in ten minutes."""
    question = Question.objects.current() or factories.question()
    left = 10 - Post.objects.count()
    text = ""
    for number in range(max(left, 1)):
        data = {"text": f"{timezone.now()} {number}", "name": "N", "role": factories.role().pk}
        data["moment"] = programs.moment(ago=10)
        text = browser_of(visitor).post(f"/vragen/{question.slug}/bijdragen/", data, follow=True).text
    return text


PLACES = [
    Place(
        "the question that is planned",
        "posts/models/questions.py posts/tasks.py",
        question,
        opened,
        'eyebrow">De Eerste Vraag | eyebrow">De Tweede Vraag',
        {OPENS: 'eyebrow">De Eerste Vraag', OPEN: 'eyebrow">De Tweede Vraag'},
    ),
    Place(
        "milestones on the programme",
        "werkplaats/home/timeline.py werkplaats/home/programme.py",
        milestones,
        milestone_words,
        "De maand: later. | De maand: now. | De maand: done. | De dag: later. | De dag: now. | De dag: done.",
        {
            "2027-10-31 23:59:59": "De maand: later. | De dag: later.",
            "2027-11-01 00:00": "De maand: now. | De dag: later.",
            "2027-11-23 23:59:59": "De maand: now. | De dag: later.",
            "2027-11-24 00:00": "De maand: now. | De dag: now.",
            "2027-11-24 23:59:59": "De maand: now. | De dag: now.",
            "2027-11-25 00:00": "De maand: now. | De dag: done.",
            "2027-11-30 23:59:59": "De maand: now. | De dag: done.",
            "2027-12-01 00:00": "De maand: done. | De dag: done.",
        },
    ),
    Place(
        "the year of what was written, in a thread that is kept",
        "werkplaats/kept.py werkplaats/words.py",
        lambda: factories.post(created_at=at("2027-12-30 12:00")),
        lambda made: between(page(made.get_absolute_url()), f'id="bijdrage-{made.pk}"', "</article>"),
        ">donderdag 30 december< | >donderdag 30 december 2027<",
        {"2027-12-31 23:59:59": ">donderdag 30 december<", "2028-01-01 00:00": ">donderdag 30 december 2027<"},
    ),
    Place(
        "putting back what one took away",
        "posts/models/posts.py templates/posts/withdraw.html",
        taken_away,
        put_back,
        "Zet terug | Je bijdrage is teruggezet. | Schrijf dan een nieuwe bijdrage.",
        {
            "2027-11-24 12:00": "Zet terug | Je bijdrage is teruggezet.",
            "2027-11-24 12:59:59": "Zet terug | Je bijdrage is teruggezet.",
            "2027-11-24 13:00": "Schrijf dan een nieuwe bijdrage.",
        },
    ),
    Place(
        "what one took away, on the page of one's own",
        "posts/reading/states.py templates/posts/own_state.html",
        taken_away,
        on_own_page,
        "terugzetten tot 13.00 uur. | Zet terug | Je haalde dit weg",
        {
            "2027-11-24 12:00": "terugzetten tot 13.00 uur. | Zet terug | Je haalde dit weg",
            "2027-11-24 12:59:59": "terugzetten tot 13.00 uur. | Zet terug | Je haalde dit weg",
            "2027-11-24 13:00": "Je haalde dit weg",
        },
    ),
    Place(
        "what waits for a mail, on the page of one's own",
        "posts/reading/states.py posts/tokens.py",
        asked,
        on_own_page,
        "Wacht op jou | Mail me liever een code | Wacht op een moderator",
        {
            "2027-11-24 12:00": "Wacht op jou | Mail me liever een code",
            "2027-11-25 12:00": "Wacht op jou | Mail me liever een code",
            "2027-11-25 12:00:01": "Wacht op een moderator",
        },
    ),
    Place(
        "putting back what one denied after a yes",
        "templates/posts/refused.html",
        denied,
        denied_again,
        "Je zei eerder dat je dit schreef | Was dat een vergissing?",
        {
            "2027-11-24 12:00": "Je zei eerder dat je dit schreef | Was dat een vergissing?",
            "2027-11-24 12:59:59": "Je zei eerder dat je dit schreef | Was dat een vergissing?",
            "2027-11-24 13:00": "Je zei eerder dat je dit schreef",
        },
    ),
    Place(
        "the link that asks whether one wrote something",
        "posts/tokens.py",
        asked,
        lambda made: page(f"/bijdragen/bevestigen/{made[2]}/"),
        "Ja, dit schreef ik | Deze link is verlopen",
        {
            "2027-11-24 12:00": "Ja, dit schreef ik",
            "2027-11-25 12:00": "Ja, dit schreef ik",
            "2027-11-25 12:00:01": "Deze link is verlopen",
        },
    ),
    Place(
        "what the writer reads who has not pressed that link",
        "posts/reading/threads.py posts/tokens.py templates/posts/state.html",
        asked,
        lambda made: page(made[0].get_absolute_url(), browser_of(made[1])),
        "dan staat je bijdrage meteen online. | De link in je mail werkt misschien niet meer. | "
        "Mail me liever een code",
        {
            "2027-11-24 12:00": "dan staat je bijdrage meteen online. | Mail me liever een code",
            "2027-11-25 12:00": "dan staat je bijdrage meteen online. | Mail me liever een code",
            "2027-11-25 12:00:01": "De link in je mail werkt misschien niet meer. | Mail me liever een code",
        },
    ),
    Place(
        "what a report about a child hid on a Friday",
        "werkplaats/moderation/terms.py posts/tasks.py posts/models/posts.py",
        hidden,
        returned,
        "Korte lijnen helpen | Een moderator kijkt naar deze bijdrage.",
        {
            "2027-11-26 15:00": "Een moderator kijkt naar deze bijdrage.",
            "2027-11-29 14:59:59": "Een moderator kijkt naar deze bijdrage.",
            "2027-11-29 15:00": "Korte lijnen helpen",
        },
    ),
    Place(
        "how long something waits, on Vandaag",
        "posts/today.py",
        waits,
        lambda made: staff_page("/beheer/"),
        "zojuist | 1 minuut geleden | 59 minuten geleden | 1 uur geleden | 1 dag geleden",
        {
            "2027-11-24 12:00": "zojuist",
            "2027-11-24 12:00:59": "zojuist",
            "2027-11-24 12:01": "1 minuut geleden",
            "2027-11-24 12:59:59": "59 minuten geleden",
            "2027-11-24 13:00": "1 uur geleden",
            "2027-11-25 12:00": "1 dag geleden",
        },
    ),
    Place(
        "the mail of the morning",
        "posts/tasks.py",
        lambda: (waits(), factories.coordinator()),
        summary,
        "een mail",
        {
            "2026-03-27 07:00": "een mail",
            "2026-03-30 06:00": "",
            "2026-03-30 07:00": "een mail",
            "2026-10-23 07:00": "een mail",
            "2026-10-26 06:00": "",
            "2026-10-26 07:00": "een mail",
            "2026-10-26 08:00": "",
        },
    ),
    Place(
        "the next mail about answers, an hour after the last at least",
        "posts/actions/answers.py werkplaats/mail/queue.py",
        answered,
        when_told,
        "meteen | om 13.00",
        {"2027-11-24 12:00": "om 13.00", "2027-11-24 12:59:59": "om 13.00", "2027-11-24 13:00": "meteen"},
    ),
    Place(
        "of which day the document of a question is",
        "plan/exports/document.py plan/exports/workbook.py",
        lambda: factories.post().question,
        harvest,
        "Stand van dinsdag 23 november: | Stand van woensdag 24 november:",
        {
            "2027-11-23 23:59:59": "Stand van dinsdag 23 november:",
            "2027-11-24 00:00": "Stand van woensdag 24 november:",
        },
    ),
    Place(
        "the name of the sheet of a poll",
        "polls/voting/admin.py",
        factories.poll,
        file_name("/beheer/polls/poll/{}/uitslag.xlsx"),
        "2027-11-23 | 2027-11-24",
        {"2027-11-23 23:59:59": "2027-11-23", "2027-11-24 00:00": "2027-11-24"},
    ),
    Place(
        "the same words sent twice",
        "posts/models/visibility.py",
        factories.visitor,
        same_again,
        "1 bijdrage | 2 bijdrage",
        {"2027-11-24 12:00": "1 bijdrage", "2027-11-24 12:59": "1 bijdrage", "2027-11-24 13:00": "2 bijdrage"},
    ),
    Place(
        "who writes more than ten times in ten minutes",
        "werkplaats/web/limits.py werkplaats/web/programs.py",
        factories.visitor,
        too_fast,
        "Je schrijft snel!",
        {"2027-11-24 12:00": "", "2027-11-24 12:09:59": "Je schrijft snel!", "2027-11-24 12:10": ""},
    ),
    Place(
        "whose report counts: of who was here a day ago",
        "werkplaats/moderation/standing.py",
        lambda: factories.visitor(user=factories.user(date_joined=timezone.now())),
        lambda made: str(standing.took_part(made)),
        "True | False",
        {"2027-11-24 12:00": "False", "2027-11-25 12:00": "False", "2027-11-25 12:00:01": "True"},
    ),
]
