"""The addresses of polls, wensbeelden, sticker rounds and design cycles."""

from django.urls import path

from polls.cycles import views as cycles
from polls.rounds.views import control, groups, rounds, scoring
from polls.voting import views as voting
from polls.wensbeelden import views as wensbeelden

app_name = "polls"
urlpatterns = [
    path("peilingen/<slug:slug>/", voting.poll, name="poll"),
    path("peilingen/<slug:slug>/stem/", voting.vote, name="vote"),
    path("wensbeelden/", wensbeelden.gallery, name="gallery"),
    path("wensbeelden/insturen/", wensbeelden.send, name="send"),
    path("wensbeelden/<id:pk>/", wensbeelden.wensbeeld, name="wensbeeld"),
    path("wensbeelden/<id:pk>/melden/", wensbeelden.report, name="report"),
    path("wensbeelden/<id:pk>/terughalen/", wensbeelden.withdraw, name="withdraw"),
    path("ontwerptrajecten/<slug:slug>/", cycles.cycle, name="cycle"),
    path("stickerrondes/<slug:slug>/", rounds.round, name="round"),
    path("s/<id:pk>/", rounds.short, name="short"),
    path("stickerrondes/<slug:slug>/meedoen/", rounds.join, name="join"),
    path("stickerrondes/<slug:slug>/stand/", rounds.stage_news, name="stage_news"),
    path("stickerrondes/<slug:slug>/groep/<slug:code>/", groups.group, name="group"),
    path("stickerrondes/<slug:slug>/groep/<slug:code>/lijst/", groups.ideas, name="ideas"),
    path("stickerrondes/<slug:slug>/groep/<slug:code>/idee/", groups.write, name="write"),
    path("stickerrondes/<slug:slug>/ideeen/<id:pk>/", groups.change, name="idea"),
    path("stickerrondes/<slug:slug>/ideeen/<id:pk>/weg/", groups.withdraw, name="withdraw_idea"),
    path("stickerrondes/<slug:slug>/plakken/", scoring.desk, name="desk"),
    path("stickerrondes/<slug:slug>/plakken/sticker/", scoring.place, name="place"),
    path("stickerrondes/<slug:slug>/plakken/na/<id:pk>/", scoring.next_idea, name="next_idea"),
    path("stickerrondes/<slug:slug>/mijn-stickers/", scoring.own_stickers, name="own_stickers"),
    path("stickerrondes/<slug:slug>/volgende-persoon/", scoring.next_person, name="next_person"),
    path("stickerrondes/<slug:slug>/eerste-persoon/", scoring.first_person, name="first_person"),
    path("stickerrondes/<slug:slug>/bediening/", control.control, name="control"),
    path("stickerrondes/<slug:slug>/bediening/cijfers/", control.figures, name="figures"),
    path("stickerrondes/<slug:slug>/bediening/stap/", control.stage, name="stage"),
    path("stickerrondes/<slug:slug>/bediening/samenvoegen/", control.join_ideas, name="join_ideas"),
    path("stickerrondes/<slug:slug>/bediening/losmaken/<id:pk>/", control.take_apart, name="take_apart"),
    path("stickerrondes/<slug:slug>/bediening/verbergen/<id:pk>/", control.hide, name="hide_idea"),
    path("stickerrondes/<slug:slug>/bediening/terugzetten/<id:pk>/", control.restore, name="restore_idea"),
    path("stickerrondes/<slug:slug>/uitslag.xlsx", control.sheet, name="sheet"),
]
