"""The first content comes once, whole and clean, and stays the coordinator's from then on."""

import datetime
import io
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from events.models.cafes import Cafe
from inviting.models import Consulent, FreePeriod
from polls.voting.models import Ballot, Choice, Poll
from polls.wensbeelden.models import Wensbeeld
from posts.models.posts import Post
from posts.models.questions import Phase, Question
from posts.models.reports import Report
from posts.models.themes import Theme
from posts.models.thumb_kinds import DOWN, UP
from werkplaats.demo.content import cafes
from werkplaats.demo.loading import moments, people, texts
from werkplaats.demo.management.commands import loaddemo
from werkplaats.people.models import Role, User, Visitor, Werkgebied
from werkplaats.site.models import GlossaryTerm, Milestone, Motto, Site

FORBIDDEN = """
jolanda, astrid, jdw1, klopt deze link, corona, ppo-nk, ppo nk, berenjacht, thoughts/, dudok, theater cool
heerhugowaard, alkmaar, noord-kennemerland, club dynamiek
"""
GROUPS = (
    "leerlingen, leerkrachten, intern begeleiders, directeuren, besturen, ouders, consulenten, gemeenten en "
    "ketenpartners"
)

pytestmark = pytest.mark.django_db


def load(*arguments: str) -> str:
    out = io.StringIO()
    call_command("loaddemo", *arguments, stdout=out)
    return out.getvalue()


def all_models():
    return [
        model
        for app in ("werkplaats", "posts", "polls", "events", "live")
        for model in apps.get_app_config(app).get_models()
    ]


def everything() -> dict:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in all_models()}


@pytest.fixture
def loaded():
    load()


def test_the_second_run_changes_nothing(loaded):
    before = everything()

    assert "Er is niets veranderd" in load()

    assert everything() == before


def test_what_a_coordinator_changed_or_removed_stays_so(loaded):
    Site.objects.update(intro="Onze eigen inleiding.", poem="")
    Milestone.objects.all().delete()
    Wensbeeld.objects.all().delete()
    Motto.objects.filter(text="samen leren leven").update(text="samen leren")
    Question.objects.get(slug="de-tweede-vraag").make_current()

    load()

    site = Site.objects.get()
    assert (site.intro, site.poem) == ("Onze eigen inleiding.", "")
    assert not Milestone.objects.exists()
    assert not Wensbeeld.objects.exists()
    assert set(Motto.objects.values_list("position", "text")) == {
        (0, "samen leren"),
        (1, "perspectief voor ieder kind"),
        (2, "ik maak verschil voor ons"),
    }
    assert Question.objects.current().slug == "de-tweede-vraag"


def test_what_was_there_before_the_first_run_stays_so():
    Site.objects.update(intro="Onze eigen inleiding.")
    Role.objects.create(name="ouder", plural="pa's en ma's")
    Poll.objects.create(slug="anders", question="Hoe gaat het?", on_landing_page=True)

    load()

    assert Site.objects.get().intro == "Onze eigen inleiding."
    assert Role.objects.get(name="ouder").plural == "pa's en ma's"
    assert Poll.objects.get(on_landing_page=True).slug == "anders"
    assert Poll.objects.get(slug="wensbeeld").choices.count() == 3


def test_prescribed_words_stand_there_to_the_letter(loaded):
    question = Question.objects.current()
    poll = Poll.objects.get(on_landing_page=True)

    assert list(Motto.objects.values_list("text", flat=True)) == [
        "samen leren leven",
        "perspectief voor ieder kind",
        "ik maak verschil voor ons",
    ]
    assert (question.title, question.text) == ("De Eerste Vraag", "Wat maakt ons Passend Onderwijs tot een succes?")
    assert "ruimte voor verbeteringen" in question.promise
    assert (poll.slug, poll.question) == ("wensbeeld", "Heb jij een wensbeeld voor Passend Onderwijs?")
    assert poll.repeat_votes
    assert poll.wensbeeld_prompt.startswith("Stel: over vier jaar krijgen we een prijs. Wat zie je?")
    choices = list(poll.choices.values_list("text", "answer", "asks_wensbeeld"))
    assert [text for text, _, _ in choices] == ["ja", "nee", "nog niet"]
    assert [asks for _, _, asks in choices] == [True, False, False]
    assert [answer for _, answer, _ in choices][1:] == [
        "Toch bedankt dat je meedenkt",
        "Probeer het later nog een keer",
    ]
    assert GROUPS in Site.objects.get().intro
    assert GROUPS in Site.objects.get().about
    assert list(Phase.objects.values_list("name", flat=True)) == ["nu", "over 1 jaar", "over 2 jaar", "over 4 jaar"]
    assert {"SWV", "OPR", "SOP", "s(b)o"} <= set(GlossaryTerm.objects.values_list("term", flat=True))
    assert all("Passend Onderwijscafé" in cafe.title for cafe in Cafe.objects.all())
    # Only the first café has De Eerste Vraag at its centre.
    assert [cafe.question == question.text for cafe in Cafe.objects.all()] == [True, False, False, False]


