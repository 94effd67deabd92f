"""The site's addresses and a few that go wrong."""

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path

from werkplaats.urls import *
from werkplaats.urls import urlpatterns as ours


def broken(request):
    raise ValueError("a bug")


def slow(request):
    """A query that the database breaks off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        cursor.execute("SELECT pg_sleep(5)")


def hidden(request):
    """A database that is too slow, behind another error."""
    try:
        slow(request)
    except Exception as error:
        raise RuntimeError("while looking something up") from error


def fine(request):
    return HttpResponse("ok")


urlpatterns = [
    *ours,
    path("kapot/", broken),
    path("traag/", slow),
    path("verborgen-traag/", hidden),
    path("goed/", fine),
]
