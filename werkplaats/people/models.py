"""Users (a confirmed address), visitors (one browser), and the roles and parts of the region that they name."""

# mypy: warn-return-any=false
# What our own fields hold is Any to mypy: see werkplaats/fields.py.

import uuid
from typing import Any

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser, Permission, PermissionsMixin
from django.contrib.postgres.functions import RandomUUID
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from werkplaats.fields import Address, Line, normalise_address
from werkplaats.lists import ListedName
from werkplaats.names import NamedPerson
from werkplaats.register.entries import Entry, Purpose, Term, by_user, by_visitor, of_the_site

HELPS = ("werkplaats", "help_by_mail")
SORTS = ("plan", "sort_voices")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, **fields: Any) -> "User":
        """A user without a password: people log in with a code that is mailed to them."""
        user = self.model(email=normalise_address(email), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A coordinator who may do everything. Django's command hands over a password; it is never used."""
        return self.create_user(email, is_staff=True, is_superuser=True, **fields)

    def unconfirmed(self, email: str) -> "User":
        """The user of an address that someone is about to prove theirs, by a code; made when there is none yet."""
        with transaction.atomic():
            rows, nobody_knows = self.select_for_update(), {"password": make_password(None)}
            return rows.get_or_create(email=normalise_address(email), defaults=nobody_knows)[0]

    def confirmed(self, email: str) -> "User":
        """The user of an address that has just been proven theirs; made when there is none yet."""
        with transaction.atomic():
            user = self.unconfirmed(email)
            user.prove()
        return user

    def reachable(self) -> "models.QuerySet[User]":
        """Those whose address has been proven theirs: what is theirs may be mailed there. The one place that tells."""
        mine = {"emailaddress__verified": True, "emailaddress__email": models.F("email")}
        return self.filter(is_active=True, **mine)

    def helpers(self) -> "models.QuerySet[User]":
        """Those who read along by the mail: whom a coordinator gave that right, as long as their address is proven.

        Who may do everything is none of them, unless they were given it too: it brings mails.
        """
        app, name = HELPS
        right = {"user_permissions__codename": name, "user_permissions__content_type__app_label": app}
        return self.reachable().filter(**right)

    def proven(self, user: "User | AnonymousUser") -> "User | None":
        """Who is logged in, when the address has been proven theirs."""
        return self.reachable().filter(pk=user.pk).first() if user.is_authenticated else None

    def shut_out(self, email: str) -> bool:
        """Whether a coordinator ended the access of this address: one query, on the unique address."""
        return self.filter(email=normalise_address(email), is_active=False).exists()


class User(NamedPerson, AbstractBaseUser, PermissionsMixin):
    # What a mailed link names them by. From a number one would count who came since.
    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    email = Address("e-mailadres", unique=True, error_messages={"unique": "Er is al iemand met dit adres."})
    name = Line("naam", max_length=80, blank=True)
    is_staff = models.BooleanField("mag in het beheer", default=False)
    is_active = models.BooleanField("actief", default=True, help_text="Uit: deze persoon kan niet meer inloggen.")
    date_joined = models.DateTimeField("sinds", default=timezone.now, editable=False)
    trusted_at = models.DateTimeField(
        "weer vertrouwd sinds",
        null=True,
        editable=False,
        help_text="Wat vóór dit moment is weggehaald, telt niet meer: nieuwe bijdragen staan meteen online.",
    )

    changed_at = models.DateTimeField("toegang of adres veranderd", null=True, editable=False)
    warned_at = models.DateTimeField("gewaarschuwd dat het account verdwijnt", null=True, editable=False)

    emailaddress_set: Any  # of allauth, which has no types

    in_register = Entry(
        what="accounts",
        purpose=Purpose.ACCOUNTS,
        term=Term.ACCOUNTS,
        personal={
            "email": "e-mailadres",
            "name": "naam",
            "name_order": "naam, om op te ordenen",
            "key": "sleutel van mails en cookie",
            "password": "onbruikbaar wachtwoord, om sessies te beëindigen",
        },
        of=(by_user("pk"),),
        secret=("key", "password"),
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        permissions = [(HELPS[1], "Leest mee vanuit de mail")]
        triggers = [
            pgtrigger.Trigger(
                name="forgets_proof",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__email__df=pgtrigger.F("new__email")),
                func="DELETE FROM account_emailaddress WHERE user_id = NEW.id; RETURN NULL;",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def prove(self) -> bool:
        """Keeps that this address is theirs. Not when it changed, or access ended, since this user was read."""
        with transaction.atomic():
            now = User.objects.select_for_update().get(pk=self.pk)
            if now.email != self.email or not now.is_active:
                return False
            self.emailaddress_set.update_or_create(email=self.email, defaults={"verified": True, "primary": True})
        return True

    def is_still(self, user: "User") -> bool:
        """Whether nothing ended their access or their sessions since `user`, the same person, was read."""
        return self.is_active and self.get_session_auth_hash() == user.get_session_auth_hash()

    @property
    def helps(self) -> bool:
        """Whether they were given the right to read along by the mail."""
        return self._was_given(HELPS)

    @property
    def sorts(self) -> bool:
        """Whether they were given the right to sort on the workbench."""
        return self._was_given(SORTS)

    def _was_given(self, right: tuple[str, str]) -> bool:
        app, name = right
        given = {"content_type__app_label": app, "codename": name}
        return bool(self.pk) and self.user_permissions.filter(**given).exists()

    def let_help(self, may: bool) -> None:
        """Gives or takes the right to read along by the mail."""
        self._give(HELPS, may)
        if not may:
            self.end_helping()

    def let_sort(self, may: bool) -> None:
        """Gives or takes the right to sort on the workbench."""
        self._give(SORTS, may)

    def _give(self, right: tuple[str, str], may: bool) -> None:
        app, name = right
        permission = Permission.objects.get(content_type__app_label=app, codename=name)
        change = self.user_permissions.add if may else self.user_permissions.remove
        change(permission)

    def end_helping(self) -> None:
        """No link that was mailed opens the page of a helper any more, also when the right comes back."""
        self.helper_links.filter(ends_at__gt=timezone.now()).update(ends_at=timezone.now())

    def end_sessions(self) -> None:
        """Ends all sessions for good: a session knows the password, which nobody has and which is another one now."""
        self.set_unusable_password()
        self.save(update_fields=["password"])
        self.end_helping()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know of its user; of another address it is another one, so the session ends."""
        known = f"{self.password}\0{self.email}"
        return salted_hmac("werkplaats.people.sessions", known, secret=secret, algorithm="sha256").hexdigest()


A_PUPIL = "Een leerling"  # the name of all of them: they give none


class Role(ListedName):
    """What people say they are: ouder, leerkracht, consulent … A list that coordinators edit."""

    plural = Line("meervoud", max_length=60, blank=True, help_text="Voor tellingen, bijvoorbeeld «ouders».")
    is_pupil = models.BooleanField(
        "is leerling",
        default=False,
        help_text="Leerlingen geven geen e-mailadres en geen foto, en wachten altijd op goedkeuring.",
    )

    is_rest = models.BooleanField(
        "is de rest",
        default=False,
        help_text="Voor wie zich in geen andere rol herkent. Van de rest staat er nooit dat we hen misten.",
    )

    in_register = of_the_site("name", "plural")

    class Meta(ListedName.Meta):
        verbose_name = "rol"
        verbose_name_plural = "rollen"


class Werkgebied(ListedName):
    """A part of the region."""

    in_register = of_the_site("name")

    class Meta(ListedName.Meta):
        verbose_name = "werkgebied"
        verbose_name_plural = "werkgebieden"


class Visitor(models.Model):
    """One browser that has written something, or one logged-in person with all their browsers.

    Made at the first write (`werkplaats.people.visitors.writing`); all that is said, voted or signed hangs on it.
    `role` is the one that they wrote with last, or in which they said to look along; thumbs and stickers copy it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, verbose_name="gebruiker")
    role = models.ForeignKey(Role, models.SET_NULL, null=True, blank=True, db_index=False, verbose_name="rol")
    created_at = models.DateTimeField("sinds", auto_now_add=True)

    in_register = Entry(
        what="bezoekers: een browser, of iemand die inlogt",
        purpose=Purpose.PARTICIPATION,
        term=Term.VISITORS,
        personal={"id": "nummer in de cookie", "user": "account"},
        of=(by_visitor("pk"),),
    )

    class Meta:
        verbose_name = "bezoeker"
        verbose_name_plural = "bezoekers"

    def __str__(self) -> str:
        return f"bezoeker {str(self.id)[:8]}"

    def says_to_be(self, role: Role) -> None:
        """Keeps the role that they wrote with last: what they do without words counts under it."""
        if self.role_id != role.pk:
            self.role = role
            self.save(update_fields=["role"])
