"""What a moderator does with contributions, one or many at a time, and the pages that ask first."""

import re

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation, helpers

from posts.actions import apart, moderating
from posts.admin.forms import MoveForm, RenderingForm, ThemesForm
from posts.models import Post
from werkplaats.backoffice.asking import FOR_GOOD, MOST, SureForm, answered, ask
from werkplaats.backoffice.base import EVERYWHERE
from werkplaats.backoffice.shown import Decided, ShownAdmin, hidden_with_the_rest
from werkplaats.moderation import parents
from werkplaats.moderation.admin import DecidingAdmin
from werkplaats.moderation.forms import KEPT_LONGER, KeepForm, RemovalForm
from werkplaats.moderation.reasons import ADVERTISING
from werkplaats.versions import seen_in, states_in
from werkplaats.web.addresses import IdConverter
from werkplaats.words import number

CHANGED = (
    "Iemand was net bezig: er is intussen iets veranderd. Er is nog niets bewaard. Lees hierboven wat er nu "
    "staat. Wat je typte, staat er nog: kijk of het nog klopt."
)


def as_shown(request) -> tuple[dict[int, int], dict[int, int]]:
    """The version and the state of each post that was on the page."""
    return seen_in(request.POST), states_in(request.POST)


def has_words(post: Post) -> bool:
    """Whether there are words that anybody works with."""
    return not post.erased_at and not post.is_about_child


