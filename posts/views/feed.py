"""The feed of a question: its newest posts."""

from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed

from posts.models import Post, Question
from posts.reading.questions import readable_question
from werkplaats.site.context import site_of
from werkplaats.words import isolated

NEWEST = 50


class Contributions(Feed):
    """The newest posts that everyone may read. The address of an entry is its id too: it never changes."""

    feed_type = Atom1Feed
    language = "nl"

    def get_object(self, request, slug) -> Question:
        return readable_question(site_of(request), slug)

    def title(self, question: Question) -> str:
        return question.text

    def subtitle(self, question: Question) -> str:
        return "Bijdragen en reacties in de digitale werkplaats"

    def link(self, question: Question) -> str:
        return question.get_absolute_url()

    def items(self, question: Question):
        posts = Post.objects.readable().filter(question=question).select_related("role", "question")
        posts = posts.prefetch_related("themes")
        return posts.defer("email").order_by("-published_at", "-pk")[:NEWEST]

    def item_title(self, post: Post) -> str:
        return ", ".join(filter(None, [isolated(post.name), post.shown_role]))

    def item_description(self, post: Post) -> str:
        earlier = "" if post.parent_id else post.question.earlier_for(post.created_at)
        # Readers take it for HTML.
        return render_to_string("posts/feed_entry.html", {"post": post, "earlier": earlier}).strip()

    def item_link(self, post: Post) -> str:
        return post.get_absolute_url()

    def item_author_name(self, post: Post) -> str:
        return post.name

    def item_pubdate(self, post: Post):
        return post.published_at

    def item_updateddate(self, post: Post):
        return max(filter(None, (post.published_at, post.edited_at)))

    def item_categories(self, post: Post):
        return [theme.name for theme in post.themes.all()]
