"""Who is told what became of their words, once: the rows, the letters, and who is left out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from plan.actions import informing, laying, publishing, stacks
from plan.models import Choice, HeardVoice, Told, ToldVoice
from plan.reading import receivers
from tests.helpers import factories
from tests.plan import helpers, telling
from tests.plan.telling import finish, lay, lay_another, person, publish, publish_and_tell, voice_of
from werkplaats.models import User
from werkplaats.mutes.models import Kind, Mute
from werkplaats.people import visitors

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid(desk):
    """Three voices of browsers on one stack, with those of Fatima (two) and Bram."""
    desk.fatima, desk.bram = person("fatima@example.org"), person("bram@example.org")
    desk.hers = [voice_of(desk.fatima, desk.question, name="Fatima") for _ in range(2)]
    desk.his = voice_of(desk.bram, desk.question, name="Bram")
    lay(desk, *desk.voices, *desk.hers, desk.his)
    finish(desk.lines, desk.anouk)
    return desk


def letters() -> list[dict]:
    return list(ProcrastinateJob.objects.filter(task_name=informing.JOB).values_list("args", flat=True))


def test_each_person_is_told_once_of_all_their_voices(laid):
    publication = publish_and_tell(laid)
    users = dict(Told.objects.filter(user__isnull=False).values_list("user__email", "pk"))
    assert set(users) == {"fatima@example.org", "bram@example.org"}
    assert sorted(each["told_id"] for each in letters()) == sorted(users.values())
    hers = ToldVoice.objects.filter(told=users["fatima@example.org"]).values_list("fragment", flat=True)
    assert set(hers) == {voice.pk for voice in laid.hers}
    assert Told.objects.filter(visitor__isnull=False, mailed_at=None).count() == 3
    assert Told.objects.filter(user__isnull=False, mailed_at=None).count() == 0
    assert ToldVoice.objects.count() == 6
    assert publication.told_at


def test_telling_twice_tells_once(laid):
    publication = publish_and_tell(laid)
    assert informing.tell(publication.pk) == 0
    assert (len(letters()), Told.objects.count()) == (2, 5)


def test_a_stopped_one_tells_nobody(laid):
    publication = publish(laid)
    assert publishing.stop(publication.pk, laid.anouk)
    assert informing.tell(publication.pk) == 0
    assert (letters(), Told.objects.count()) == ([], 0)


def test_the_job_waits_a_quarter_of_an_hour(laid):
    publication = publish(laid)
    job = ProcrastinateJob.objects.get(task_name="plan.tasks.tell")
    assert job.scheduled_at == publication.leaves_at == publication.at + timedelta(minutes=15)
    assert job.args == {"publication_id": publication.pk}


def test_the_counts_beforehand_are_who_is_told(laid):
    Mute.objects.create(user=laid.bram, kind=Kind.TOLD)
    counts = receivers.counts(laid.harvest)
    assert counts == (1, 4, 0)  # Fatima by mail; three browsers and Bram on the site
    publish_and_tell(laid)
    assert (len(letters()), Told.objects.filter(mailed_at=None).count()) == (1, 4)
    assert receivers.counts(laid.harvest) == (0, 0, 0), "nothing is new"


def test_of_a_stack_it_is_known_how_many_are_mailed(laid, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert receivers.mails_about(laid.lines) == 2
    assert receivers.mails_about(laid.wait) == 0


@pytest.mark.parametrize("state", ["held", "withdrawn", "removed", "erased"])
def test_nobody_is_told_of_words_that_went_before(laid, state):
    publication = publish(laid)
    factories.become(laid.his.post, state)
    informing.tell(publication.pk)
    assert not Told.objects.filter(user=laid.bram).exists()
    assert Told.objects.count() == 4


def test_denied_words_are_nobodys_also_when_a_moderator_brings_them_back(laid):
    post = helpers.voice(laid.question, email="ander@example.org").post
    post.refuse("niet van mij")
    post.refresh_from_db()
    post.restore(laid.joris)
    voice = post.fragment
    lay(laid, voice)
    publish_and_tell(laid)
    assert post.published_at and not ToldVoice.objects.filter(fragment=voice).exists()


def test_a_person_without_a_proven_address_is_told_as_a_visitor(laid):
    User.objects.filter(pk=laid.bram.pk).update(email="nieuw@example.org")  # which proves nothing of it
    User.objects.filter(pk=laid.fatima.pk).update(is_active=False)
    publish_and_tell(laid)
    assert not Told.objects.filter(user__isnull=False).exists() and letters() == []
    assert Told.objects.filter(visitor__user__in=[laid.bram, laid.fatima]).count() == 2


def test_words_that_a_person_sent_in_for_pupils_are_told_to_that_person(laid):
    pupil = factories.role("leerling", is_pupil=True)
    voice = helpers.voice(laid.question, name="Een leerling", role=pupil, visitor=visitors.own(laid.bram))
    lay(laid, voice)
    publish_and_tell(laid)
    assert telling.told_of(voice).told.user == laid.bram


def test_wensbeelden_and_ideas_are_told_to_who_sent_them(laid):
    beeld = factories.wensbeeld(visitor=visitors.own(laid.bram)).fragment
    assert beeld.harvest == laid.harvest
    lay(laid, beeld)
    publish_and_tell(laid)
    assert telling.told_of(beeld).told.user == laid.bram


# A second time


def test_a_correction_tells_only_whom_something_new_concerns(laid):
    publish_and_tell(laid)
    new = voice_of(person("els@example.org"), laid.question)
    lay(laid, new, on=laid.lines)
    publish_and_tell(laid, changed="Er is een bijdrage bij.")
    assert [told.user.email for told in Told.objects.filter(publication__number=2)] == ["els@example.org"]


def test_another_outcome_is_told_again(laid):
    publish_and_tell(laid)
    laying.move(laid.harvest.pk, laid.wait.pk, helpers.shown(helpers.card(laid.his, laid.lines)), laid.anouk)
    finish(laid.wait, laid.anouk, heard="Niemand wacht.", choice=Choice.NEXT)
    publish_and_tell(laid, changed="Eén bijdrage ligt anders.")
    assert [told.user for told in Told.objects.filter(publication__number=2)] == [laid.bram]
    voice = lay_another(laid)
    publish_and_tell(laid, changed="Er veranderde niets voor wie al schreef.")
    assert [told.visitor for told in Told.objects.filter(publication__number=3)] == [voice.post.visitor]


def test_another_sentence_is_told_again_to_all_who_said_it(laid):
    publish_and_tell(laid)
    stacks.hear(laid.harvest.pk, laid.lines.pk, "Eén keer vertellen.", telling.version(laid.lines), laid.anouk)
    publish_and_tell(laid, changed="De zin is korter.")
    assert Told.objects.filter(publication__number=2).count() == 5


def test_a_correction_before_the_letters_left_takes_their_place(laid):
    first = publish(laid)
    stacks.hear(laid.harvest.pk, laid.lines.pk, "Eén keer.", telling.version(laid.lines), laid.anouk)
    second = publish_and_tell(laid, changed="Snel verbeterd.")
    assert informing.tell(first.pk) == 0
    assert set(Told.objects.values_list("publication", flat=True)) == {second.pk}
    assert len(letters()) == 2


# Who came to a café


@pytest.fixture
def evening(laid):
    """A café about the question, with a line, and five sign-ups of which two were there with an address."""
    ago = timezone.now() + timedelta(days=1)
    laid.cafe = factories.cafe(topic=laid.question, starts_at=ago)
    guests = {name: factories.registration(laid.cafe, email=f"{name}@example.org") for name in ("gast", "fatima")}
    guests["weg"] = factories.registration(laid.cafe, email="weg@example.org")
    guests["weg"].cancel()
    guests["los"] = factories.registration(laid.cafe, email="los@example.org", firm=False)
    notes = helpers.noting.open_cafe(laid.cafe.pk, laid.anouk)
    key = helpers.uuid.uuid4()
    helpers.noting.write(notes.pk, [helpers.noting.Line(key, "Minder papier.")], laid.anouk)
    lay(laid, helpers.Note.objects.get(key=key).fragment)
    return laid


def test_who_was_at_a_cafe_is_told_once_unless_they_are_told_as_a_writer(evening):
    assert receivers.counts(evening.harvest) == (3, 3, 1), "the line of the evening is nobody's"
    publication = publish(evening)
    assert receivers.counts_of(publication) == (3, 3, 1)
    informing.tell(publication.pk)
    assert (len(letters()), Told.objects.filter(mailed_at=None).count()) == (3, 3)
    assert HeardVoice.objects.exclude(fragment__told_as__isnull=False).count() == 1
    guests = Told.objects.filter(registration__isnull=False)
    assert [told.registration.email for told in guests] == ["gast@example.org"]
    assert not ToldVoice.objects.filter(told__in=guests).exists(), "a line is somebody else's words"
    stacks.hear(evening.harvest.pk, evening.lines.pk, "Korter.", telling.version(evening.lines), evening.anouk)
    publish_and_tell(evening, changed="De zin is korter.")
    assert guests.all().count() == 1, "once"


def test_a_guest_whose_address_is_wiped_or_shut_out_is_not_told(evening):
    factories.user(email="gast@example.org", is_active=False)
    publish_and_tell(evening)
    assert not Told.objects.filter(registration__isnull=False).exists()