def test_nothing_that_may_not_be_copied_is_in_any_row(loaded):
    text = repr(everything()).lower()

    assert [word for word in re.split(r"[,\n]\s*", FORBIDDEN.strip()) if word in text] == []


def test_addresses_are_nobodys(loaded):
    site = Site.objects.get()
    addresses = [site.contact_email, site.security_email, people.COORDINATOR]
    addresses += [
        address for cafe in Cafe.objects.all() for address in cafe.registrations.values_list("email", flat=True)
    ]

    assert {address.partition("@")[2] for address in addresses} <= {
        "example.org",
        "waterkant.example",
        "werkplaats.example",
    }
    assert len(addresses) > 100


def test_every_row_is_as_its_form_would_have_it(loaded):
    for model in all_models():
        for row in model.objects.all():
            cleaned = {
                field.name: field.formfield().clean(field.value_from_object(row))
                for field in model._meta.concrete_fields
                if field.get_internal_type() in ("CharField", "TextField") and field.editable and not field.choices
            }
            assert cleaned == {name: getattr(row, name) for name in cleaned}


def test_the_conversation_is_alive(loaded):
    public = Post.objects.public()
    assert public.filter(parent=None).count() == 12
    assert public.exclude(parent=None).count() == 5
    assert public.get(meeting_size=14).meeting
    assert all(answer.created_at > answer.parent.created_at for answer in Post.objects.exclude(parent=None))
    assert all(post.root_id for post in Post.objects.all())
    assert Question.objects.current().opened_at < Post.objects.earliest("created_at").created_at
    assert Post.objects.latest("created_at").created_at < timezone.now()
    assert all(post.tally.count(UP) == post.thumbs.filter(value=1).count() > 0 for post in public)
    assert sum(post.tally.count(DOWN) for post in public) > 0
    assert Post.objects.waiting().count() == 3
    assert Report.objects.get(handled_at=None).post.is_public
    themed = public.filter(themes__isnull=False).distinct()
    assert (themed.count(), Theme.objects.count()) == (11, 6)
    # Pupils never appear at once: somebody looked first.
    assert all(post.published_by and not post.email for post in public.filter(role__is_pupil=True))


def test_the_poll_was_answered_more_than_once_by_some(loaded):
    assert Ballot.objects.count() > Ballot.objects.values("visitor").distinct().count() > 50
    assert all(choice.ballots.exists() for choice in Choice.objects.filter(poll__is_of_room=False))
    assert Wensbeeld.objects.public().count() == 6
    assert Wensbeeld.objects.waiting().count() == 2


def test_cafes_hold_who_fits_and_one_has_a_queue(loaded):
    found = list(Cafe.objects.public().with_counts())

    assert all(0 < places.taken <= places.capacity for cafe in found for places in cafe.offers)
    rooms = [(cafe.label, cafe.places("room")) for cafe in found]
    assert [(label, room.free, room.waiting) for label, room in rooms if room.waiting] == [("bij het ontbijt", 0, 2)]


def test_nobody_is_mailed(loaded):
    assert not apps.get_model("procrastinate", "ProcrastinateJob").objects.filter(queue_name="mail").exists()


