"""The mail of Monday, by the clock: when it goes, to whom, once, and when it is given up."""

import datetime

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from inviting.actions import mondays
from inviting.models import Consulent, FreePeriod, Monday, MondayMail
from posts import talk
from posts.models import Question, Report
from posts.models.holds import Hold
from tests.events import mailing
from tests.helpers import factories
from tests.helpers.clock import Clock, at
from tests.inviting import helpers
from tests.inviting.helpers import MONDAY
from werkplaats import mail
from werkplaats.invited.models import Act, Kind, LinkFigure, LinkUse
from werkplaats.mutes.links import set_mutes
from werkplaats.mutes.models import Kind as Mail
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
EIGHT = f"{MONDAY} 08:00"


@pytest.fixture
def clock(db, monkeypatch):
    clock = Clock(monkeypatch)
    clock.set_to("2026-10-30 12:00")
    return clock


@pytest.fixture
def folder(settings, tmp_path):
    return mailing.folder(settings, tmp_path / "mail")


@pytest.fixture
def question(clock):
    return helpers.question()


def called(clock: Clock, moment: str) -> int:
    clock.set_to(moment)
    return mondays.call(clock.moment)


def close(question, clock: Clock) -> None:
    Question.objects.filter(pk=question.pk).update(closed_at=clock.moment)


def sent(folder) -> list[str]:
    """To whom mails went."""
    folder.mkdir(exist_ok=True)
    return sorted(letter["To"] for letter in mailing.deliver(folder))


def test_it_goes_once_at_eight_on_monday_to_who_said_yes(clock, question, folder):
    helpers.consulent("Anna")
    helpers.consulent("Bo", agreed=False)
    assert called(clock, f"{MONDAY} 07:59:59") == 0
    assert [called(clock, EIGHT), called(clock, EIGHT), called(clock, f"{MONDAY} 08:05")] == [1, 0, 0]
    assert sent(folder) == ["anna@example.org"]
    assert called(clock, f"{MONDAY} 09:00") == 0
    assert [called(clock, f"2026-11-0{day} 08:00") for day in (3, 4, 5, 6)] == [0, 0, 0, 0]
    assert called(clock, "2026-11-09 08:00") == 1


def test_a_job_that_runs_twice_sends_once(clock, question, folder):
    made = helpers.consulent()
    called(clock, EIGHT)
    job = ProcrastinateJob.objects.get()
    assert sent(folder) == ["anna@example.org"]
    mondays.send(mailing.Context(job), job.args["monday_mail_id"], clock.moment)
    assert list(folder.iterdir()) == []
    made.refresh_from_db()
    assert made.mondays == 1


@pytest.mark.parametrize(
    ("utc", "here"),
    [
        ("2026-10-19 06:00+00:00", "before the clock goes back"),
        ("2026-10-26 07:00+00:00", "after it"),
        ("2027-03-22 07:00+00:00", "before it goes forward"),
        ("2027-04-05 06:00+00:00", "after it"),
    ],
)
def test_eight_is_eight_here(clock, question, utc, here):
    helpers.consulent()
    moment = at(utc)
    assert mondays.call(moment - datetime.timedelta(seconds=1)) == 0, here
    assert mondays.call(moment) == 1, here


def test_another_day_and_time_of_the_coordinator(clock, question):
    helpers.consulent()
    Monday.objects.load()
    Monday.objects.update(weekday=2, at=datetime.time(9, 30))
    assert [called(clock, EIGHT), called(clock, "2026-11-04 09:29"), called(clock, "2026-11-04 09:30")] == [0, 0, 1]


def test_switched_off_nobody_gets_it(clock, question):
    helpers.consulent()
    Monday.objects.load()
    Monday.objects.update(is_on=False)
    assert called(clock, EIGHT) == 0


@pytest.mark.parametrize(
    ("region", "goes"), [("noord", 0), ("midden", 1), ("zuid", 1), ("", 0)], ids=["ours", "another", "a third", "all"]
)
def test_not_in_a_holiday_of_ours_and_first_and_last_day_count(clock, question, region, goes):
    helpers.consulent()
    day = datetime.date(2026, 11, 2)
    FreePeriod.objects.create(name="vrij", region=region, first_day=day, last_day=day)
    assert called(clock, EIGHT) == goes
    assert called(clock, "2026-11-09 08:00") == 1


