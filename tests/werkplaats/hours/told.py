"""What became of people's words: until when they may say whether they were understood, and what is late."""

from plan import tokens
from plan.actions import answering
from plan.actions.answering import Said
from plan.models import Answer, Told
from tests.plan import helpers, telling
from tests.werkplaats.hours.place import Place, page, staff_page

NOON = "2027-11-24 12:00"


def told() -> str:
    """The page of somebody who was told at noon, and may answer for eight weeks."""
    desk = helpers.Desk()
    user = telling.person("noor@example.org")
    voice = telling.voice_of(user, desk.question)
    telling.lay(desk, *desk.voices, voice)
    telling.finish(desk.lines, desk.anouk)
    telling.publish_and_tell(desk)
    return tokens.url_of(Told.objects.get(user=user), user).removeprefix("http://testserver")


def meant() -> str:
    """As `told`, with a no; the page of who sorts."""
    told()
    row = telling.ToldVoice.objects.get(told__user__isnull=False)
    answering.answer(row.pk, 0, Said(Answer.NO, "Iets anders."))
    return f"/beheer/werkbank/{row.publication.harvest_id}/bedoeld/"


PLACES = [
    Place(
        "until when a writer may say whether they were understood",
        "plan/models/publications.py plan/actions/answering.py",
        told,
        page,
        "Ja, dat bedoelde ik | Antwoorden kon tot en met",
        {
            NOON: "Ja, dat bedoelde ik",
            "2028-01-19 23:59:59": "Ja, dat bedoelde ik",
            "2028-01-20": "Antwoorden kon tot en met",
        },
    ),
    Place(
        "an answer that was promised within two weeks",
        "plan/reading/meant.py",
        meant,
        staff_page,
        "Iets anders. | te laat",
        {NOON: "Iets anders.", "2027-12-08 12:00": "Iets anders.", "2027-12-08 12:00:01": "Iets anders. | te laat"},
    ),
]
