"""Puts in the database what every installation starts with: texts, lists, questions, the poll, cafés."""

import datetime

from django.db.models import Manager
from django.utils.text import slugify

from events.models import Cafe
from plan.models import Body
from polls.models import Poll
from posts.models import Phase, Question, Translation
from werkplaats.demo.content import cafes, pages, questions, site, wensbeelden
from werkplaats.demo.loading.moments import at, day, moment
from werkplaats.demo.loading.pictures import load
from werkplaats.models import GlossaryTerm, Milestone, Motto, Role, Site, Werkgebied

OPENS = ("10-05", "09:00")


def load_site(today: datetime.date, *, texts_only: bool) -> None:
    """Fills what is still empty in the settings; the plan starts when its programme is over."""
    row = Site.objects.get()
    texts = {"intro": site.intro, "poem": site.poem, "poem_author": site.poem_author, **pages}
    if not texts_only:
        texts |= {name: getattr(site, name) for name in ("contact_email", "contact_phone", "security_email")}
        row.cooperation = site.cooperation
        row.drawing = row.drawing or load("tekening", shown=True)
    for field, text in texts.items():
        if not getattr(row, field):
            setattr(row, field, text)
    row.period_start = day(today, site.milestones[-1]["date"]).year
    row.period_end = row.period_start + 4
    row.save()


def load_lists(today: datetime.date, *, texts_only: bool) -> None:
    fill(Motto.objects, "text", site.mottos)
    fill(Role.objects, "name", site.roles)
    for term, meaning in site.glossary.items():
        GlossaryTerm.objects.get_or_create(term=term, defaults={"meaning": meaning})
    for fields in site.milestones:
        days = {name: day(today, fields[name]) for name in ("date", "end") if name in fields}
        defaults = {**fields, **days}
        Milestone.objects.get_or_create(title=fields["title"], defaults=defaults)
    fill(Body.objects, "name", [{"name": name} for name in site.bodies])
    if not texts_only:
        fill(Werkgebied.objects, "name", [{"name": name} for name in site.werkgebieden])


def fill(objects: Manager, key: str, rows: list[dict]) -> None:
    """Adds those rows of a list of which no `key` is there yet, in this order."""
    for position, fields in enumerate(rows):
        objects.get_or_create(**{key: fields[key]}, defaults={**fields, "position": position})


def load_questions(today: datetime.date) -> None:
    fill(Phase.objects, "name", [{"name": name} for name in questions.phases])
    phases = {phase.name: phase for phase in Phase.objects.all()}
    ideas = [
        {"slug": slugify(title), "title": title, "text": text, "easy": easy, "phase": phase}
        for phase, title, text, easy in questions.ideas
    ]
    for fields in [questions.first_question, *questions.planned, *ideas]:
        defaults = {**fields, "phase": phases[fields["phase"]]}
        if "planned_for" in fields:
            defaults["planned_for"] = at(today, fields["planned_for"])
        Question.objects.get_or_create(slug=fields["slug"], defaults=defaults)
    whole = Question.objects.get(slug=slugify(questions.whole))
    parts = Question.objects.filter(slug__in=map(slugify, questions.parts), parent=None)
    parts.update(parent=whole)
    if Question.objects.current() is None:
        first = Question.objects.get(slug=questions.first_question["slug"])
        first.make_current()
        first.opened_at = moment(day(today, OPENS[0]), OPENS[1])
        first.save(update_fields=["opened_at"])


def load_translations() -> None:
    """Of the first question, for the demo: see there."""
    question = Question.objects.get(slug=questions.first_question["slug"])
    for lang, words in questions.translations.items():
        Translation.objects.get_or_create(question=question, lang=lang, defaults=words)


def load_poll() -> None:
    there = Poll.objects.filter(on_landing_page=True).exists()
    defaults = {**wensbeelden.poll, "on_landing_page": not there}
    poll, _ = Poll.objects.get_or_create(slug=wensbeelden.poll["slug"], defaults=defaults)
    fill(poll.choices, "text", wensbeelden.choices)


def load_cafes(today: datetime.date, *, texts_only: bool) -> None:
    for fields in cafes.texts:
        defaults = dict(fields)
        date = day(today, defaults.pop("date"))
        defaults["starts_at"] = moment(date, defaults.pop("begins"))
        defaults["ends_at"] = moment(date, defaults.pop("ends"))
        defaults["topic"] = Question.objects.filter(slug=fields.get("topic")).first()
        if texts_only:
            unknown = dict.fromkeys(("online_link", "route", "late"), "")
            defaults |= {"room": cafes.room_unknown, "published_at": None, **unknown}
        Cafe.objects.get_or_create(slug=fields["slug"], defaults=defaults)
