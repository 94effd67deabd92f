"""Everything whose words depend on the hour, each asked just before and at the moments at which they change.

The list is PLACES: a line for each, in the files beside this one. Whoever looks at the clock in another file names it
in a line, or in WITHOUT with the reason why it needs none.
"""

import html
import re
from pathlib import Path

import pytest

from events.models.cafes import Cafe
from events.models.states import State
from tests.helpers.clock import Clock
from tests.werkplaats.hours import cafes, mails, plan, polls, posts, signups, site, told
from tests.werkplaats.hours.place import Place, between, page
from werkplaats.home import timeline

PLACES = [
    *cafes.PLACES,
    *signups.PLACES,
    *mails.PLACES,
    *polls.PLACES,
    *posts.PLACES,
    *plan.PLACES,
    *site.PLACES,
    *told.PLACES,
]

ROOT = Path(__file__).resolve().parents[3]
CODE = ("werkplaats", "posts", "polls", "events", "plan", "inviting", "live", "templates", "static/js")
APART = ("/migrations/", "/vendor/", "werkplaats/demo/", "werkplaats/laptop/")  # no words of a running site
CLOCK = re.compile(
    r"timezone\.now\b|\blocal(?:date|time)\(\)|\bNow\(\)|\bnow\(\)|clock_timestamp\(\)|CURRENT_|\{% now"
    r"|timesince|timeuntil|naturaltime|date\.today|datetime\.now|time\.time\(|max_age=|Date\.now"
    # What says how things stand at this moment.
    r"|\b(?:is_past|has_begun|is_ahead|is_open|opens_later|asks_now|asking_from|takes_by_hand|holds_still_until"
    r"|is_to_come|is_closed|is_announced|may_return|link_is_old|is_stale)\b"
)
NOTES = "it only writes down when something happened"
STAGE = "its is_open is the stage of the round, which a coordinator moves"
ROOM = "what time it is in the room, and what is left of the minutes: tests/live/test_leading_pages.py"
WITHOUT = {
    "events/views/invitation.py": "where the printed address leads: tests/live/test_around.py",
    "events/around.py": "whether a café goes on or has been: tests/live/test_around.py",
    "live/actions/closing.py": "which café gets its room again: tests/live/test_closing.py",
    "live/actions/counting.py": NOTES,
    "live/actions/joining.py": NOTES,
    "live/actions/leading.py": ROOM,
    "live/actions/opening.py": "when its poll takes votes: tests/live/test_preparing.py",
    "live/actions/preparing.py": "its poll takes no votes from when it is made: tests/live/test_preparing.py",
    "live/actions/refusing.py": NOTES,
    "live/actions/rehearsing.py": "until when a rehearsal may begin: tests/live/test_rehearsing.py",
    "live/actions/saying.py": "what was sent twice within seconds is once: tests/live/test_at_once.py",
    "live/around.py": "the page of a café that goes on, and afterwards: tests/live/test_around.py",
    "live/models/cafes.py": "how long a code works: tests/live/test_closing.py",
    "live/models/counts.py": NOTES,
    "live/models/helpers.py": "how long a key works: tests/live/test_helping.py",
    "live/models/scenes.py": ROOM,
    "live/models/seats.py": NOTES,
    "live/models/voices.py": NOTES,
    "live/reading/after.py": "which dates of the line come yet: tests/live/test_around.py",
    "live/reading/leading.py": "whether a screen was seen lately: tests/live/test_leading_pages.py",
    "live/reading/rights.py": "how long a browser keeps its cookie",
    "live/reading/state.py": ROOM,
    "live/reading/thanks.py": "which dates come next, on the screen: tests/live/test_screen.py",
    "live/stream/rooms.py": NOTES,
    "live/tasks.py": "it hands the moment to closing and to rehearsing: tests/live/test_closing.py",
    "live/today.py": "which cafés are soon: tests/live/test_preparing.py",
    "live/views/leading.py": "a café that is over is not begun: tests/live/test_leading_pages.py",
    "live/views/phones.py": ROOM,
    "live/views/preparing.py": "a café that was is led no more: tests/live/test_preparing.py",
    "live/views/screens.py": ROOM,
    "static/js/live/phone.js": ROOM,
    "static/js/live/screen/time.js": "minutes by the server's time: tests/browser/test_room_screen.py",
    "static/js/live/screen/voices.js": "how long between two voices: tests/browser/test_room_screen.py",
    "werkplaats/web/unsent.py": "what was sent without a log-in is forgotten after a day: nothing on a page says when",
    "polls/terms.py": "when what goes: tests/werkplaats/avg/test_terms.py",
    "posts/actions/ending.py": "when what goes: tests/werkplaats/avg/test_terms.py",
    "templates/avg/sheet.html": "of which day the printed sheet is",
    "werkplaats/accounts/admin.py": NOTES,
    "werkplaats/avg/accounts.py": "when what goes: tests/werkplaats/avg/test_terms.py",
    "werkplaats/avg/retaining.py": "when what goes: tests/werkplaats/avg/test_terms.py",
    "werkplaats/avg/today.py": "when what goes: tests/werkplaats/avg/test_terms.py",
    "inviting/mails.py": "of which month a figure is: tests/inviting/test_own.py",
    "inviting/models/calls.py": "lines of today: tests/inviting",
    "inviting/models/consulenten.py": NOTES,
    "inviting/reading.py": "of which month a figure is: tests/inviting/test_own.py",
    "inviting/tasks.py": "when the mail goes: tests/inviting/test_mondays.py",
    "inviting/models/mondays.py": "when the mail goes: tests/inviting/test_mondays.py",
    "inviting/actions/mondays.py": "when the mail goes: tests/inviting/test_mondays.py",
    "inviting/today.py": "when holidays are to be filled in: tests/inviting/test_consulenten_admin.py",
    "static/js/sharing.js": "how long a text stays on a device: tests/browser/test_mondays.py",
    "werkplaats/invited/models.py": "of which month a figure is: tests/inviting/test_links.py",
    "werkplaats/moderation/child.py": "when what goes: tests/werkplaats/avg/test_terms.py",
    "events/privacy.py": "a café that has begun keeps its counts: tests/werkplaats/avg/test_erasing.py",
    "plan/privacy.py": NOTES,
    "polls/privacy.py": "a closed poll keeps its counts: tests/werkplaats/avg/test_erasing.py",
    "posts/privacy.py": NOTES,
    "werkplaats/accounts/again.py": "how fresh a code is: tests/werkplaats/avg/test_your_data.py",
    "werkplaats/avg/erasing.py": NOTES,
    "werkplaats/avg/telling.py": NOTES,
    "werkplaats/privacy/erased.py": NOTES,
    "events/admin/cafe_form.py": "what a form refuses: tests/events/test_moving_cafes.py",
    "events/models/attempts.py": NOTES,
    "events/models/mailings.py": NOTES,
    "events/models/moving.py": NOTES,
    "plan/admin.py": "what a form warns of: tests/plan/concept/test_after_the_term.py",
    "plan/actions/agreeing.py": "what is closed: tests/plan/test_agreeing.py",
    "plan/actions/chain.py": NOTES,
    "plan/actions/choosing.py": "a day to come is refused: tests/plan/concept/test_days.py",
    "plan/actions/concept.py": NOTES,
    "plan/actions/comparing.py": "how long a harvest rests: tests/plan/alike/test_comparing.py",
    "plan/actions/informing.py": "a job that comes too early: tests/plan/test_publish_pages.py",
    "plan/actions/noting.py": NOTES,
    "plan/actions/photos.py": "when a photo goes: tests/plan/test_photos.py",
    "plan/actions/publishing.py": "what a form refuses: tests/plan/test_publish_pages.py",
    "plan/actions/writing.py": "a day to come is refused: tests/plan/concept/test_days.py",
    "plan/mails.py": "a letter that was corrected while it waited: tests/plan/test_meant.py",
    "plan/exports/making.py": "what a killed worker left: tests/plan/test_export_files.py",
    "templates/inviting/call.txt": "a café that comes or was: tests/inviting/test_calls.py",
    "inviting/calling.py": "who is to be asked today: tests/inviting/test_calls.py",
    "plan/models/acts.py": NOTES,
    "plan/models/bodies.py": NOTES,
    "plan/models/destinations.py": NOTES,
    "plan/models/grounds.py": NOTES,
    "plan/models/exports.py": "how long a file stays: tests/plan/test_export_files.py",
    "plan/models/listening.py": NOTES,
    "plan/models/notes.py": NOTES,
    "plan/models/photos.py": "when a photo goes: tests/plan/test_photos.py",
    "plan/models/presence.py": "who left the desk: tests/plan/test_desk.py",
    "plan/models/references.py": NOTES,
    "plan/models/sentences.py": NOTES,
    "plan/models/told.py": NOTES,
    "plan/reading/changes.py": "a day to come is refused: tests/plan/concept/test_days.py",
    "plan/reading/ground.py": "closed is what a coordinator closed, and it notes when it told something",
    "plan/reading/heard.py": NOTES,
    "plan/views/publishing.py": "the day that a form begins with",
    "plan/views/missing.py": "what a form refuses: tests/plan/test_missing.py",
    "plan/models/reacting.py": NOTES,
    "plan/reading/wording_grounds.py": "as plan/reading/ground.py",
    "plan/models/voices.py": "a poll that opens: tests/plan/test_listening.py",
    "posts/actions/themes.py": NOTES,
    "posts/models/themes.py": NOTES,
    "plan/reading/evenings.py": "who types, and which cafés can be begun: tests/plan/test_notes.py",
    "plan/views/notes/evenings.py": "the day that a form begins with",
    "polls/cycles/models.py": NOTES,
    "polls/on_paper.py": NOTES,
    "polls/rounds/desk.py": STAGE,
    "polls/rounds/models/ideas.py": NOTES,
    "polls/rounds/models/stickers.py": NOTES,
    "polls/rounds/placing.py": NOTES,
    "polls/rounds/views/scoring.py": STAGE,
    "polls/wensbeelden/models.py": NOTES,
    "posts/admin/questions.py": "what a form warns of: tests/posts/actions/test_question_admin.py",
    "posts/actions/helping.py": "quiet hours and the links of helpers: tests/posts/actions/test_helping.py",
    "posts/actions/moderating.py": NOTES,
    "posts/actions/writing.py": NOTES,
    "posts/composing/device.py": "a cookie of a year, as that of a visitor in site.py",
    "posts/models/denials.py": NOTES,
    "posts/models/giving.py": NOTES,
    "posts/models/post_triggers.py": NOTES,
    "posts/models/renderings.py": NOTES,
    "posts/models/thumbs.py": NOTES,
    "werkplaats/people/seen.py": NOTES,
    "posts/queue.py": "what waits or lies too long: tests/posts/test_promised.py and test_finishing.py",
    "posts/screening/strangers.py": "how many first steps of a day count: tests/posts/test_finishing.py",
    "posts/talk.py": "since when the page asks for news: it takes the moment along; a voice of these weeks",
    "static/js/drafts.js": "how long a draft stays on a device: tests/browser/test_drafts.py",
    "static/js/second_tap.js": "a second tap within a second: tests/browser/test_presses.py",
    "templates/plan/choice.html": "the last day that a form takes: tests/plan/test_reading_again.py",
    "templates/polls/rounds/scoring.html": STAGE,
    "werkplaats/backoffice/base.py": NOTES,
    "werkplaats/home/backups.py": "how old the last back-up is: tests/werkplaats/home/test_machines.py",
    "werkplaats/mail/folder.py": NOTES,
    "werkplaats/mail/sending.py": NOTES,
    "werkplaats/moderation/calling.py": NOTES,
    "templates/live/leading.html": ROOM,
    "templates/live/leading_now.html": ROOM,
    "static/js/live/leading.js": ROOM,
    "werkplaats/moderation/helpers.py": "how long a link of a helper lives: tests/posts/actions/test_helping.py",
    "werkplaats/moderation/models.py": NOTES,
    "werkplaats/mutes/models.py": NOTES,
    "werkplaats/people/models.py": NOTES,
    "werkplaats/versions.py": NOTES,
    "werkplaats/privacy/models.py": "the same look within the hour is one: tests/werkplaats/avg/test_sheet.py",
    "werkplaats/people/viewing.py": "a cookie of a year, as that of a visitor in site.py",
    "werkplaats/pictures/files.py": "files that no row names for a day: tests/werkplaats/pictures/test_files.py",
}


