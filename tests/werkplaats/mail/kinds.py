"""Every kind of mail that the site sends: how it comes about, and what it must be. The table is at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from tests.werkplaats.mail.scenes import accounts, cafes, contributions, heard, mondays
from tests.werkplaats.mail.scenes.typed import CODED, COORDINATOR, LONG_ADDRESS, QUESTIONS, Told, World


@dataclass(frozen=True)
class Kind:
    """One mail: how it comes about, what its subject must be once decoded, and what it must have besides.

    `make` returns to whom it goes, and what the subject names. `about` is the conversation that it belongs to, `stop`
    the kind of mail that its link switches off, `method` that of its calendar file.
    """

    make: Callable[[World], Told]
    subject: str
    about: str = ""
    stop: str = ""
    method: str | None = None
    reply_to: str = QUESTIONS
    for_staff: bool = False  # its links lead to the back office


def about_cafe(make: Callable[[World], Told], subject: str, method: str | None = None, **more) -> Kind:
    return Kind(make, subject, about="cafe", method=method, **more)


def about_post(make: Callable[[World], Told], subject: str, stop: str = "") -> Kind:
    return Kind(make, subject, about="conversation", stop=stop)


def to_staff(make: Callable[[World], Told], subject: str, stop: str = "") -> Kind:
    return Kind(make, subject, stop=stop, for_staff=True)


FULL = {"room_capacity": 1, "online_capacity": 0}
WEEK, DAY = timedelta(days=6, hours=12), timedelta(hours=20)
HALF_HOUR, DAYS_AGO = timedelta(minutes=30), timedelta(days=-2)
COMES, WAITS = "Je bent aangemeld: {title}, {day}", "Je staat op de wachtlijst: {title}, {day}"
IK_KOM, TERM = "Kom je? Druk op «Ik kom»: {title}, {day}", "Iemand wacht op een plaats. Kom je? {title}, {day}"
GONE, AHEAD = "Je bent afgemeld: {title}, {day}", "{ahead}: {title}, {moment}"
REMOVED, ONLINE = "We hebben je bijdrage weggehaald", "Je bijdrage staat online"
ABOUT_CHILD = "Over je bijdrage: waar je hulp vindt"
CHILD = "Nu kijken: iemand meldt dat het over een kind gaat"
ANSWER, ANSWERS = "{name} antwoordde op je bijdrage bij «{start}»", "5 nieuwe antwoorden op je bijdrage bij «{start}»"

ACCOUNTS = {
    "code": Kind(accounts.code, "{code} is je code om in te loggen"),
    "no account": Kind(accounts.code_of_nobody(signed_up=False), "Inloggen is niet nodig om mee te doen"),
    "no account, but a sign-up": Kind(accounts.code_of_nobody(signed_up=True), "Inloggen is niet nodig om mee te doen"),
    "shut out": Kind(accounts.code_of_who_was_shut_out, "Je kunt met dit adres niet inloggen"),
    "second factor": Kind(accounts.second_factor, "Er staat een tweede slot op je toegang"),
    "old address": Kind(accounts.address_changed("left"), "Dit adres hoort niet meer bij de digitale werkplaats"),
    "an account that goes": Kind(accounts.idle, "Je account bij de digitale werkplaats verdwijnt op {day}"),
    "new address": Kind(
        accounts.address_changed("given"), "Je kunt nu met dit adres inloggen op de digitale werkplaats"
    ),
}
CAFES = {
    "a place": about_cafe(cafes.signed_up(), COMES, "PUBLISH"),
    "two places": about_cafe(cafes.signed_up(people=2), COMES, "PUBLISH"),
    "a place online": about_cafe(cafes.signed_up("online"), COMES, "PUBLISH"),
    "a place online, its link later": about_cafe(cafes.signed_up("online", online_link=""), COMES, "PUBLISH"),
    "a place, a long address": about_cafe(cafes.signed_up(email=LONG_ADDRESS), COMES, "PUBLISH"),
    "online, and waiting": about_cafe(cafes.signed_up("both", before=1, room_capacity=1), COMES, "PUBLISH"),
    "waiting": about_cafe(cafes.signed_up(before=1, **FULL), WAITS, "PUBLISH"),
    "waiting, and free online": about_cafe(cafes.signed_up(before=1, room_capacity=1), WAITS, "PUBLISH"),
    "waiting for both": about_cafe(
        cafes.signed_up("both", before=2, room_capacity=1, online_capacity=1), WAITS, "PUBLISH"
    ),
    "twice": about_cafe(cafes.signed_up_again(firm=True), "Je was al aangemeld: {title}, {day}", "PUBLISH"),
    "confirmed": about_cafe(cafes.confirmed_by_the_page, COMES, "PUBLISH"),
    "ik kom": about_cafe(cafes.signed_up(firm=False), IK_KOM),
    "ik kom, online": about_cafe(cafes.signed_up("online", firm=False), IK_KOM),
    "ik kom, waiting": about_cafe(cafes.signed_up(firm=False, before=1, **FULL), IK_KOM),
    "ik kom, twice": about_cafe(cafes.signed_up_again(firm=False), IK_KOM),
    "term": about_cafe(cafes.asked_who_waits_for_it(1), TERM),
    "term, halfway": about_cafe(cafes.asked_who_waits_for_it(2), TERM),
    "term over": about_cafe(cafes.lapsed, "Je plaats is nu voor wie wacht: {title}, {day}"),
    "changed": about_cafe(cafes.changed, "Je aanmelding is gewijzigd: {title}, {day}", "PUBLISH"),
    "cancelled": about_cafe(cafes.cancelled, GONE, "CANCEL"),
    "cancelled by a coordinator": about_cafe(cafes.cancelled_for_them, GONE, "CANCEL"),
    "moved up": about_cafe(cafes.promoted, "Er is plaats voor je: {title}, {day}", "PUBLISH"),
    "asked": about_cafe(cafes.offered(1), "Wil je deze plaats? {title}, {day}", "PUBLISH"),
    "asked, two": about_cafe(cafes.offered(2), "Wil je deze plaats? {title}, {day}", "PUBLISH"),
    "a week before": about_cafe(cafes.reminded(WEEK), AHEAD, "PUBLISH"),
    "a day before": about_cafe(cafes.reminded(DAY, "online"), AHEAD, "PUBLISH"),
    "a day before, ik kom": about_cafe(cafes.reminded(DAY, firm=False), AHEAD, "PUBLISH"),
    "link": about_cafe(cafes.reminded(HALF_HOUR, "online"), "Je link voor {title}, {moment}", "PUBLISH"),
    "thanks, the question closed": about_cafe(cafes.thanked, "Dank je wel: {title}"),
    "thanks, the question a plan": about_cafe(cafes.reminded(DAYS_AGO), "Dank je wel: {title}"),
    "moved": about_cafe(cafes.moved(days=3), "Verplaatst naar {day}: {title}", "PUBLISH"),
    "moved, ik kom": about_cafe(cafes.moved(firm=False, days=3), "Verplaatst naar {day}: {title}", "PUBLISH"),
    "another room": about_cafe(cafes.moved(room="Gymzaal & co"), "Er is iets veranderd: {title}, {day}", "PUBLISH"),
    "called off": about_cafe(cafes.called_off, "Gaat niet door: {title}, {day}", "CANCEL"),
    "message": about_cafe(cafes.written(cafes.SUBJECT), "{subject}", reply_to=COORDINATOR),
    "message, a long word": about_cafe(cafes.written(cafes.ASCII_SUBJECT), "{subject}", reply_to=COORDINATOR),
    "message, tried out": Kind(cafes.tried_out, "Proef: {subject}"),
}
POSTS = {
    "confirm": about_post(contributions.asked_to_confirm(has_record=False), "Zet je bijdrage online"),
    "confirm, and then a moderator": about_post(
        contributions.asked_to_confirm(has_record=True), "Is deze bijdrage van jou?"
    ),
    "online": about_post(contributions.approved, ONLINE),
    "online, proven": about_post(contributions.approved_of_an_author, ONLINE, stop="decisions"),
    "removed": about_post(contributions.removed(is_open=True), REMOVED, stop="decisions"),
    "about one child": about_post(contributions.set_apart, ABOUT_CHILD, stop="decisions"),
    "removed, question closed": about_post(contributions.removed(is_open=False), REMOVED, stop="decisions"),
    "removed, with others": about_post(contributions.rejected_with_others, REMOVED, stop="decisions"),
    "held": about_post(contributions.held, "Een moderator leest je bijdrage na", stop="decisions"),
    "back": about_post(contributions.returned, "Je bijdrage staat weer online", stop="decisions"),
    "answer": about_post(contributions.answered(1), ANSWER, stop="answers"),
    "answer, a coded name": about_post(contributions.answered(1, name=CODED), ANSWER, stop="answers"),
    "answers": about_post(contributions.answered(5), ANSWERS, stop="answers"),
}
STAFF = {
    "morning": to_staff(contributions.summed_up, "Dit wacht vandaag op een moderator", stop="summary"),
    "child, hidden": to_staff(contributions.told_of_a_child(vetted=False), CHILD),
    "child, still there": to_staff(contributions.told_of_a_child(vetted=True), CHILD),
    "child, wensbeeld": to_staff(contributions.told_of_a_child_in_a_wensbeeld, CHILD),
    "reports": to_staff(contributions.told_of_reports, "Er is iets gemeld"),
}
HELPERS = {
    "helper": Kind(contributions.called_to_help(about_child=False), "{waits} op jou", stop="helping"),
    "helper, child": Kind(contributions.called_to_help(about_child=True), CHILD, stop="helping"),
}
TOLD = {
    "told": Kind(heard.told(1), "Dit deden we met jouw inbreng bij «{start}»", stop="told"),
    "told, twice": Kind(heard.told(2), "Dit deden we met jouw inbreng bij «{start}»", stop="told"),
    "told, who came": Kind(heard.told_guest(account=False), "Dit deden we met wat je zei in {cafe}"),
    "told, who came and has an account": Kind(
        heard.told_guest(account=True), "Dit deden we met wat je zei in {cafe}", stop="told"
    ),
    "told, answered": Kind(heard.replied, "Antwoord op wat je bedoelde, bij «{start}»", stop="told"),
}
MONDAYS = {
    "consulent, asked": Kind(mondays.asked, "Wil je op maandag mensen uitnodigen?"),
    "monday": Kind(mondays.monday(), "Wie nodig jij deze week uit? «{start}»", stop="mondays"),
    "monday, after eight": Kind(mondays.monday(before=8), "Wie nodig jij deze week uit? «{start}»", stop="mondays"),
}
KINDS = ACCOUNTS | CAFES | POSTS | STAFF | HELPERS | TOLD | MONDAYS
