from django.urls import path

from polls.views import votes, wensbeelden

app_name = "polls"
urlpatterns = [
    path("peilingen/<slug:slug>/", votes.poll, name="poll"),
    path("peilingen/<slug:slug>/stem/", votes.vote, name="vote"),
    path("wensbeelden/", wensbeelden.gallery, name="gallery"),
    path("wensbeelden/insturen/", wensbeelden.send, name="send"),
    path("wensbeelden/<id:pk>/terughalen/", wensbeelden.withdraw, name="withdraw"),
]
