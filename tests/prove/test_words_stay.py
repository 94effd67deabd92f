"""Words are whose they are, in every order of what a stranger, an owner of an address and a moderator do.

A stranger writes under somebody's address and changes it; the owner opens the mail, presses yes, logs in, changes what
is theirs; a moderator opens the list and approves; a coordinator shuts the owner out. After each step: what became
public was on the page of whoever made it so, and nobody changed what is another's. What its owner said no to is never
public under their address or name, whatever became of it before, and whoever does something after. What they change is
read nowhere else before it is public, a rendering in Dutch is read before it becomes so, and a page that lay open on
another device puts nothing back that was not on it.

All orders are walked as a tree, in savepoints. Two orders that lead to the same place are walked on once.
"""

import copy
import re
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.db.models import Q
from django.test import Client

from posts import tokens
from posts.actions import confirming, moderating, writing
from posts.models import posts
from posts.models.denials import Denied
from posts.models.holds import Hold, Removal
from posts.models.posts import Post
from posts.models.whose import Reader
from tests.helpers import factories, kept
from tests.helpers.browsers import as_visitor
from tests.helpers.consent import forms, sent
from tests.helpers.shown import as_read, to_change
from werkplaats.accounts.models import Letter
from werkplaats.people import visitors
from werkplaats.people.models import User, Visitor

pytestmark = pytest.mark.django_db
EMAIL, NAME = "ouder@example.org", "Fatima"
LIST = "/beheer/posts/post/"
DUTCH = "In het Nederlands gezegd."
TEXTS = ["Alfa als eerste.", "Bravo daarna.", "Charlie ten slotte.", "Delta van mijzelf."]

# What happens, each once, with what has to be before it. The pages are opened first: what goes wrong is found soonest.
BY_MAIL = {
    "mail opened": "",
    "list opened": "",
    "change": "",
    "yes": "mail opened",
    "approve": "list opened",
    "change again": "change",
    "log-in": "",
    "shut out": "",
}
BY_CODE = {
    "code asked": "",
    "mail opened": "",
    "change": "",
    "code entered": "code asked",
    "yes": "mail opened",
    "own change": "log-in",
    "log-in": "",
    "shut out": "",
}
BY_NO = {
    "mail opened": "",
    "no": "mail opened",
    "yes": "mail opened",
    "show": "",
    "pupil": "",
    "change": "",
    "remove": "",
    "restore": "remove",
}
BY_WRITER = {
    "mail opened": "",
    "no": "mail opened",
    "yes": "mail opened",
    "show": "",
    "pupil": "",
    "withdraw": "",
    "put back": "withdraw",
    "shut out": "",
}
BY_READERS = {
    "mail opened": "",
    "list opened": "",
    "yes": "mail opened",
    "log-in": "",
    "report": "yes",
    "own change": "log-in",
    "render": "",
    "refuse rendering": "render",
    "approve": "list opened",
}
BY_DEVICES = {
    "mail opened": "",
    "yes": "mail opened",
    "log-in": "",
    "phone opened": "yes",
    "own change": "log-in",
    "list opened": "",
    "report": "yes",
    "approve": "list opened",
    "save": "phone opened",
    "save again": "save",
}
# What others do than the owner of the address: also while that one is shut out.
BY_OTHERS = ("change", "change again", "approve", "show", "pupil", "withdraw", "put back", "remove", "restore")
BY_OTHERS += ("render", "report")


