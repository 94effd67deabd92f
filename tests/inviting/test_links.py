"""An invitation link: what it opens, what it counts, and that it knows nobody."""

import pytest
from django.db import connection
from django.utils import timezone

from inviting.models import Consulent
from tests.helpers import factories
from werkplaats.invited.models import FEW, Act, InvitationLink, Kind, LinkFigure, LinkUse, month_of
from werkplaats.people.models import User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def question():
    return factories.question()


@pytest.fixture
def consulent() -> Consulent:
    return Consulent.objects.invite(User.objects.confirmed("anna@example.org"), "Anna")


def used() -> list[tuple[str, str]]:
    return sorted(LinkUse.objects.values_list("kind", "act"))


def box(**fields) -> dict:
    return {"text": "Bij ons helpt één vast gezicht.", "moment": programs.moment(ago=10), **fields}


def who(**fields) -> dict:
    return {"name": "Fatima", "role": factories.role().pk, **fields}


def hidden(code: str) -> str:
    return f'<input type="hidden" name="via" value="{code}">'


def test_it_opens_the_box_of_the_question_of_now_with_who_invites(client, question, consulent):
    page = client.get(consulent.link.path())
    assert "<b><bdi>Anna</bdi> nodigt je uit</b>" in page.text
    assert "Meedoen maakt niets uit voor de hulp aan je kind." in page.text
    assert page.text.count(hidden(consulent.link.code)) == 2  # of the box, and of the thumbs
    assert f'action="/vragen/{question.slug}/bijdragen/"' in page.text
    assert 'name="robots" content="noindex"' in page.text
    assert set(page.cookies) == {"csrf"}


@pytest.mark.parametrize("code", ["zzzzzzzz", "x", "<b>", "0" * 200, "AAAAAAAA", "%00x", "é", ")", "a/b/c", "//"])
def test_a_code_that_is_nobodys_opens_the_same_page_without_a_name(client, question, consulent, code):
    own = client.get(consulent.link.path())
    page = client.get(f"/v/{code}/")
    assert page.status_code == own.status_code == 200 or code == "%00x"
    assert "nodigt je uit" not in page.text
    client.post(f"/vragen/{question.slug}/bijdragen/", box(via=code, **who()))
    assert not LinkUse.objects.exists()


@pytest.mark.parametrize(
    "glued", [")/", '"/', "/", ",/", "./", ".", ")", "", "&amp;/", "%3E/", "/)", "/&amp;", "//x/", "\u00a0/", "\u2019/"]
)
def test_what_a_mail_program_glued_on_opens_the_same_page_and_the_code_is_still_known(
    client, question, consulent, glued
):
    page = client.get(f"{consulent.link.path().rstrip('/')}{glued if glued[:1] != '/' else '/' + glued}")
    assert page.status_code == 200
    assert "<b><bdi>Anna</bdi> nodigt je uit</b>" in page.text
    assert page.text.count(hidden(consulent.link.code)) == 2  # of the box, and of the thumbs


def test_an_old_link_that_was_deleted_counts_nothing(client, question):
    link = InvitationLink.objects.create(is_call=True)
    path, code = link.path(), link.code
    link.delete()
    page = client.get(path)
    assert (page.status_code, "nodigt je uit" in page.text, hidden(code) in page.text) == (200, False, True)
    client.post(f"/vragen/{question.slug}/bijdragen/", box(via=code, **who()))
    assert not LinkUse.objects.exists()


@pytest.mark.parametrize("path", ["/v/", "/v//", "/v/)"])
def test_without_a_code_it_is_the_same_page(client, question, path):
    page = client.get(path)
    assert (page.status_code, question.text in page.text) == (200, True)


@pytest.mark.parametrize("glued", [")/", "/)", '"', ",/", "//"])
def test_a_kind_with_something_glued_on_is_still_that_kind(client, question, consulent, glued):
    page = client.get(f"{consulent.link.path(Kind.MEETING).rstrip('/')}{glued}")
    assert (page.status_code, hidden(f"{consulent.link.code}.overleg") in page.text) == (200, True)


def test_an_unknown_kind_is_the_plain_one(client, question, consulent):
    page = client.get(f"{consulent.link.path()}zomaar/")
    assert (page.status_code, hidden(consulent.link.code) in page.text) == (200, True)


def test_the_link_of_a_consulent_who_left_opens_the_box_without_a_name_and_counts_nothing(client, question, consulent):
    path, code = consulent.link.path(), consulent.link.code
    consulent.user.delete()
    page = client.get(path)
    assert (page.status_code, "Anna" in page.text, hidden(code) in page.text) == (200, False, True)
    client.post(f"/vragen/{question.slug}/bijdragen/", box(via=code, **who()))
    assert not LinkUse.objects.exists()


def test_whose_access_ended_invites_nobody(client, question, consulent):
    User.objects.filter(pk=consulent.user_id).update(is_active=False)
    assert "Anna" not in client.get(consulent.link.path()).text