class PostActions(ShownAdmin, DecidingAdmin):
    """The buttons of one contribution, and the actions of the list."""

    counted = "bijdrage,bijdragen"
    actions = [
        "approve",
        "remove",
        "set_apart",
        "keep_longer",
        "restore",
        "translate",
        "give_themes",
        "move",
        "pin",
        "unpin",
        "trust",
        "reject",
        "erase",
    ]

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_moderate_permission(self, request) -> bool:
        return request.user.has_perm("posts.change_post")

    def buttons(self, request, post) -> list[tuple[str, str]]:
        """The name and label of each action that would change something, the likeliest first."""
        untrusted = post.author and moderating.has_record(post.author)
        sensible = {
            "approve": moderating.asks_for_approval(post),
            "remove": moderating.can_be_removed(post),
            "set_apart": apart.can_be_apart(post),
            "keep_longer": post.is_about_child,
            "restore": moderating.can_be_restored(post) and not post.is_held,
            "translate": has_words(post),
            "give_themes": has_words(post),
            "move": not post.is_about_child,
            "pin": not post.parent_id and not post.pinned_at and post.is_public,
            "unpin": not post.parent_id and post.pinned_at,
            "trust": untrusted,
            "erase": not post.erased_at,
        }
        actions = self.get_actions(request, action_location=ActionLocation.CHANGE_FORM)
        return [(name, action.description) for name, action in actions.items() if action and sensible.get(name)]

    def response_action(self, request, queryset, action_location=ActionLocation.CHANGE_LIST):
        chosen = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        if not all(re.fullmatch(IdConverter.regex, pk, re.ASCII) for pk in chosen):
            return messages.warning(request, "Kies eerst een bijdrage. Er is niets veranderd.")
        return super().response_action(request, queryset, action_location=action_location)

    def tell(self, request, count: int, what: str, words: str = counted) -> None:
        level = messages.SUCCESS if count else messages.WARNING
        messages.add_message(request, level, f"{number(count, words)} {what}.")

    def tell_decided(self, request, decided: Decided, what: str, words: str = counted) -> None:
        self.tell(request, decided.done, what, words)
        self.tell_what_is_left(request, decided)

    def ask(self, request, posts: list[Post], form, **texts):
        return ask(self, request, posts, form, line="posts/admin/list.html#asked", **texts)

    @admin.action(description="Goedkeuren", permissions=["moderate"], location=EVERYWHERE)
    def approve(self, request, queryset):
        self.tell_decided(request, moderating.approve(queryset, request.user, *as_shown(request)), "goedgekeurd")

    @admin.action(description="Dit gaat over één kind …", permissions=["moderate"], location=EVERYWHERE)
    def set_apart(self, request, queryset):
        posts = [post for post in queryset[:MOST] if apart.can_be_apart(post)]
        if answered(request, SureForm).is_valid():
            decided = apart.set_apart(posts, request.user, *as_shown(request))
            return self.tell_decided(request, decided, "voorgoed uit het zicht")
        texts = {"action": "set_apart", "title": "Gaat dit over één kind?", "button": "Ja, voorgoed uit het zicht"}
        texts |= {"line": "posts/admin/list.html#asked", "template": "moderation/set_apart.html"}
        return ask(self, request, posts, SureForm(), irreversible=True, days=parents.days(), **texts)

    @admin.action(description="Bewaar langer …", permissions=["moderate"], location=EVERYWHERE)
    def keep_longer(self, request, queryset):
        posts = [post for post in queryset[:MOST] if post.is_about_child]
        form = answered(request, KeepForm)
        if posts and form.is_valid():
            kept = apart.keep_longer(posts, form.cleaned_data["reason"], seen_in(request.POST))
            return self.tell_decided(request, kept, "langer bewaard")
        texts = {"action": "keep_longer", "title": "Waarom bewaren we dit langer?", "button": "Bewaar langer"}
        return self.ask(request, posts, form, what=KEPT_LONGER, **texts)

    @admin.action(description="Terugzetten", permissions=["moderate"], location=EVERYWHERE)
    def restore(self, request, queryset):
        """Asks first about words that were changed after they were taken away."""
        posts = [post for post in queryset[:MOST] if moderating.can_be_restored(post)]
        if any(moderating.changed_since_removal(post) for post in posts) and not answered(request, SureForm).is_valid():
            texts = {"action": "restore", "title": "Lees eerst de nieuwe woorden", "button": "Zet terug"}
            texts |= {"line": "posts/admin/list.html#whole"}
            what = "Er is iets veranderd nadat het was weggehaald. Na het terugzetten ziet iedereen wat hier staat."
            return ask(self, request, posts, SureForm(), what=what, all_shown=True, **texts)
        self.tell_decided(request, moderating.restore(queryset, request.user, *as_shown(request)), "teruggezet")

    @admin.action(description="Zet bovenaan", permissions=["moderate"], location=EVERYWHERE)
    def pin(self, request, queryset):
        self.tell_decided(request, moderating.pin(queryset, seen_in(request.POST)), "bovenaan gezet")

    @admin.action(description="Niet meer bovenaan", permissions=["moderate"], location=EVERYWHERE)
    def unpin(self, request, queryset):
        self.tell(request, moderating.unpin(queryset), "weer in de rij gezet")

    @admin.action(description="Vertrouw deze schrijver weer", permissions=["moderate"], location=EVERYWHERE)
    def trust(self, request, queryset):
        count = moderating.trust(queryset, request.user)
        words = "schrijver wordt,schrijvers worden"
        self.tell(request, count, "weer vertrouwd: nieuwe bijdragen staan meteen online", words)

    @admin.action(description="Weghalen …", permissions=["moderate"], location=EVERYWHERE)
    def remove(self, request, queryset):
        posts = [post for post in queryset[:MOST] if moderating.can_be_removed(post)]
        form = answered(request, RemovalForm)
        if posts and form.is_valid():
            removed = moderating.remove(posts, request.user, form.cleaned_data["whole"], seen_in(request.POST))
            return self.tell_decided(request, removed, "weggehaald")
        texts = {"action": "remove", "title": "Waarom halen we dit weg?", "button": "Haal weg"}
        what = (
            "De plaats en de antwoorden blijven staan, de woorden niet. "
            "De schrijver krijgt de reden te lezen, als het adres bevestigd is."
        )
        return self.ask(request, posts, form, what=what, **texts)

    @admin.action(description="Afwijzen: haal weg wat wacht …", permissions=["moderate"])
    def reject(self, request, queryset):
        posts = [post for post in queryset[:MOST] if post.is_waiting or post.is_held]
        form = answered(request, RemovalForm, initial={"reason": ADVERTISING})
        if posts and form.is_valid():
            rejected = moderating.reject(posts, request.user, form.cleaned_data["whole"], seen_in(request.POST))
            return self.tell_decided(request, rejected, "afgewezen")
        texts = {"action": "reject", "title": "Waarom wijzen we dit af?", "button": "Wijs af"}
        what = (
            "Alleen wat wacht, gaat weg. Wat al zichtbaar is, blijft staan. "
            "Per schrijver gaat er hooguit één mail uit, naar een bevestigd adres."
        )
        texts |= {"seen": hidden_with_the_rest(request.POST, posts)}
        return self.ask(request, posts, form, what=what, **texts)

    @admin.action(description="Verplaats naar een andere vraag …", permissions=["moderate"], location=EVERYWHERE)
    def move(self, request, queryset):
        posts = [post for post in queryset[:MOST] if not post.is_about_child]
        form = answered(request, MoveForm, posts=posts)
        if form.is_valid():
            question = form.cleaned_data["question"]
            moved = moderating.move(posts, question, seen_in(request.POST))
            return self.tell_decided(request, moved, f"verplaatst naar «{question.title}»", "gesprek,gesprekken")
        texts = {"action": "move", "title": "Verplaats naar een andere vraag", "button": "Verplaats"}
        what = "Het hele gesprek gaat mee: de bijdrage en alle antwoorden. Links blijven werken."
        return self.ask(request, posts, form, what=what, **texts)

    @admin.action(description="Geef thema's …", permissions=["moderate"], location=EVERYWHERE)
    def give_themes(self, request, queryset):
        posts = [post for post in queryset[:MOST] if has_words(post)]
        form = answered(request, ThemesForm, posts=posts)
        if form.is_valid():
            data = form.cleaned_data
            given = moderating.give_themes(posts, data["give"], data.get("take", []), seen_in(request.POST))
            return self.tell_decided(request, given, "nu deze thema's", "bijdrage heeft,bijdragen hebben")
        texts = {"action": "give_themes", "title": "Geef thema's", "button": "Bewaar de thema's"}
        what = "Thema's die je niet aankruist, blijven zoals ze zijn."
        return self.ask(request, posts, form, what=what, **texts)

    @admin.action(description="Taal en vertaling …", permissions=["moderate"], location=ActionLocation.CHANGE_FORM)
    def translate(self, request, queryset):
        """For the words on the page: when they are others by now, what was typed stays, to be looked at again."""
        post = queryset[0]
        form = answered(request, RenderingForm, post=post)
        if form.is_valid():
            data, version = form.cleaned_data, seen_in(request.POST).get(post.pk, 0)
            about = {"version": version, "again": data.get("again", False)}
            if moderating.speak(post, request.user, data["lang"], data["rendering"], **about):
                return messages.success(request, "Bewaard. Zo staat het bij de bijdrage.")
            form = RenderingForm(request.POST, post=post)
            form.add_error(None, CHANGED)
        what = (
            "Lees eerst wat er staat. De schrijver kan je vertaling weigeren, en ze verdwijnt als de tekst verandert."
        )
        texts = {"action": "translate", "title": "Taal en vertaling", "button": "Bewaar", "what": what}
        texts |= {"line": "posts/admin/list.html#whole"}
        return ask(self, request, [post], form, first_look=True, all_shown=True, **texts)

    @admin.action(description="Echt wissen …", permissions=["erase"], location=EVERYWHERE)
    def erase(self, request, queryset):
        posts = [post for post in queryset[:MOST] if not post.erased_at]
        form = answered(request, SureForm)
        if form.is_valid():
            erased = moderating.erase(posts, request.user, seen_in(request.POST))
            return self.tell_decided(request, erased, "echt gewist")
        texts = {"action": "erase", "title": FOR_GOOD, "button": "Wis voorgoed"}
        what = (
            "De tekst, de naam, de afbeelding en het e-mailadres gaan voorgoed weg, ook uit eerdere versies "
            "en uit de geschiedenis. De plaats en de antwoorden blijven. Wie het deed en wanneer, blijft bewaard."
        )
        return self.ask(request, posts, form, what=what, irreversible=True, **texts)