@dataclass
class World:
    """What lies on each desk: the page that was opened last, and what its form sends."""

    stranger: Client
    owner: Client
    phone: Client
    moderator: Client
    coordinator: User
    all_steps: dict[str, str]
    mail: str = ""
    opened: str = ""
    denied: bool = False
    listed: str = ""
    lies_open: str = ""
    asked_on: str = ""
    code_at: str = ""
    is_out: bool = False
    steps: list[str] = field(default_factory=list)

    def copy(self) -> "World":
        other = copy.copy(self)
        other.steps = [*self.steps]
        for name in ("stranger", "owner", "phone", "moderator"):
            browser = Client()
            browser.cookies = copy.deepcopy(getattr(self, name).cookies)
            setattr(other, name, browser)
        return other

    def do(self, step: str) -> None:
        self.steps.append(step)
        getattr(self, step.replace(" ", "_").replace("-", "_"))(Post.objects.get())

    def edit(self, browser: Client, post: Post, text: str) -> None:
        data = to_change(post, text=text, name=NAME)
        browser.post(f"/bijdragen/{post.pk}/wijzigen/", data)

    def change(self, post):
        self.edit(self.stranger, post, TEXTS[1])

    def change_again(self, post):
        self.edit(self.stranger, post, TEXTS[2])

    def own_change(self, post):
        self.edit(self.owner, post, TEXTS[3])

    def phone_opened(self, post):
        """The page to change it, on the other device of its owner, who is logged in there."""
        self.lies_open = self.phone.get(f"/bijdragen/{post.pk}/wijzigen/").text

    def save(self, post):
        """What is in the form there, with another name."""
        shown = re.search(r'name="gezien" value="(\w+)"', self.lies_open)
        typed = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", self.lies_open, re.DOTALL)
        if shown and typed:
            data = {"text": typed[1], "name": "F.", "role": post.role_id, "gezien": shown[1]}
            self.lies_open = self.phone.post(f"/bijdragen/{post.pk}/wijzigen/", data, follow=True).text

    save_again = save

    def report(self, post):
        post.hold(Hold.REPORTED)

    def render(self, post):
        moderating.speak(post, self.coordinator, "tr", DUTCH, version=post.version, again=True)

    def refuse_rendering(self, post):
        """And wanted back."""
        post.refuse_rendering()
        post.want_rendering(post.version)

    def mail_opened(self, post):
        self.mail = self.opened = self.owner.get(f"/bijdragen/bevestigen/{tokens.make(post)}/").text

    def no(self, post):
        """On the page as it was opened, whatever was pressed there since."""
        data = sent(self.opened, post.pk) if post.pk in forms(self.opened) else {}
        answer = self.owner.post(f"/bijdragen/bevestigen/{tokens.make(post)}/", data | {"antwoord": "nee"})
        self.denied = bool(data) and "gewijzigd" not in answer.headers.get("Location", "")

    def pupil(self, post):
        data = to_change(post, role=factories.role("leerling", is_pupil=True).pk)
        self.stranger.post(f"/bijdragen/{post.pk}/wijzigen/", data)

    def withdraw(self, post):
        self.stranger.post(f"/bijdragen/{post.pk}/weghalen/")

    def put_back(self, post):
        self.stranger.post(f"/bijdragen/{post.pk}/weghalen/", {"terug": "1"})

    def show(self, post):
        """By a moderator, of what is there now, as all that they do here."""
        moderating.approve([post], self.coordinator, {post.pk: post.version})

    def remove(self, post):
        moderating.remove([post], self.coordinator, "kwetsend", as_read(post))

    def restore(self, post):
        moderating.restore([post], self.coordinator, {post.pk: post.version})

    def yes(self, post):
        data = {"bijdrage": post.pk, "gezien": forms(self.mail).get(post.pk, ""), "antwoord": "ja"}
        path = f"/bijdragen/bevestigen/{tokens.make(post)}/"
        self.mail = self.owner.post(path, data, follow=True).text

    def list_opened(self, post):
        self.listed = self.moderator.get(LIST).text

    def approve(self, post):
        shown = re.findall(r'name="gezien" value="([\d. ]+)"', self.listed)
        data = {"action": "approve", "_selected_action": post.pk, "gezien": shown}
        self.listed = self.moderator.post(LIST, data, follow=True).text

    def log_in(self, post):
        self.owner.post("/accounts/login/", {"email": EMAIL})
        self.owner.post("/accounts/login/code/confirm/", {"code": last_code()})

    def code_asked(self, post):
        """By somebody at the stranger's browser who reads the mails of this address."""
        self.asked_on = self.stranger.get(f"/bijdragen/{post.pk}/").text
        shown = re.search(r'name="gezien" value="([\d.]+)"', self.asked_on)
        data = {"gezien": shown[1]} if shown else {}
        self.code_at = self.stranger.post(f"/bijdragen/{post.pk}/code/", data).headers.get("Location", "")

    def code_entered(self, post):
        if "/code/confirm/" in self.code_at:
            self.stranger.post(self.code_at, {"code": last_code()})

    def shut_out(self, post):
        User.objects.filter(email=EMAIL).update(is_active=False)
        self.is_out = True

    def place(self) -> str:
        """All on which the next steps depend."""
        post = Post.objects.values(
            *("text", "name", "email", "version", "published_at", "author", "removal", "held_for", "vetted_at"),
            *("denied_at", "edited_at", "rendered_at", "visitor"),
        ).get()
        logged_in = ["_auth_user_id" in browser.session for browser in (self.stranger, self.owner)]
        shown = [tuple(text in page for text in TEXTS) for page in (self.mail, self.listed, self.asked_on)]
        named = forms(self.mail), re.findall(r'name="gezien" value="([\d. ]+)"', self.listed)
        moments = {name: bool(value) if name.endswith("_at") else value for name, value in post.items()}
        asked = bool(self.code_at), self.is_out, self.denied, bool(forms(self.opened))
        opened = [text in self.lies_open for text in TEXTS]
        return str((moments, logged_in, shown, named, asked, opened, self.remaining()))

    def remaining(self) -> list[str]:
        return [step for step in self.all_steps if step not in self.steps]