def test_both_steps_count_once_whatever_is_pressed_again(client, question, consulent):
    via = f"{consulent.link.code}.overleg"
    page = client.get(consulent.link.path(Kind.MEETING))
    assert hidden(via) in page.text
    create = f"/vragen/{question.slug}/bijdragen/"
    step = client.post(create, box(via=via)).url
    assert step.endswith(f"?via={via}")
    assert client.post(create, box(via=via)).url == step  # a second click
    assert hidden(via) in client.get(step).text
    for _ in range(2):
        client.post(step.partition("?")[0], who(via=via))
    assert used() == [(Kind.MEETING, Act.FINISHED), (Kind.MEETING, Act.SENT)]


def test_htmx_brings_the_code_to_the_second_step(client, question, consulent):
    answer = client.post(f"/vragen/{question.slug}/bijdragen/", box(via=consulent.link.code), headers=HTMX)
    assert hidden(consulent.link.code) in answer.text


def test_a_form_with_an_error_keeps_the_code(client, question, consulent):
    answer = client.post(f"/vragen/{question.slug}/bijdragen/", box(text="", via=consulent.link.code))
    assert answer.status_code == 422
    assert hidden(consulent.link.code) in answer.text
    assert not LinkUse.objects.exists()


def test_who_comes_without_a_link_counts_beside_them(client, question):
    client.post(f"/vragen/{question.slug}/bijdragen/", box(**who()))
    assert used() == [(Kind.NONE, Act.FINISHED), (Kind.NONE, Act.SENT)]


def test_a_first_vote_counts_once_and_a_next_one_not(client, question, consulent):
    poll = factories.poll(placed_with=question, repeat_votes=True)
    choice = poll.choices.first()
    assert client.get(consulent.link.path()).text.count(hidden(consulent.link.code)) == 3
    for number in (1, 1, 2):
        client.post(
            f"/peilingen/{poll.slug}/stem/", {"choice": choice.pk, "number": number, "via": consulent.link.code}
        )
    assert used() == [(Kind.PLAIN, Act.VOTED)]


def test_a_sign_up_counts_once(client, question, consulent):
    cafe = factories.cafe()
    page = client.get(f"{cafe.get_absolute_url()}?via={consulent.link.code}")
    assert hidden(consulent.link.code) in page.text
    sent = {"wish": "room", "name": "Sam", "email": "sam@example.org", "via": consulent.link.code}
    for _ in range(2):
        client.post(f"{cafe.get_absolute_url()}aanmelden/", sent)
    assert used() == [(Kind.PLAIN, Act.SIGNED_UP)]


def test_the_link_page_leads_to_the_cafe_with_the_code(client, question, consulent):
    cafe = factories.cafe()
    assert f'href="{cafe.get_absolute_url()}?via={consulent.link.code}"' in client.get(consulent.link.path()).text


def test_what_is_kept_of_a_consulents_link_does_not_say_whose(client, question, consulent):
    call = InvitationLink.objects.create(is_call=True)
    for number, link in enumerate([consulent.link, call]):
        client.cookies.clear()
        client.post(f"/vragen/{question.slug}/bijdragen/", box(text=f"Tekst {number}", via=link.code, **who()))
    rows = LinkUse.objects.values_list("kind", "link").distinct()
    assert sorted(rows, key=str) == [(Kind.CALL, call.pk), (Kind.PLAIN, None)]
    consulent.link.refresh_from_db()
    assert consulent.link.used_in == month_of(timezone.localdate())  # that it was used, and nothing of by whom


def test_a_figure_is_told_anew_when_it_grew_by_five():
    link = InvitationLink.objects.create()

    def after(more: int) -> tuple[int, int]:
        for _ in range(more):
            LinkUse.objects.note([Act.SENT], Kind.PLAIN, link)
        LinkUse.objects.sum_up()
        figure = LinkFigure.objects.get(act=Act.SENT)
        return figure.counted, figure.told

    assert [after(more) for more in (4, 1, 4, 1, 7)] == [(4, 0), (5, 5), (9, 5), (10, 10), (17, 17)]
    assert FEW == 5
    assert not LinkUse.objects.exists()


def test_links_that_were_used_are_told_from_five_on_and_their_order_is_gone():
    links = [InvitationLink.objects.create() for _ in range(5)]

    def told(some: list[InvitationLink]) -> int:
        for link in some:
            LinkUse.objects.note([Act.SENT], Kind.PLAIN, link)
        LinkUse.objects.sum_up()
        return LinkFigure.objects.get(act=Act.USED).told

    assert [told(links[:4]), told(links[:4]), told(links)] == [0, 0, 5]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM werkplaats_invitationlink")
        assert cursor.fetchone() == (1,)


def test_a_mistyped_code_is_no_way_in_without_a_link(client, question):
    page = client.get("/v/c6z6huy/")
    assert hidden("0") in page.text
    client.post(f"/vragen/{question.slug}/bijdragen/", box(via="0", **who()))
    assert not LinkUse.objects.exists()


def test_a_reload_of_the_second_step_keeps_the_code(client, question, consulent):
    answer = client.post(f"/vragen/{question.slug}/bijdragen/", box(via=consulent.link.code), headers=HTMX)
    assert answer.headers["HX-Replace-Url"].endswith(f"?via={consulent.link.code}")
