"""The terms of the register: each does its work when its time has come, and nothing a moment sooner.

Time is moved by SQL: the dates of the rows go back, in the tables and in their history.
"""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import DateTimeField
from django.utils import timezone
from pghistory.models import Context
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models import Cafe, Registration
from plan.models import PlanStep
from plan.models.chain import Does
from polls.models import Ballot, Idea, Member, Poll, Scorer, Stage, Sticker, StickerRound, Wensbeeld
from polls.voting import movement
from posts.models import Post, Question, Report, Thumb
from tests.helpers import factories
from werkplaats.avg import ground, terms
from werkplaats.mail.models import FailedMail
from werkplaats.models import Erasure, Letter, Look, Retention, RetentionRun, Site, User, Visitor
from werkplaats.privacy.models import Looked
from werkplaats.register.entries import Term
from werkplaats.register.terms import RULES

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def goes_by(days: float, *models) -> None:
    """Moves every moment of these tables back, and of their history; triggers sleep meanwhile, as time wakes none."""
    back = timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for model in [*models, *(getattr(model, "pgh_event_model", None) for model in models)]:
            for field in model._meta.concrete_fields if model else ():
                if isinstance(field, DateTimeField):
                    name, table = field.column, model._meta.db_table
                    cursor.execute(f'UPDATE "{table}" SET "{name}" = "{name}" - %s', [back])
        cursor.execute("SET session_replication_role = DEFAULT")


def run(term: Term) -> dict[str, int]:
    """What a run does; a second one, at once, does nothing."""
    now = timezone.now()
    foreseen = terms.due(terms.works_of(term), terms.at(term, now, Retention.objects.all_of()[term].days))
    first, second = terms.run(term, now), terms.run(term, now)
    assert first.counts == foreseen
    assert second.counts == {}
    return first.counts


def nothing_yet(term: Term, days: float, *models) -> None:
    """A minute before its time it does nothing."""
    goes_by(days - 1 / 1440, *models)
    assert run(term) == {}
    goes_by(2 / 1440, *models)


def votes_of(poll: Poll) -> list[tuple[int, int]]:
    return [(choice.votes, choice.first_votes) for choice in Poll.objects.shown_to(None, poll.slug).options]


def moves_of(poll: Poll) -> list[tuple[str, str, int, list[int]]]:
    found = movement.movement_of(Poll.objects.shown_to(None, poll.slug))
    return [(move.before, move.after, move.people, move.counts) for move in found.moves]


# Names and addresses


def test_names_go_a_year_after_the_plan_is_adopted():
    role = factories.role("leerkracht")
    post = factories.post(name="Zefira", email="zefira@voorbeeld.example", role=role, author=factories.user())
    somebody = factories.post(name="Iemand", role=None)
    beeld = factories.wensbeeld(name="Zefira", role=role)
    PlanStep.objects.create(name="vastgesteld", does=Does.ADOPT, reached_at=timezone.now(), position=9)
    version = post.version

    nothing_yet(Term.NAMES, 365, Post, Wensbeeld, PlanStep)
    later = factories.post(name="Later")
    counts = run(Term.NAMES)

    assert counts == {"adres,adressen": 1, "naam,namen": 2, "naam bij een wensbeeld,namen bij wensbeelden": 1}
    post.refresh_from_db()
    assert (post.name, post.email, post.author_id, post.visitor_id) == ("leerkracht", "", None, None)
    assert post.version == version, "what was quoted is still what was said"
    assert not post.events.filter(name="Zefira").exists()
    somebody.refresh_from_db()
    assert somebody.name == "Iemand"
    beeld.refresh_from_db()
    assert (beeld.name, beeld.role.name) == ("", "leerkracht"), "a wensbeeld without a name shows the role"
    later.refresh_from_db()
    assert later.name == "Later"


