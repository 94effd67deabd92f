"""The three measures: a constant answer, a page the straightforward Django way, and one insert."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from bench.data import THREADS_A_PAGE
from bench.models import Line
from posts.models import Post, Question

CONSTANT = "x" * 30_000


def floor(request):
    return HttpResponse(CONSTANT)


def plain_page(request):
    """Three ORM queries, 50 posts (10 contributions of 1 + 4) through an ordinary template, nothing kept."""
    question = Question.objects.select_related("phase").get(slug="bench")
    roots = Post.objects.filter(question=question, parent=None, published_at__isnull=False).select_related(
        "role", "werkgebied", "tally"
    )[:THREADS_A_PAGE]
    answers = (
        Post.objects.filter(root__in=[post.pk for post in roots], parent__isnull=False, published_at__isnull=False)
        .select_related("role", "werkgebied", "tally")
        .order_by("created_at")
    )
    for post in roots:
        post.replies = [answer for answer in answers if answer.root_id == post.pk]
    return render(request, "bench/plain.html", {"question": question, "posts": roots})


@csrf_exempt
def plain_write(request):
    Line.objects.create(text="Korte lijnen helpen.")
    return HttpResponse("ok")
