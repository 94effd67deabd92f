"""What a moderator does and sees, for tests."""

from tests.helpers.shown import seen
from werkplaats.pictures.models import Picture

LIST = "/beheer/posts/post/"
SPAM = "De bijdrage is reclame."


def act(client, action, posts, query="", **data):
    chosen = [post.pk for post in posts]
    data = {"action": action, "_selected_action": chosen, "gezien": seen(posts), **data}
    return client.post(f"{LIST}{query}", data, follow=True)


def picture(number=1) -> Picture:
    return Picture.objects.create(name=f"{number:032x}", width=640, height=480, alt="Een tekening")


def history(client, post) -> str:
    return client.get(f"{LIST}{post.pk}/history/").text


def listed(client, query) -> list[int]:
    page = client.get(f"{LIST}?{query}")
    return [post.pk for post in page.context["cl"].result_list]
