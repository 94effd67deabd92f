"""After a back-up was put back: who was erased since goes again, and nobody else."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from posts.models import Post
from tests.helpers import factories
from werkplaats.avg import erasing
from werkplaats.avg.replaying import replay
from werkplaats.models import Erasure, User, Visitor
from werkplaats.people import visitors
from werkplaats.privacy import erased
from werkplaats.privacy.erased import What
from werkplaats.privacy.person import Person, Words

pytestmark = pytest.mark.django_db
EMAIL = "fatima@example.org"
AGO = timezone.now() - timedelta(days=3)


@pytest.fixture(autouse=True)
def erased_list(settings, tmp_path):
    settings.ERASED_LIST = tmp_path / "erased.jsonl"


def put_back(pk: int, visitor, **fields) -> User:
    """As a back-up does: with the very keys."""
    user = User.objects.create(pk=pk, email=EMAIL, date_joined=AGO, **fields)
    user.prove()
    Visitor.objects.create(pk=visitor, user=user)
    return user


@pytest.mark.parametrize("words, left", [(Words.GO, ""), (Words.STAY, "Blijft dit?")])
def test_who_was_erased_goes_again_as_they_chose(words, left):
    user = User.objects.confirmed(EMAIL)
    own = visitors.own(user)
    pk, key = user.pk, own.pk
    erasing.erase(Person.of_user(user), words)
    back = put_back(pk, key)
    post = factories.post(
        author=back, visitor=back.visitor, email=EMAIL, name="Fatima", text="Blijft dit?", created_at=AGO
    )
    sign_up = factories.registration(factories.cafe(), email=EMAIL)
    out = io.StringIO()
    call_command("replay_erasures", stdout=out)
    assert out.getvalue() == "Opnieuw gewist: 1 persoon.\n"
    post.refresh_from_db()
    assert (post.text, post.email) == (left, "")
    assert not User.objects.filter(email=EMAIL).exists()
    assert not type(sign_up).objects.filter(email=EMAIL).exists()
    out = io.StringIO()
    call_command("replay_erasures", stdout=out)
    assert out.getvalue() == "Opnieuw gewist: niets.\n"


def test_who_got_the_number_since_stays():
    user = User.objects.confirmed(EMAIL)
    pk = user.pk
    erasing.erase(Person.of_user(user), Words.GO)
    User.objects.create(pk=pk, email="nieuw@example.org")
    post = factories.post(text="Nieuw")
    erased.note(What.POST, [post.pk])
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() + timedelta(seconds=1))
    assert not replay()
    assert User.objects.filter(pk=pk).exists()
    post.refresh_from_db()
    assert post.text == "Nieuw"


def test_what_a_moderator_erased_goes_again():
    post = factories.post(text="Echt gewist", created_at=AGO)
    beeld = factories.wensbeeld(created_at=AGO)
    idea = factories.sticker_round().ideas.first()
    type(idea).objects.filter(pk=idea.pk).update(created_at=AGO)
    erased.note(What.POST, [post.pk])
    erased.note(What.WENSBEELD, [beeld.pk])
    erased.note(What.IDEA, [idea.pk])
    assert replay() == {"post": 1, "wensbeeld": 1, "idea": 1}
    post.refresh_from_db()
    assert post.text == ""
    assert not type(beeld).objects.exists()


def test_a_browser_goes_again():
    visitor = factories.visitor()
    key = visitor.pk
    factories.post(visitor=visitor)
    erasing.erase(Person.of_visitor(key), Words.GO)
    back = Visitor.objects.create(pk=key)
    Visitor.objects.filter(pk=key).update(created_at=AGO)
    post = factories.post(visitor=back, text="Kanarie")
    assert replay()["person"] == 1
    post.refresh_from_db()
    assert post.text == ""


@pytest.mark.parametrize("kind", ["post", "wensbeeld"])
def test_a_story_about_one_child_goes_out_of_sight_again(kind):
    story = getattr(factories, kind)(created_at=AGO)
    assert story.set_apart(None)
    type(story).objects.filter(pk=story.pk).update(
        child_at=None, removed_at=None, **({"removal": ""} if kind == "post" else {})
    )
    assert replay() == {What.APART: 1}
    story.refresh_from_db()
    assert story.is_about_child and not story.is_public
    assert replay() == {}


def test_what_the_staff_knew_to_be_theirs_goes_again_and_the_address_under_the_rest():
    theirs = factories.post(author=None, email=EMAIL, name="Fatima", text="Blijft dit?")
    other = factories.post(author=None, email=EMAIL, name="Piet", text="Grapje.")
    erasing.erase(Person.of_address(EMAIL), Words.STAY, also=(theirs.pk,))
    Post.objects.filter(pk__in=[theirs.pk, other.pk]).update(email=EMAIL, created_at=AGO)
    Post.objects.filter(pk=theirs.pk).update(name="Fatima")
    assert replay()["person"] == 1
    theirs.refresh_from_db()
    other.refresh_from_db()
    assert (theirs.name, theirs.text, theirs.email) == (theirs.role.name, "Blijft dit?", "")
    assert (other.name, other.text, other.email) == ("Piet", "Grapje.", "")


def test_it_is_counted_once_as_what_it_was_asked_for():
    user = User.objects.confirmed(EMAIL)
    pk, key = user.pk, visitors.own(user).pk
    row = erasing.erase(Person.of_user(user), Words.GO)
    put_back(pk, key)
    assert replay()["person"] == 1
    assert list(Erasure.objects.all()) == [row], "the back-up brought its row along"
    Erasure.objects.all().delete()
    put_back(pk, key)
    assert replay()["person"] == 1
    (again,) = Erasure.objects.all()
    assert (again.why, again.at) == ("zelf", next(erased.lines()).at)
