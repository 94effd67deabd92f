"""Erasing a person: what goes, what stays, and that counts stay right."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Sum
from django.utils import timezone
from pghistory.models import Context

from events.models import Registration
from plan.models import Harvest, Note, Notes
from polls.models import Ballot, Idea, Stage, Sticker, Tally
from posts.models import Post, Report, Thumb
from tests.helpers import factories
from tests.helpers.logging_in import log_in
from werkplaats.avg import erasing
from werkplaats.avg.rows import rows_of
from werkplaats.mail.models import FailedMail
from werkplaats.people import visitors
from werkplaats.people.models import User, Visitor
from werkplaats.privacy import erased
from werkplaats.privacy.models import Erasure
from werkplaats.privacy.person import Person, Words

pytestmark = pytest.mark.django_db
EMAIL = "fatima@example.org"


@pytest.fixture(autouse=True)
def erased_list(settings, tmp_path):
    settings.ERASED_LIST = tmp_path / "erased.jsonl"


@pytest.fixture
def user():
    return User.objects.confirmed(EMAIL)


@pytest.fixture
def own(user):
    return visitors.own(user)


def words_of(user, own, **fields) -> Post:
    return factories.post(author=user, visitor=own, email=user.email, name="Fatima Kanarie", **fields)


def erase(user, words=Words.GO, **options) -> Erasure:
    return erasing.erase(Person.of_user(user), words, **options)


def test_nobody_is_left(user, own):
    words_of(user, own, text="Mijn woorden")
    factories.wensbeeld(visitor=own, name="Fatima")
    factories.registration(factories.cafe(), email=EMAIL)
    person = Person.of_user(user)
    row = erase(user)
    assert rows_of(person) == []
    assert (row.counts["posts_gone"], row.counts["wensbeelden_gone"], row.counts["sign_ups"]) == (1, 1, 1)
    assert not User.objects.filter(email=EMAIL).exists()
    assert not Visitor.objects.filter(pk=own.pk).exists()


def test_the_place_and_the_answers_of_others_stay(user, own):
    post = words_of(user, own)
    answer = factories.post(parent=post, text="Dat herken ik.")
    erase(user)
    post.refresh_from_db()
    answer.refresh_from_db()
    assert (post.text, post.name, post.removal) == ("", "", "writer")
    assert answer.text == "Dat herken ik."
    assert answer.root_id == post.pk


def test_words_stay_without_a_name_in_public_and_in_history(user, own):
    post = words_of(user, own, text="Eerste versie", meeting="Team Kanarie", meeting_size=4)
    post.edit(text="Tweede versie")
    post.refresh_from_db()
    role, version = post.role.name, post.version
    erase(user, Words.STAY)
    post.refresh_from_db()
    assert (post.text, post.name, post.meeting, post.email) == ("Tweede versie", role, "", "")
    assert post.version == version, "they are the same words: what was quoted of them stays"
    assert (post.author, post.visitor) == (None, None)
    assert post.is_public
    assert {row.name for row in post.events.all()} == {role}
    assert "Eerste versie" not in {row.text for row in post.events.all()}


def test_what_nobody_can_read_goes_also_when_the_words_may_stay(user, own):
    waits = words_of(user, own, published=False)
    taken = words_of(user, own)
    taken.withdraw()
    erase(user, Words.STAY)
    assert [bool(Post.objects.get(pk=each.pk).erased_at) for each in (waits, taken)] == [True, True]


def test_what_a_stranger_typed_under_the_address_stays_without_it(user, own):
    typed = factories.post(email=EMAIL, text="Door een ander", published=False, asked_at=timezone.now())
    erase(user)
    typed.refresh_from_db()
    assert (typed.text, typed.email, typed.asked_at) == ("Door een ander", "", None)


@pytest.mark.parametrize("is_open", [True, False])
def test_a_thumb_counts_on_when_closed_and_is_taken_back_when_open(user, own, is_open):
    post = factories.post()
    Thumb.objects.wish(post.pk, own.pk, 1)
    if not is_open:
        post.question.closed_at = timezone.now()
        post.question.save()
    erase(user)
    post.tally.refresh_from_db()
    assert post.tally.thumbs.get("1", 0) == (0 if is_open else 1)
    assert [thumb.visitor for thumb in Thumb.objects.all()] == ([] if is_open else [None])


@pytest.mark.parametrize("is_open", [True, False])
def test_a_vote_counts_on_when_closed_and_is_taken_back_when_open(user, own, is_open):
    poll = factories.poll()
    factories.vote(poll, own, poll.choices.first())
    factories.vote(poll, own, poll.choices.last(), 2)
    if not is_open:
        type(poll).objects.filter(pk=poll.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    erase(user)
    counts = Tally.objects.aggregate(votes=Sum("votes"), people=Sum("first_votes"))
    assert (counts["votes"], counts["people"]) == ((0, 0) if is_open else (2, 1))
    assert not Ballot.objects.exclude(visitor=None).exists()


@pytest.mark.parametrize("is_open", [True, False])
def test_a_sticker_counts_on_when_closed_and_is_taken_back_when_open(user, own, is_open):
    round = factories.sticker_round()
    idea = Idea.objects.filter(round=round).first()
    factories.sticker(idea, 1, own)
    if not is_open:
        type(round).objects.filter(pk=round.pk).update(stage=Stage.RESULT)
    erase(user)
    assert sum(each.green for each in idea.tallies.all()) == (0 if is_open else 1)
    assert not Sticker.objects.exclude(visitor=None).exists()


def test_a_seat_goes_to_who_waits(user):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    factories.registration(cafe, email=EMAIL)
    waits = factories.registration(cafe)
    assert waits.seat is None
    row = erase(user)
    waits.refresh_from_db()
    assert (waits.seat, row.counts["let_in"]) == ("room", 1)
    assert Registration.objects.count() == 1


def test_of_a_cafe_that_has_been_the_counts_stay(user):
    cafe = factories.cafe()
    factories.registration(cafe, email=EMAIL, name="Fatima Kanarie", wishes="Geen noten")
    before = dict(cafe.counts)
    starts = timezone.now() - timedelta(days=2)
    type(cafe).objects.filter(pk=cafe.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=2))
    erase(user)
    row = Registration.objects.get()
    assert (row.email, row.name, row.wishes) == ("", "(gewist)", "")
    assert type(cafe).objects.get(pk=cafe.pk).counts == before


def test_an_open_report_stays_without_its_reporter(user, own):
    post = factories.post()
    Report.objects.file(post, own, Report.Reason.choices[0][0], "Kanarie")
    erase(user)
    report = Report.objects.get()
    assert (report.visitor, report.words) == (None, "")


def test_sessions_and_the_audit_trail_know_them_no_more(client, user):
    log_in(client, EMAIL)
    client.post("/accounts/login/", {"email": EMAIL})
    Context.objects.create(id="00000000-0000-4000-8000-000000000000", metadata={"user": user.pk, "url": "/x/"})
    erase(user)
    assert not Session.objects.exists()
    assert Context.objects.get().metadata == {}


def test_twice_is_once(user, own):
    words_of(user, own)
    person = Person.of_user(user)
    erasing.erase(person, Words.GO)
    again = erasing.erase(person, Words.GO)
    assert (again.pk, again.counts) == (None, {})
    assert Erasure.objects.count() == 1


def test_the_list_outside_names_ids_alone(user, own, settings):
    words_of(user, own)
    erase(user)
    line = [each for each in erased.lines() if each.what == "person"][-1]
    assert line.ids == [user.pk]
    known = {
        "visitors": [own.pk.hex],
        "sign_ups": {},
        "typed": [],
        "also": [],
        "words": "weghalen",
        "rows": {},
        "why": "zelf",
    }
    assert line.more == {**known, "erasure": Erasure.objects.get().pk}
    assert EMAIL not in settings.ERASED_LIST.read_text()


def test_staff_and_the_last_who_may_do_everything_are_refused():
    one = factories.coordinator()
    with pytest.raises(erasing.Refused, match="andere coördinator"):
        erase(one)
    with pytest.raises(erasing.Refused, match="andere coördinator"):
        erase(one, by=one)
    helper = factories.user(is_staff=True)
    with pytest.raises(erasing.Refused, match="laatste"):
        erase(one, by=helper)
    other = factories.coordinator()
    with pytest.raises(erasing.Refused, match="alles in het beheer mag"):
        erase(one, by=helper)
    erase(one, by=other)
    assert list(User.objects.filter(is_superuser=True)) == [other]


def test_who_has_only_a_cookie_erases_what_the_browser_did():
    visitor = factories.visitor()
    post = factories.post(visitor=visitor, email="getypt@example.org", name="Kanarie")
    other = factories.post(email="getypt@example.org", text="Van een ander")
    erasing.erase(Person.of_visitor(visitor.pk), Words.GO)
    post.refresh_from_db()
    other.refresh_from_db()
    assert (post.text, post.email, other.email) == ("", "", "getypt@example.org")
    assert not Visitor.objects.filter(pk=visitor.pk).exists()


def test_what_it_takes_does_not_grow_with_what_there_is(user, own, django_assert_max_num_queries):
    question = factories.question()
    for _ in range(30):
        words_of(user, own, question=question)
    with django_assert_max_num_queries(180):
        erase(user)


def test_the_name_that_a_stranger_typed_takes_nothing_of_others_along():
    """Anybody may type any name: it finds lines to look at when it tells somebody apart, and takes nothing away."""
    visitor = factories.visitor()
    factories.wensbeeld(visitor=visitor, name="het")
    of_another = FailedMail.objects.create(job=1, task="x", ids={"registration_id": 1}, reason="550 het bestaat niet")
    cafe = factories.cafe()
    notes = Notes.objects.create(harvest=Harvest.objects.get_or_create(cafe=cafe)[0], cafe=cafe)
    Note.objects.create(notes=notes, number=1, text="Wij hebben het over het kind")
    row = erasing.erase(Person.of_visitor(visitor.pk), Words.GO)
    assert FailedMail.objects.filter(pk=of_another.pk).exists()
    assert row.elsewhere == {}


def test_a_name_as_any_other_word_is_not_looked_for(user, own):
    for name in ("Kind", "Zefira"):
        factories.post(author=user, visitor=own, name=name)
    cafe = factories.cafe()
    notes = Notes.objects.create(harvest=Harvest.objects.get_or_create(cafe=cafe)[0], cafe=cafe)
    for number in range(25):
        Note.objects.create(notes=notes, number=number, text=f"Dit kind hoort erbij, {number}")
    named = Note.objects.create(notes=notes, number=30, text="Zefira zei dit")
    assert erase(user).elsewhere == {"plan.Note": [named.pk]}


def test_who_proved_nothing_makes_nobody_read_the_contributions_of_others():
    visitor = factories.visitor()
    factories.post(visitor=visitor, name="Rust")
    factories.post(text="Meer rust in de klas.")
    row = erasing.erase(Person.of_visitor(visitor.pk), Words.GO)
    assert (row.counts["posts_gone"], row.elsewhere) == (1, {})


def test_a_story_that_is_kept_for_a_reason_stays_with_the_staff_and_is_nobodys(user, own):
    story = words_of(user, own)
    story.set_apart(None)
    story.keep_longer("melding bij Veilig Thuis", 30)
    erase(user)
    story.refresh_from_db()
    assert story.text and not story.is_public and (story.author, story.visitor, story.email) == (None, None, "")
