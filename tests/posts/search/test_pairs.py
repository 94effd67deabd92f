"""What 62 queries find: recall over what they must, precision over what they must not (`pairs.toml`)."""

import re
import tomllib
from pathlib import Path

import pytest

from posts.finding import keeping
from tests.helpers import factories

pytestmark = pytest.mark.django_db

TABLE = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text())


@pytest.fixture
def question():
    return factories.question()


@pytest.fixture
def search(client, question, settings):
    """A function that gives the names of the texts that a query finds, as its page shows them."""
    names = {factories.post(question, text=text, name="Bo").pk: name for name, text in TABLE["texts"].items()}
    keeping.add_lemmas()

    def search(query: str) -> set[str]:
        found, page = set(), 1
        while page:
            html = client.get(question.get_absolute_url(), {"zoek": query, "pagina": page}).text
            found |= {names[int(pk)] for pk in re.findall(r'<article id="bijdrage-(\d+)"', html)}
            page = page + 1 if 'rel="next"' in html else 0
        return found

    return search


def test_recall_and_precision(search):
    found = {pair["query"]: search(pair["query"]) for pair in TABLE["pairs"]}
    must = [(pair["query"], text) for pair in TABLE["pairs"] for text in pair["find"]]
    must_not = [(pair["query"], text) for pair in TABLE["pairs"] for text in pair["not"]]
    missed = [(query, text) for query, text in must if text not in found[query]]
    wrong = [(query, text) for query, text in must_not if text in found[query]]
    recall = 1 - len(missed) / len(must)
    precision = 1 - len(wrong) / (len(must) - len(missed) + len(wrong))
    print(f"recall {recall:.3f} ({len(missed)} of {len(must)} missed), precision {precision:.3f}", missed, wrong)
    for query, names in found.items():
        print(query, sorted(names - {t for q, t in must if q == query}))
    assert (recall, precision) == (1, 1)