def test_without_a_plan_names_go_three_years_after_writing():
    factories.post(name="Zefira", email="zefira@voorbeeld.example")
    nothing_yet(Term.NAMES, 3 * 365, Post)
    assert run(Term.NAMES) == {"adres,adressen": 1, "naam,namen": 1}
    assert Post.objects.get().name == "ouder"


# Votes, thumbs and stickers


def test_votes_are_unlinked_and_every_count_stays():
    poll, visitors = factories.poll(), [factories.visitor() for _ in range(3)]
    yes, no = poll.choices.order_by("position")[:2]
    for visitor in visitors:
        for number, choice in enumerate((yes, no, yes, no), start=1):
            factories.vote(poll, visitor, choice, number)
    Poll.objects.update(closes_at=timezone.now())
    before = votes_of(poll), moves_of(poll)

    nothing_yet(Term.VOTES, 90, Poll)
    assert run(Term.VOTES) == {"stem,stemmen": 12}

    assert not Ballot.objects.filter(visitor__isnull=False).exists()
    assert (votes_of(poll), moves_of(poll)) == before
    assert Ballot.objects.values("series").distinct().count() == 3


def test_who_voted_cannot_vote_again_since_the_poll_stays_closed():
    poll, visitor = factories.poll(), factories.visitor()
    choice = poll.choices.first()
    factories.vote(poll, visitor, choice)
    Poll.objects.update(closes_at=timezone.now() - timedelta(days=91))
    run(Term.VOTES)

    for closes_at in (None, timezone.now() + A_DAY):
        with pytest.raises(IntegrityError), transaction.atomic():
            Poll.objects.update(closes_at=closes_at)
    with pytest.raises(ValidationError):
        factories.vote(poll, visitor, choice, 2)


def test_thumbs_are_unlinked_once_their_question_closed_long_ago():
    post, visitor = factories.post(), factories.visitor()
    Thumb.objects.wish(post.pk, visitor.pk, 1)
    question = post.question
    Question.objects.update(closed_at=timezone.now())

    nothing_yet(Term.VOTES, 90, Question)
    assert run(Term.VOTES) == {"duimpje,duimpjes": 1}

    post.refresh_from_db()
    assert post.tally.thumbs == {"1": 1}
    question.refresh_from_db()
    with pytest.raises(ValidationError):
        question.make_current()


def test_thumbs_of_a_question_that_is_open_again_stay_whose_they_are():
    post, visitor = factories.post(), factories.visitor()
    Thumb.objects.wish(post.pk, visitor.pk, 1)
    Question.objects.update(closed_at=timezone.now() - timedelta(days=91))
    post.question.make_current()
    assert run(Term.VOTES) == {}
    assert Thumb.objects.get().visitor_id == visitor.pk


def test_stickers_are_unlinked_90_days_after_the_result():
    round = factories.sticker_round(groups=1, ideas=2)
    visitor, ideas = factories.visitor(), list(Idea.objects.order_by("pk"))
    Member.objects.create(round=round, group=round.groups.get(), visitor=visitor)
    Idea.objects.update(visitor=visitor)
    for place, idea in enumerate(ideas):
        factories.sticker(idea, 1 + place, visitor)
        factories.sticker(idea, 1, visitor, person=2)
    StickerRound.objects.update(stage=Stage.STICKERS)
    StickerRound.objects.update(stage=Stage.RESULT)
    board = StickerRound.objects.board(round.slug)
    counts = [(idea.green, idea.blue, idea.red) for idea in board.ideas], board.members

    nothing_yet(Term.VOTES, 90, StickerRound)
    done = run(Term.VOTES)

    assert done["plakker van stickers,plakkers van stickers"] == 2
    for model in (Sticker, Scorer, Member, Idea):
        assert not model.objects.filter(visitor__isnull=False).exists(), model
    board = StickerRound.objects.board(round.slug)
    assert ([(idea.green, idea.blue, idea.red) for idea in board.ideas], board.members) == counts
    with pytest.raises(IntegrityError), transaction.atomic():
        StickerRound.objects.update(stage=Stage.STICKERS)


# Words