@pytest.fixture
def clock(db, monkeypatch):
    return Clock(monkeypatch)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_what_stands_there_at_each_moment(place: Place, clock, settings):
    settings.DEMO = True  # no second factor for staff
    clock.set_to(next(iter(place.stands)))
    made, found = place.makes(), {}
    for moment in place.stands:
        clock.set_to(moment)
        found[moment] = place.found_in(html.unescape(place.asks(made)).replace("\xa0", " "))
    assert found == place.stands


def test_all_agree_whether_one_can_sign_up(clock, settings):
    settings.DEMO = True
    clock.set_to(cafes.OPENS)
    made = cafes.cafe()
    for moment, is_open in cafes.OPENNESS.items():
        clock.set_to(moment)
        told = {
            "Meld je aan<" in page("/cafes/"),
            "Meld je aan<" in between(page("/"), 'id="cafes"', "</section>"),
            'action="/cafes/kafee/aanmelden/' in page("/cafes/kafee/"),
            "We hebben je aanmelding" in cafes.signing_up(made),
            Cafe.objects.get().state == State.OPEN,
        }
        assert told == {bool(is_open)}, moment


@pytest.mark.parametrize("path", ["/", "/programma/"])
def test_what_is_kept_at_midnight_is_of_the_new_day(clock, monkeypatch, path):
    clock.set_to("2027-11-23 23:59:59")
    cafes.cafe()
    moves = timeline.moves_by_the_clock
    monkeypatch.setattr(timeline, "moves_by_the_clock", lambda found: clock.set_to("2027-11-24 00:00") or moves(found))
    page(path)  # the day changes while it is being made
    assert ", vandaag<" in cafes.entry(path)


def looking_at_the_clock() -> set[str]:
    files = (
        file for folder in CODE for kind in ("py", "html", "txt", "js") for file in (ROOT / folder).rglob(f"*.{kind}")
    )
    paths = {str(file.relative_to(ROOT)): file for file in files}
    return {
        path
        for path, file in paths.items()
        if not any(each in path for each in APART) and CLOCK.search(file.read_text())
    }


def test_whoever_looks_at_the_clock_is_in_the_list():
    """A new one? Add a Place: what stands there just before its moment, and at it. Or say in WITHOUT why not."""
    named = {path for place in PLACES for path in place.decides.split()}
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
    found = looking_at_the_clock()
    assert sorted(found - named - WITHOUT.keys()) == []
    assert sorted(WITHOUT.keys() - found) == []
    assert len(found) > 80


def test_no_two_lines_have_one_name_and_each_says_what_never_stands_there():
    assert len({place.name for place in PLACES}) == len(PLACES)
    for place in PLACES:
        told = " | ".join(place.stands.values())
        assert told.strip(" |"), place.name
        assert [words for words in told.split(" | ") if words and words not in place.words.split(" | ")] == [], (
            place.name
        )
