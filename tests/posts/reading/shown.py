"""The page of a question as a test reads it, and threads to put on it."""

import re

from posts.models.posts import Post
from tests.helpers import factories

QUESTION = "/denk-praat-doe-mee/"


def page(client, url=QUESTION) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def order(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article id="bijdrage-(\d+)"', html)]


def thread(question, **fields) -> Post:
    """A contribution with four answers."""
    root = factories.post(question, **fields)
    for _ in range(4):
        factories.post(parent=root)
    return root


def chain(length: int) -> Post:
    """A contribution, an answer to it, an answer to that …; `length` posts in all."""
    root = factories.post()
    numbers = range(root.pk + 1, root.pk + length)
    same = {"question": root.question, "role": root.role, "published_at": root.published_at, "name": "K"}
    Post.objects.bulk_create(Post(pk=pk, parent_id=pk - 1, text=f"schakel {pk}", **same) for pk in numbers)
    return root