def test_what_was_never_public_goes_after_90_days_with_its_picture():
    waiting, unfinished = factories.post(published=False), factories.post(published=False, finished_at=None, role=None)
    refused, public = factories.become(factories.post(published=False), "refused"), factories.post()
    factories.wensbeeld(published=False)
    nothing_yet(Term.UNPUBLISHED, 90, Post, Wensbeeld)
    counts = run(Term.UNPUBLISHED)
    assert counts["bijdrage die nooit online kwam,bijdragen die nooit online kwamen"] == 3
    assert list(Post.objects.all()) == [public]
    assert not Wensbeeld.objects.exists()
    gone = [waiting.pk, unfinished.pk, refused.pk]
    assert not Post.pgh_event_model.objects.filter(pgh_obj_id__in=gone).exists()


def test_words_stay_until_the_period_of_the_plan_ends():
    post, answer = factories.post(), None
    answer = factories.post(parent=post)
    beeld = factories.wensbeeld()
    here = timezone.localtime()
    Site.objects.load()
    Site.objects.update(period_start=here.year - 4, period_end=here.year)
    assert run(Term.WORDS) == {}

    Site.objects.update(period_end=here.year - 1)
    goes_by(366, Post, Wensbeeld)
    counts = run(Term.WORDS)

    assert (counts["bijdrage,bijdragen"], counts["wensbeeld,wensbeelden"]) == (2, 1)
    for row in (post, answer):
        row.refresh_from_db()
        assert (row.text, row.name, row.visitor_id) == ("", "", None)
        assert not row.events.exclude(text="").exists()
    assert not Wensbeeld.objects.filter(pk=beeld.pk).exists()


def test_a_story_about_one_child_is_erased_after_30_days_unless_it_is_kept():
    gone, kept, beeld = factories.post(), factories.post(), factories.wensbeeld()
    for row in (gone, kept, beeld):
        assert row.set_apart(None)
    nothing_yet(Term.CHILD, 30, Post, Wensbeeld)
    kept.keep_longer("Er loopt een klacht.", 30)

    assert run(Term.CHILD) == {"verhaal over één kind,verhalen over één kind": 1, "wensbeeld,wensbeelden": 1}

    gone.refresh_from_db()
    assert gone.erased_at and not gone.text and not gone.events.exclude(text="").exists()
    kept.refresh_from_db()
    assert kept.text
    nothing_yet(Term.CHILD, 30, Post)
    assert run(Term.CHILD) == {"verhaal over één kind,verhalen over één kind": 1}


# Who they were


def test_a_visitor_of_whom_nothing_is_left_goes_after_a_year():
    idle, person, writer = factories.visitor(), factories.visitor(user=factories.user()), factories.post().visitor
    reported = factories.visitor()
    Report.objects.create(post=Post.objects.get(), visitor=reported, reason="privacy", handled_at=timezone.now())
    nothing_yet(Term.VISITORS, 365, Visitor, Report)
    assert run(Term.VISITORS) == {"melding,meldingen": 1, "bezoeker,bezoekers": 2}
    assert set(Visitor.objects.all()) == {person, writer}
    assert not Visitor.objects.filter(pk=idle.pk).exists()


def test_an_account_is_warned_a_month_before_and_goes_after_two_years(mailbox):
    user = User.objects.confirmed("zefira@voorbeeld.example")
    chief = factories.coordinator()
    post = factories.post(author=user, name="Zefira")
    nothing_yet(Term.ACCOUNTS, 2 * 365 - 30, User)

    assert run(Term.ACCOUNTS) == {"waarschuwing per mail,waarschuwingen per mail": 1}
    (mail,) = mailbox()
    assert mail["To"] == user.email
    nothing_yet(Term.ACCOUNTS, 30, User)

    assert run(Term.ACCOUNTS) == {"account,accounts": 1}
    assert list(User.objects.all()) == [chief]
    assert Erasure.objects.get().why == "termijn"
    post.refresh_from_db()
    assert post.text and post.author_id is None


