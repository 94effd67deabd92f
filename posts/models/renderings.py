"""In which language a post is, and what it says in Dutch: a moderator writes that, and its writer may refuse it."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.safestring import SafeString

from posts.models.languages import Language, spoken
from posts.models.saying import state_under
from werkplaats.fields import Prose
from werkplaats.models import User
from werkplaats.moderation.models import Moderated
from werkplaats.versions import state_of


class Rendered(Moderated):
    """The rendering is of the words as they are now since `rendered_at`: a trigger empties that when they change.

    Then its words stay in the row, so that nobody who renders the new ones has to begin anew.
    """

    lang = models.CharField("taal", max_length=3, choices=Language, default=Language.DUTCH, editable=False)
    rendering = Prose("in het Nederlands", max_length=4000, blank=True, editable=False)
    rendered_at = models.DateTimeField("vertaald", null=True, editable=False)
    rendered_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="vertaald door"
    )
    rendering_refused_at = models.DateTimeField("vertaling geweigerd", null=True, editable=False)

    text: str
    version: int

    # What people read of it: another version when it changes.
    READ: ClassVar[tuple] = ("lang", "rendering", "rendered_at", "rendering_refused_at")
    RULES: ClassVar[list] = [
        models.CheckConstraint(condition=Q(lang__in=Language.values), name="post_in_a_known_language"),
        models.CheckConstraint(
            condition=Q(rendered_at__isnull=True) | ~Q(rendering="") & ~Q(lang=Language.DUTCH),
            name="rendered_says_something",
        ),
    ]
    WITHDRAWS = pgtrigger.Trigger(
        name="withdraws_rendering",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__text__df=pgtrigger.F("new__text")),
        func="NEW.rendered_at = NULL; RETURN NEW;",
    )

    class Meta:
        abstract = True

    @property
    def shown_state(self) -> int:
        """Another number, too, when what it answers reads otherwise by now: who decides reads it under that."""
        return state_of(super().shown_state, state_under(self))

    @property
    def language(self) -> Language:
        return Language(self.lang)

    @property
    def spoken(self) -> SafeString:
        """The attributes of an element that holds the words."""
        return spoken(self.lang, self.text)

    @property
    def is_dutch(self) -> bool:
        return self.lang == Language.DUTCH

    @property
    def shown_rendering(self) -> str:
        """What stands beside the words in Dutch."""
        return self.rendering if self.rendered_at and not self.rendering_refused_at else ""

    def speak(self, lang: str, rendering: str, by: User, *, version: int, again: bool = False) -> bool:
        """A moderator says in which language it is, and what it says in Dutch, if they know.

        Returns whether it was done: not when words or rendering are not those of `version` any more, unless it says
        this already. What its writer refused is written `again` only when they asked for it.
        """
        if self.lang == lang and self.shown_rendering == rendering:
            return True
        if not rendering:
            # What was refused may still come back when its writer wants it after all.
            stays = self.rendering_refused_at and lang != Language.DUTCH
            return self._change(Q(version=version), lang=lang, **({} if stays else {"rendered_at": None}))
        wanted = Q() if again else Q(rendering_refused_at__isnull=True)
        shown = {"rendered_at": Now(), "rendered_by": by, "rendering_refused_at": None}
        return self._change(Q(version=version) & wanted, lang=lang, rendering=rendering, **shown)

    def refuse_rendering(self) -> None:
        """Its writer does not want it beside their words. Twice is once."""
        self._change(~Q(rendering="") & Q(rendering_refused_at=None), rendering_refused_at=Now())

    def want_rendering(self, version: int) -> bool:
        """Its writer wants it after all, as `version` has it. Returns whether they do, by this or before."""
        self._change(Q(version=version), rendering_refused_at=None)
        return self.rendering_refused_at is None
