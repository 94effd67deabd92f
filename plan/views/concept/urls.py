"""The public addresses of the plan, under /plan/."""

from django.urls import path

from plan.views.concept import pages, sentences, thumbs, whole

app_name = "concept"
urlpatterns = [
    path("", pages.plan, name="plan"),
    path("<id:number>/", pages.chapter, name="chapter"),
    path("alles/", whole.whole, name="whole"),
    path("word/", whole.word, name="word"),
    path("jaar/", whole.year, name="year"),
    path("zin/<str:number>/", sentences.sentence, name="sentence"),
    path("duim/<id:pk>/<str:wish>/", thumbs.thumb, name="thumb"),
]