def last_code() -> str:
    letter = Letter.objects.order_by("pk").last()
    return (letter and letter.data["code"]) or "GEENCODE"


def begin(steps: dict[str, str]) -> World:
    post = factories.post(published=False, email=EMAIL, asked_at="2026-10-01T12:00Z", text=TEXTS[0], name=NAME)
    phone, moderator = Client(), Client()
    phone.force_login(User.objects.confirmed(EMAIL))
    coordinator = factories.coordinator()
    moderator.force_login(coordinator)
    return World(as_visitor(Client(), post.visitor), Client(), phone, moderator, coordinator, steps)


def look() -> tuple[str, int | None, str, str]:
    """What is public, whose it is, what there is of it, and what is public of it in Dutch."""
    post = Post.objects.get()
    dutch = post.shown_rendering if post.is_public else ""
    return post.text if post.is_public else "", post.author_id, post.text, dutch


def check(step: str, world: World, before: tuple, after: tuple) -> None:
    """Raises AssertionError when this step made public, or made somebody's, what was not on their page."""
    public, author, text, dutch = after
    pages = {"yes": world.mail, "approve": world.listed, "code entered": world.asked_on}
    pages |= dict.fromkeys(("show", "restore"), f"{text} {dutch}")
    # Whoever typed the code in the stranger's browser has the mailbox: there it is the owner who writes from then on.
    own = step in ("own change", "save", "save again")
    own = own or ("change" in step and "_auth_user_id" in world.stranger.session)
    post = Post.objects.get()
    named = post.name == NAME or (post.email and not post.author_id)  # an account of one's own is shown to nobody
    assert not (world.denied and post.is_public and named), "public in a name that was denied"
    if text == TEXTS[3] and not public and "_auth_user_id" not in world.stranger.session:
        assert TEXTS[3] not in read_by(world.stranger, post), "read where it was typed"
    if after == before:
        return
    if step in ("save", "save again") and text != before[2]:
        assert before[2] in world.lies_open, "put back unseen"
    assert not world.is_out or (step in (*BY_OTHERS, "no") and not own), "who is shut out wrote"
    assert not (before[1] and text != before[2] and not own), "changed by somebody else"
    if author != before[1]:
        assert step in ("yes", "code entered"), "became somebody's by itself"
        assert text in pages[step], "became somebody's unread"
    if public and public != before[0] and step != "put back":
        assert own or public in pages.get(step, ""), "public unread"
        assert own or dutch in pages.get(step, ""), "rendering public unread"


def read_by(browser: Client, post: Post) -> str:
    """What a browser reads of this post: on its page, in the list of its own, and where it would change it."""
    paths = (f"/bijdragen/{post.pk}/", "/mijn-bijdragen/", f"/bijdragen/{post.pk}/wijzigen/")
    return "".join(browser.get(path).text for path in paths)


def walk(world: World, seen: set[str], wrong: list[str], most: int) -> int:
    """Takes every next step from here, until this much went wrong. Returns how many were taken."""
    taken = 0
    for step in world.remaining():
        needed = world.all_steps[step]
        if len(wrong) >= most or (needed and needed not in world.steps):
            continue
        point = transaction.savepoint_create()
        branch, before = world.copy(), look()
        kept.forget()  # a version that is rolled back comes again with other words
        branch.do(step)
        taken += 1
        try:
            check(step, world, before, look())
        except AssertionError as error:
            wrong.append(f"{' > '.join(branch.steps)}: {str(error).splitlines()[0]}, {before} {look()}")
        else:
            if (place := branch.place()) not in seen:
                seen.add(place)
                taken += walk(branch, seen, wrong, most)
        transaction.savepoint_rollback(point)
    return taken