def test_logging_in_after_the_warning_keeps_the_account():
    user = User.objects.confirmed("zefira@voorbeeld.example")
    goes_by(2 * 365 - 29, User)
    assert run(Term.ACCOUNTS) == {"waarschuwing per mail,waarschuwingen per mail": 1}
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    goes_by(2 * 365 - 31, User)
    assert run(Term.ACCOUNTS) == {}
    goes_by(2, User)
    assert run(Term.ACCOUNTS) == {"waarschuwing per mail,waarschuwingen per mail": 1}, "once each time"


def test_who_comes_to_a_cafe_keeps_the_account_and_the_seat_and_is_warned_anew_after_it():
    user = User.objects.confirmed("zefira@voorbeeld.example")
    goes_by(2 * 365 + 1, User)
    assert run(Term.ACCOUNTS) == {"waarschuwing per mail,waarschuwingen per mail": 1}
    goes_by(31, User)
    row = factories.registration(factories.cafe(), email=user.email)
    assert run(Term.ACCOUNTS) == {}
    assert Registration.objects.filter(pk=row.pk, email=user.email).exists()
    over = timezone.now() - A_DAY
    Cafe.objects.update(starts_at=over - A_DAY / 12, ends_at=over)
    assert run(Term.ACCOUNTS) == {}, "confirmed today"
    goes_by(31, User)
    row.delete()
    assert run(Term.ACCOUNTS) == {"waarschuwing per mail,waarschuwingen per mail": 1}, "the first was of long ago"
    goes_by(31, User)
    assert run(Term.ACCOUNTS) == {"account,accounts": 1}


def test_a_sign_up_that_nobody_confirmed_keeps_an_account_until_the_cafe_is_over():
    user = User.objects.confirmed("zefira@voorbeeld.example")
    User.objects.filter(pk=user.pk).update(warned_at=timezone.now())
    goes_by(2 * 365 + 1, User)
    User.objects.filter(pk=user.pk).update(warned_at=timezone.now() - 31 * A_DAY)
    factories.registration(factories.cafe(), email=user.email, firm=False)
    assert run(Term.ACCOUNTS) == {}
    over = timezone.now() - A_DAY
    Cafe.objects.update(starts_at=over - A_DAY / 12, ends_at=over)
    assert run(Term.ACCOUNTS) == {"account,accounts": 1}


# What the site keeps of itself


def test_history_and_logs_go_after_two_years():
    user = factories.coordinator()
    post = factories.post()
    post.edit(text="Anders")
    LogEntry.objects.log_actions(user.pk, [post], CHANGE, "iets")
    Look.note(user, Looked.PERSON, "persoon 1", 1)
    tables = [*(model.pgh_tracked_model for model in ground.histories()), LogEntry, Look, Context]
    nothing_yet(Term.AUDIT, 2 * 365, *tables)
    assert run(Term.AUDIT)[ground.CHANGES] >= 2
    assert not Post.pgh_event_model.objects.exists()
    assert not LogEntry.objects.exists()
    assert not Look.objects.exists()
    post.refresh_from_db()
    assert post.text == "Anders"


def test_letters_failures_and_sessions():
    Letter.objects.create(to="zefira@voorbeeld.example", template="x", data={})
    nothing_yet(Term.LETTERS, 14, Letter)
    assert run(Term.LETTERS) == {"mail die nooit vertrok,mails die nooit vertrokken": 1}

    FailedMail.objects.create(job=1, task="x", ids={}, reason="550 weg")
    nothing_yet(Term.JOBS, 30, FailedMail)
    assert run(Term.JOBS) == {"mail die niet aankwam,mails die niet aankwamen": 1}

    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=timezone.now() + timedelta(days=14))
    nothing_yet(Term.SESSIONS, 14, Session)
    assert run(Term.SESSIONS) == {"sessie,sessies": 1}


# What a coordinator may do about it


