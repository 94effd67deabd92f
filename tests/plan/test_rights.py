"""Sorting is a right of its own."""

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from plan.models import SORT, Fragment, Harvest
from plan.tasks import open_polls, repair_fragments
from polls.models import Poll
from tests.helpers import factories
from tests.plan import helpers
from werkplaats.models import User

pytestmark = pytest.mark.django_db


def test_a_coordinator_may_sort_and_staff_whom_it_was_given():
    right = Permission.objects.get(content_type__app_label="plan", codename=SORT)
    assert right.name == "Mag sorteren"
    staff = helpers.sorter()
    assert factories.coordinator().has_perm("plan.sort_voices")
    assert not staff.has_perm("plan.sort_voices")
    staff.user_permissions.add(right)
    assert User.objects.get(pk=staff.pk).has_perm("plan.sort_voices")


def test_a_harvest_is_of_one_thing_and_one_of_nothing():
    question, cafe, cycle = factories.question(), factories.cafe(), factories.cycle()
    for of in ({"question": question}, {"cafe": cafe}, {"cycle": cycle}, {}):
        Harvest.objects.create(**of)
        with pytest.raises(IntegrityError), transaction.atomic():
            Harvest.objects.create(**of)
    with pytest.raises(IntegrityError, match="harvest_of_one_thing"), transaction.atomic():
        Harvest.objects.create(question=factories.question(current=False), cycle=factories.cycle())
    names = {str(harvest) for harvest in Harvest.objects.all()}
    assert names == {str(question), str(cafe), str(cycle), "Bij geen vraag"}


def test_what_voices_belong_to_is_not_deleted_and_what_has_none_is():
    question, cycle = factories.question(), factories.cycle()
    factories.wensbeeld()
    Harvest.objects.create(cycle=cycle)
    with pytest.raises(ProtectedError):
        question.delete()
    cycle.delete()
    assert Harvest.objects.get().question == question


def test_the_job_takes_in_what_opened():
    factories.poll()
    open_polls(timestamp=0)
    assert Poll.objects.get().fragment.live


def test_the_nightly_job_says_when_a_trigger_missed_something(caplog):
    factories.post()
    repair_fragments(timestamp=0)
    assert caplog.messages == []
    Fragment.objects.all()._raw_delete("default")
    repair_fragments(timestamp=0)
    assert caplog.messages == ["1 fragments were not as what was said; they are now."]