@pytest.mark.parametrize("steps", [BY_MAIL, BY_CODE, BY_NO, BY_WRITER, BY_READERS, BY_DEVICES])
def test_in_every_order_words_are_whose_they_are(settings, steps):
    settings.DEMO = True  # no second factor for the moderator
    wrong: list[str] = []
    taken = walk(begin(steps), set(), wrong, most=10)
    print(f"{taken} steps")
    assert not wrong
    assert taken > 500


def any_version(email, seen, under):
    return list(Post.objects.unclaimed_under(email).filter(pk__in=seen).order_by("root", "pk"))


def any_row(posts, seen, act, states=None):
    return moderating.Decided(moderating.each(posts, act))


def by_cookie(post, visitor_id, user):
    typed = visitor_id is not None and post.events.filter(visitor=visitor_id).exists()  # wherever it hangs by now
    return typed or (user.is_authenticated and user.pk == post.author_id)


def whoever_typed_it(post, visitor_id, user):
    return post.author_id is None and visitor_id == post.visitor_id


def no_to_what_is_asked_now(email, seen, reason, *, shown=()):
    return {post.pk: post.refuse(reason) for post in Post.objects.unclaimed_under(email).filter(pk__in=seen)}


def no_to_words_alone(post, does, reason):
    return {} if does == Denied.STAYS_AWAY else {**post.removal_by(None, reason), "removal": Removal.REFUSED}


def typed_there(reader, author_id, visitor_id):
    return visitor_id == reader.visitor or (author_id is not None and author_id == reader.user)


def where_it_was_typed(reader, what=""):
    typed = Q(**{f"{what}visitor": reader.visitor}) if reader.visitor else Q(pk__in=[])
    return typed | Q(**{f"{what}author": reader.user}) if reader.user else typed


def as_it_was_pressed(post, writer, content, *, hold="", seen=None):
    with writing.by_its_writer(post, writer):
        post.edit(hold=hold, **content)


DENIED = "public in a name that was denied"


def test_who_reads_by_the_cookie_alone_reads_what_is_anothers(settings, monkeypatch):
    """The negative control of the two that say whose it is; where it hangs is the third, so that goes too."""
    settings.DEMO = True
    monkeypatch.setattr(Reader, "has_written", typed_there)
    monkeypatch.setattr(Reader, "wrote", where_it_was_typed)
    monkeypatch.setattr(visitors, "own", lambda user: Visitor.objects.order_by("created_at").first())
    wrong: list[str] = []
    walk(begin(BY_READERS), set(), wrong, most=1)
    assert "read where it was typed" in wrong[0]


@pytest.mark.parametrize(
    ("where", "name", "instead", "steps", "says"),
    [
        (confirming, "locked", any_version, BY_MAIL, "became somebody's unread"),
        (confirming, "locked", any_version, BY_CODE, "became somebody's unread"),
        (moderating, "each_as_seen", any_row, BY_MAIL, "public unread"),
        (Post, "is_of", by_cookie, BY_MAIL, "changed by somebody else"),
        (confirming, "is_shut_out", lambda email: False, BY_MAIL, "who is shut out wrote"),
        (confirming, "is_shut_out", lambda email: False, BY_WRITER, "who is shut out wrote"),
        (confirming, "locked", any_version, BY_READERS, "rendering public unread"),
        (moderating, "each_as_seen", any_row, BY_READERS, "unread"),
        (writing, "edit", as_it_was_pressed, BY_DEVICES, "put back unseen"),
        (confirming, "refuse", no_to_what_is_asked_now, BY_NO, DENIED),
        (confirming, "refuse", no_to_what_is_asked_now, BY_WRITER, DENIED),
        (posts, "denied_by", no_to_words_alone, BY_NO, DENIED),
        (Post, "is_of", whoever_typed_it, BY_NO, DENIED),
    ],
)
def test_without_each_of_the_guards_it_goes_wrong(settings, monkeypatch, where, name, instead, steps, says):
    """The negative controls: or the walk proves nothing."""
    settings.DEMO = True
    monkeypatch.setattr(where, name, instead)
    wrong: list[str] = []
    walk(begin(steps), set(), wrong, most=1)
    assert says in wrong[0]
