"""What follows when a coordinator changes the address of a person, ends their access, or gives them the back office."""

from werkplaats import mail
from werkplaats.accounts.models import Letter
from werkplaats.people import visitors
from werkplaats.people.models import User


def follow(before: User, now: User) -> None:
    """Ends what was opened as this person: sessions, cookies, codes under way. For the transaction of the change.

    Their contributions stay theirs. What waits under the old address, and sign-ups for a café, stay with that address:
    they are found by it, and the new one has yet to prove itself.
    """
    moved, ended = before.email != now.email, before.is_active and not now.is_active
    if now.is_staff and not before.is_staff:
        now.end_sessions()  # theirs may outlive the browser, and nobody asked that of staff
    if not (moved or ended):
        return
    now.end_sessions()
    visitors.renew(now)
    Letter.objects.filter(to=before.email, template=Letter.CODE).delete()
    if moved:
        write(before.email, Letter.LEFT)
        write(now.email, Letter.GIVEN)


def write(to: str, template: str, **data: str) -> None:
    """Puts a letter in the queue, ahead of all others when it holds a code."""
    letter = Letter.objects.create(to=to, template=template, data={"email": to, **data})
    job = "werkplaats.tasks.send_code" if letter.code else "werkplaats.tasks.send_letter"
    mail.later(job, to=to, letter_id=letter.pk)
