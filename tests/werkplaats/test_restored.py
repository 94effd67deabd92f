"""What a browser puts back in a form after F5 (Firefox does) stays with its row: it goes by the place of a field."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from polls.models import Poll
from tests.helpers import factories

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
OFF = 'autocomplete="off"'
OPENS = re.compile(r"<(?:form|select)\b[^>]*>|</form>|</select>")
# A tick or a choice that stands for a row.
OF_A_ROW = re.compile(
    r'<(?:input type="(?:checkbox|radio)"|option\b)[^>]*\bvalue="\{\{ ?[\w.]*(?:\bpk|\bmark|\bid|value)\b[^>]*'
)
# No rows: roles, and the choices of the workbench and of pasted lines.
THE_SAME_FOR_ALL = {"includes/viewing.html", "plan/choice.html", "plan/notes/paste.html"}
WITHIN = {  # parts of which the form stands elsewhere
    "avg/found.html": ["avg/elsewhere.html", "avg/person_wipe.html"],
    "live/attending.html": ["live/attending.html"],
}
# Text boxes that stand there once for each row, or of what another may have written meanwhile: their form's address.
BOXES = {
    "polls/rounds/control.html": "polls:hide_idea",
    "plan/meant_one.html": "plan:reply",
    "plan/stack.html": "{{ hear }}",
    "plan/told/answer.html": 'class="form"',
}


def texts() -> dict[str, str]:
    return {str(file.relative_to(TEMPLATES)): file.read_text() for file in sorted(TEMPLATES.rglob("*.html"))}


def around(text: str, place: int) -> str:
    """The tags of the form and of the list that are open here."""
    open_tags: list[str] = []
    for tag in OPENS.finditer(text, 0, place):
        open_tags = open_tags[:-1] if tag[0].startswith("</") else [*open_tags, tag[0]]
    return "".join(open_tags)


def of_rows() -> list[tuple[str, str]]:
    """Each template with a tick or a choice that stands for a row, and the tags around it.

    Of what stands outside its form, the tag itself: Firefox puts it back before it knows of the form.
    """
    found = []
    for name, text in texts().items():
        for control in OF_A_ROW.finditer(text):
            is_outside = ' form="' in control[0]
            found.append((name, control[0] if is_outside else around(text, control.start())))
    return found


def test_a_tick_or_a_choice_is_not_put_back_beside_another_row():
    sent = [(name, tags) for name, tags in of_rows() if 'method="post"' in tags or "<form" not in tags]
    assert len(sent) > 10
    assert {name for name, tags in sent if OFF not in tags} - THE_SAME_FOR_ALL == set(WITHIN)
    for name in [each for names in WITHIN.values() for each in names]:
        assert OFF in texts()[name]


@pytest.mark.parametrize("name", BOXES)
def test_words_are_not_put_back_in_the_box_of_another_row(name):
    tags = [tag[0] for tag in OPENS.finditer(texts()[name]) if BOXES[name] in tag[0]]
    assert tags and all(OFF in tag for tag in tags)


def fields_of(page: str, name: str) -> list[str]:
    """The tags of what a page lets people fill in, of which the name matches."""
    tags = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    return [tag for tag in tags if re.search(rf'name="{name}"', tag) and 'type="hidden"' not in tag]


def test_the_ticks_of_a_list_of_the_back_office(db, client, coordinator):
    factories.post(text="Korte lijnen.")
    ticks = fields_of(client.get(reverse("admin:posts_post_changelist")).text, "_selected_action")
    assert len(ticks) == 1 and OFF in ticks[0]


def test_what_is_typed_in_a_list_of_the_back_office(db, client, coordinator):
    factories.role("ouder")
    typed = fields_of(client.get(reverse("admin:werkplaats_role_changelist")).text, r"form-\d+-position")
    assert typed and all(OFF in tag for tag in typed)


def test_rows_on_a_page_of_the_back_office(db, client, coordinator):
    poll: Poll = factories.poll()
    page = client.get(reverse("admin:polls_poll_change", args=[poll.pk])).text
    rows = fields_of(page, r"choices-\d+-\w+")
    assert len(rows) > 4 and all(OFF in tag for tag in rows)
    assert all(OFF not in tag for tag in fields_of(page, "question"))  # of the poll itself, and of no other