def test_who_left_before_it_goes_gets_nothing(clock, question, folder):
    gone, shut_out, stays = (helpers.consulent(name) for name in ("Anna", "Bo", "Cas"))
    assert called(clock, EIGHT) == 3
    gone.delete()
    User.objects.filter(pk=shut_out.user_id).update(is_active=False)
    assert sent(folder) == [stays.user.email]
    assert list(MondayMail.objects.values_list("consulent", flat=True)) == [stays.pk]


def test_who_switched_it_off_gets_nothing_and_back_on_gets_the_next(clock, question, folder):
    made = helpers.consulent()
    called(clock, EIGHT)
    set_mutes(made.user, [], [Mail.MONDAYS])
    assert sent(folder) == []
    assert called(clock, f"{MONDAY} 08:30") == 0
    set_mutes(made.user, [Mail.MONDAYS], [Mail.MONDAYS])
    assert called(clock, f"{MONDAY} 09:00") == 1, "it is still morning"
    assert sent(folder) == ["anna@example.org"]


def test_a_question_that_closed_at_7_59_is_not_asked(clock, question, folder):
    helpers.consulent()
    clock.set_to(f"{MONDAY} 07:59")
    close(question, clock)
    assert called(clock, EIGHT) == 0
    clock.set_to(f"{MONDAY} 10:00")
    factories.question(text="Wat hielp jou?")
    assert called(clock, f"{MONDAY} 10:05") == 1
    folder.mkdir()
    (letter,) = mailing.deliver(folder)
    assert "Wat hielp jou?" in letter["Subject"]


def test_a_question_that_closes_while_the_mail_waits_is_not_asked(clock, question, folder):
    helpers.consulent()
    called(clock, EIGHT)
    close(question, clock)
    assert sent(folder) == []
    assert not MondayMail.objects.exists()


def test_a_mail_server_that_is_down_till_noon_drops_it_and_vandaag_says_so(clock, question, client, settings, folder):
    settings.DEMO = True
    made, other = helpers.consulent("Anna"), helpers.consulent("Bo")
    called(clock, EIGHT)
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("no folder")  # every try fails
    jobs = list(ProcrastinateJob.objects.order_by("pk"))
    for moment in (EIGHT, f"{MONDAY} 11:59:59"):
        clock.set_to(moment)
        for job in jobs:
            with pytest.raises(mail.NotNow):
                mondays.send(mailing.Context(job), job.args["monday_mail_id"], clock.moment)
    folder.unlink()
    clock.set_to(f"{MONDAY} 12:00")
    for _ in range(2):
        for job in jobs:
            mondays.send(mailing.Context(job), job.args["monday_mail_id"], clock.moment)
    assert not folder.exists()
    assert MondayMail.objects.dropped().count() == 2
    assert [called(clock, f"{MONDAY} 12:05"), called(clock, f"{MONDAY} 23:00")] == [0, 0]
    assert {each.mondays for each in Consulent.objects.filter(pk__in=[made.pk, other.pk])} == {0}
    client.force_login(factories.coordinator())
    page = client.get("/beheer/").text
    assert "Maandagmail die niet vertrok" in page
    assert "maandag 2 november: 2 mails gingen niet uit" in page.replace("\xa0", " ")


def test_of_last_week_it_is_not_known_any_more_who_was_mailed(clock, question):
    helpers.consulent()
    called(clock, EIGHT)
    for moment, left in ((f"{MONDAY} 23:00", 1), ("2026-11-09 07:00", 1), ("2026-11-10 00:00", 0)):
        clock.set_to(moment)
        MondayMail.objects.forget_old()
        assert MondayMail.objects.count() == left, moment


def test_after_eight_mondays_it_asks_and_without_an_answer_it_ends(clock, question, folder):
    made = helpers.consulent()
    folder.mkdir()
    words = []
    first = datetime.date(2026, 11, 2)
    for week in range(10):
        called(clock, f"{first + datetime.timedelta(weeks=week)} 08:00")
        words += [letter.get_body(["plain"]).get_content() for letter in mailing.deliver(folder)]
    assert ["Wil je doorgaan?" in each for each in words] == [False] * 8 + [True]
    made.refresh_from_db()
    made.agree()
    assert called(clock, "2027-01-11 08:00") == 1