def test_the_coordinator_can_log_in(loaded):
    user = User.objects.get(email="coordinator@werkplaats.example")

    assert user.is_staff and user.is_superuser
    assert user.emailaddress_set.get().verified


def test_somebody_reads_along_by_the_mail(loaded):
    assert [user.email for user in User.objects.helpers()] == ["meelezer@werkplaats.example"]


def test_other_questions_wait_in_the_admin(loaded):
    assert Question.objects.readable().count() == 1
    planned = Question.objects.filter(opened_at=None, planned_for__isnull=False)
    assert [question.phase.name for question in planned] == ["over 1 jaar", "over 4 jaar"]
    # They lie around today, whichever day it is, a month or so apart.
    first, second = (question.planned_for for question in planned)
    assert timezone.now() < first < second
    assert 20 <= (second - first).days <= 60
    assert Question.objects.filter(opened_at=None, planned_for=None).count() >= 15
    assert Question.objects.get(title="Moet het anders?").parts.count() == 3


def test_texts_only_invents_nobody():
    load("--alleen-teksten")

    for model in (User, Visitor, Post, Ballot, Wensbeeld, Werkgebied):
        assert not model.objects.exists()
    site = Site.objects.get()
    assert "Waterkant" not in repr(everything())
    assert (site.contact_email, site.security_email) == ("", "")
    assert Question.objects.current() and Motto.objects.count() == 3
    # The cafés are there to be filled in, not yet for visitors.
    assert Cafe.objects.count() == 4
    assert not Cafe.objects.public().exists()
    assert not Cafe.objects.exclude(online_link="").exists()


def test_a_real_site_never_gets_invented_people_afterwards():
    load("--alleen-teksten")

    load()

    assert not Visitor.objects.exists()


@pytest.mark.parametrize("today", ["2026-09-01", "2026-11-12", "2026-11-28", "2027-01-01", "2027-07-31", "2028-02-29"])
def test_the_school_year_lies_around_today_on_the_same_days_of_the_week(today):
    today = datetime.date.fromisoformat(today)

    first, *ahead = [moments.day(today, cafe["date"]) for cafe in cafes.texts]
    assert first < today < min(ahead)
    assert [day.weekday() for day in (first, *ahead)] == [0, 1, 0, 0]
    assert moments.day(today, "09-01") < moments.day(today, texts.OPENS[0]) < first
    assert 15 <= (moments.day(today, "12-01") - today).days <= 23


@pytest.mark.parametrize("today", ["2026-10-20", "2027-03-29"])
def test_it_loads_on_any_day(today):
    now = timezone.make_aware(datetime.datetime.fromisoformat(f"{today}T00:30"))

    for _, step in loaddemo.steps(now, texts_only=False):
        step()

    clock = [timezone.localtime(cafe.starts_at).strftime("%H:%M") for cafe in Cafe.objects.all()]
    assert clock == ["19:30", "07:00", "16:30", "19:30"]
    assert Question.objects.current().opened_at < Post.objects.earliest("created_at").created_at
    assert Post.objects.latest("created_at").created_at < now
    assert all(answer.created_at > answer.parent.created_at for answer in Post.objects.exclude(parent=None))
    assert Cafe.objects.filter(starts_at__gt=now).count() >= 3


@pytest.mark.parametrize("arguments", [(), ("--alleen-teksten",)], ids=["demo", "a real one"])
def test_no_mail_of_monday_goes_in_the_holidays_of_two_school_years(arguments):
    load(*arguments)
    free = {
        region: [day for day in mondays_of_two_years() if FreePeriod.objects.covers(day, region)]
        for region in ("noord", "midden", "zuid")
    }
    # In autumn, at Christmas, in February, at Easter, in May, at Whitsun and in summer, twice.
    assert {region: len(days) for region, days in free.items()} == {"noord": 26, "midden": 26, "zuid": 26}
    assert [day for day in free["noord"] if day.month == 10] == [
        datetime.date(2026, 10, 12),
        datetime.date(2027, 10, 18),
    ]
    assert Consulent.objects.exists() == (not arguments)


def mondays_of_two_years() -> list[datetime.date]:
    first = datetime.date(2026, 8, 31)
    return [first + datetime.timedelta(weeks=week) for week in range(105)]
