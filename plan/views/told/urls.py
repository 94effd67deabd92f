"""The addresses of what became of somebody's own words."""

from django.urls import path

from plan.views.told import own, pages

app_name = "told"
urlpatterns = [
    path("antwoord/", own.answer, name="own_answer"),
    path("gezien/", own.seen, name="seen"),
    path("<str:token>/", pages.page, name="page"),
    path("<str:token>/antwoord/", pages.answer, name="answer"),
]