def test_the_voice_of_the_coordinator_is_for_one_week(clock, question, folder):
    helpers.consulent()
    clock.set_to("2026-11-01 12:00")
    factories.post(question, text="De eerste stem.")
    chosen = factories.post(question, text="De gekozen stem.")
    Monday.objects.load()
    Monday.objects.update(voice=chosen)
    folder.mkdir()
    called(clock, EIGHT)
    (letter,) = mailing.deliver(folder)
    assert "De gekozen stem." in letter.get_body(["plain"]).get_content()
    assert Monday.objects.get().voice is None


def test_a_chosen_voice_that_was_taken_away_is_not_shown(clock, question, folder):
    helpers.consulent()
    clock.set_to("2026-11-01 12:00")
    stays = factories.post(question, text="Deze stem blijft.")
    chosen = factories.post(question, text="Deze is weg.")
    Monday.objects.load()
    Monday.objects.update(voice=chosen)
    called(clock, EIGHT)
    chosen.remove(by=None, reason="kwetsend")
    folder.mkdir()
    (letter,) = mailing.deliver(folder)
    said = letter.as_string()
    assert "Deze is weg." not in said
    assert stays.text in letter.get_body(["plain"]).get_content()


@pytest.mark.parametrize("is_chosen", [True, False])
def test_a_voice_of_which_a_report_is_open_is_not_mailed(clock, question, folder, is_chosen):
    helpers.consulent()
    clock.set_to("2026-11-01 12:00")
    factories.post(question, text="Deze stem blijft.")
    reported = factories.post(question, text="Het gaat over een kind.")
    report = Report.objects.create(post=reported, visitor=factories.visitor(), reason="over_kind")
    if is_chosen:
        Monday.objects.load()
        Monday.objects.update(voice=reported)
    folder.mkdir()
    called(clock, EIGHT)
    (letter,) = mailing.deliver(folder)
    assert "Deze stem blijft." in letter.get_body(["plain"]).get_content()
    assert "over een kind" not in letter.as_string()
    Report.objects.filter(pk=report.pk).settle(None)
    assert talk.striking(question) == reported


def test_a_chosen_voice_that_was_held_is_not_mailed(clock, question, folder):
    helpers.consulent()
    clock.set_to("2026-11-01 12:00")
    chosen = factories.post(question, text="Het gaat over een kind.")
    Monday.objects.load()
    Monday.objects.update(voice=chosen)
    called(clock, EIGHT)
    chosen.hold(Hold.CHILD)
    folder.mkdir()
    (letter,) = mailing.deliver(folder)
    assert "over een kind" not in letter.as_string()


def test_the_mail_holds_all_that_is_needed(clock, question, folder):
    made = helpers.consulent()
    factories.role("leerling", plural="leerlingen", is_pupil=True)
    factories.post(question, text="Korte lijnen helpen.", name="Fatima")
    called(clock, EIGHT)
    folder.mkdir()
    (letter,) = mailing.deliver(folder)
    text = letter.get_body(["plain"]).get_content()
    assert question.text in text
    assert "Fatima schreef:\nKorte lijnen helpen." in text
    assert "We horen nog weinig van" in text and "leerlingen" in text
    assert f"http://testserver{made.link.path(Kind.PLAIN)}" in text
    assert "http://testserver/uitnodigen/" in text
    assert "Gebruik geen adressen uit leerlingdossiers." in text
    for kind in ("plain", "html"):
        assert "Stuur deze mail zelf niet door: de knop is van jou." in letter.get_body([kind]).get_content()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_worker_looks_every_five_minutes_and_sums_every_hour():
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert crons["inviting.tasks.call_consulenten"] == "*/5 * * * *"
    assert crons["inviting.tasks.sum_up_links"] == "2 * * * *"


def test_the_hourly_job_sums_what_was_done_by_links(clock):
    LinkUse.objects.note([Act.SENT], Kind.PLAIN, helpers.consulent().link)
    app.tasks["inviting.tasks.sum_up_links"](timestamp=0)
    assert not LinkUse.objects.exists()
    assert LinkFigure.objects.get(act=Act.SENT).counted == 1