def test_a_term_that_is_paused_does_nothing_and_says_why():
    factories.post(published=False)
    goes_by(91, Post)
    Retention.objects.all_of()[Term.UNPUBLISHED].pause(factories.coordinator(), "Er loopt een onderzoek.")
    assert terms.run(Term.UNPUBLISHED, timezone.now()) is None
    (row,) = [row for row in terms.dry_run(timezone.now()) if row.term == Term.UNPUBLISHED]
    assert (row.goes, row.kept.paused_why) == ({}, "Er loopt een onderzoek.")

    Retention.objects.get(term=Term.UNPUBLISHED).go_on()
    assert run(Term.UNPUBLISHED)


def test_a_coordinator_sets_the_days():
    factories.post(published=False)
    goes_by(31, Post)
    assert run(Term.UNPUBLISHED) == {}
    Retention.objects.all_of()[Term.UNPUBLISHED].keep_for(30)
    assert run(Term.UNPUBLISHED)
    with pytest.raises(ValidationError):
        Retention.objects.get(term=Term.UNPUBLISHED).keep_for(0)


def test_every_term_runs_or_is_known_to_go_elsewhere():
    elsewhere = {Term.LOGS, Term.FILES, Term.BRIEF, Term.SITE}
    assert set(terms.RUN) | elsewhere == set(Term)
    assert set(RULES) == set(Term)


def test_the_log_tells_how_many_and_nothing_else():
    factories.post(published=False, name="Zefira")
    goes_by(91, Post)
    run(Term.UNPUBLISHED)
    row = RetentionRun.objects.order_by("pk").first()
    assert row.words == "1 bijdrage die nooit online kwam"
    assert "Zefira" not in str(row.counts)


def test_an_account_that_a_coordinator_changed_does_not_go_that_night():
    user = factories.user(last_login=timezone.now() - timedelta(days=900))
    User.objects.filter(pk=user.pk).update(changed_at=timezone.now())
    assert "account,accounts" not in run(Term.ACCOUNTS)
    assert User.objects.filter(pk=user.pk).exists()


def failed_job(days: float) -> int:
    """One that failed so many days ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES ('mail', 'x', '{}', 'todo')"
            " RETURNING id"
        )
        (pk,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [pk])
        cursor.execute(
            "UPDATE procrastinate_events SET at = %s WHERE job_id = %s", [timezone.now() - timedelta(days=days), pk]
        )
    return pk


def test_failed_jobs_go_after_their_term_and_no_sooner():
    old, young = failed_job(30.01), failed_job(29.99)
    waits = failed_job(90)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'todo' WHERE id = %s", [waits])
        cursor.execute("ALTER TABLE procrastinate_jobs ENABLE TRIGGER USER")
    assert run(Term.JOBS) == {"mislukte taak,mislukte taken": 1}
    left = set(ProcrastinateJob.objects.filter(pk__in=[old, young, waits]).values_list("pk", flat=True))
    assert left == {young, waits}
    assert run(Term.JOBS) == {}


def test_sign_ups_and_wishes_go_by_the_same_run_and_the_counts_stay():
    cafe = factories.cafe(keep_months=3)
    factories.registration(cafe, name="Fatima", wishes="Zonder noten")
    now = timezone.now()

    def ended(ago: timedelta) -> None:
        Cafe.objects.filter(pk=cafe.pk).update(starts_at=now - ago - timedelta(hours=2), ends_at=now - ago)

    ended(timedelta(0))
    assert run(Term.WISHES) == {}, "the café was today"
    ended(timedelta(days=2))
    assert list(run(Term.WISHES).values()) == [1]
    assert run(Term.WISHES) == {} and Registration.objects.get().wishes == ""
    ended(timedelta(days=88))
    assert run(Term.SIGN_UPS) == {}
    ended(timedelta(days=94))
    assert list(run(Term.SIGN_UPS).values()) == [1]
    assert run(Term.SIGN_UPS) == {} and not Registration.objects.exists()
    cafe.refresh_from_db()
    assert cafe.final_counts["totals"]["people"] == 1
