"""Taking a question along: a text to invite people with, and a card to talk about it in a meeting."""

from django.conf import settings
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from posts import card
from posts.models import Question
from posts.reading.questions import readable_question
from werkplaats import qr
from werkplaats.invited.mailto import fits, mailto
from werkplaats.paper import pdf
from werkplaats.site.context import site_of


@require_safe
def invite(request, slug):
    """A text to copy, or to open in one's own mail program. We never learn who is invited."""
    question = readable_question(site_of(request), slug)
    text = invitation(question)
    link = mailto(question.text, text)
    context = {"question": question, "text": text, "mailto": link, "fits": fits(link)}
    return render(request, "posts/invite.html", context)


def invitation(question: Question) -> str:
    """The coordinator's text or a general one, between a line for a personal word and the address."""
    words = question.invitation or render_to_string("posts/invitation.txt", {"question": question}).strip()
    return f"Beste …,\n\n{words}\n\n{settings.SITE_URL}{question.get_absolute_url()}"


@require_safe
def talk_card(request, slug):
    """The praatkaart: one sheet of A5, with a code that opens the form for a meeting."""
    question = readable_question(site_of(request), slug)
    link = address_of(question)
    context = {"question": question, "link": link, "qr": qr.svg(f"{link}{card.FOR_A_MEETING}"), "card": card}
    return render(request, "posts/talk_card.html", context)


@require_safe
def talk_card_file(request, slug):
    """The same as a PDF; two of them on a sheet when asked."""
    question = readable_question(site_of(request), slug)
    made = card.card(question, address_of(question), two=card.TWO in request.GET)
    return pdf.show(made, f"praatkaart-{slug}.pdf")


def address_of(question: Question) -> str:
    return f"{settings.SITE_URL}{reverse('posts:question', args=[question.slug])}"
