from django.urls import path
from django.views.decorators.http import conditional_page

from posts.views import (
    confirming,
    device,
    feed,
    finishing,
    helping,
    inviting,
    own,
    posts,
    questions,
    reports,
    seen,
    thumbs,
    writing,
)

app_name = "posts"
urlpatterns = [
    path("denk-praat-doe-mee/", questions.current, name="current"),
    path("vragen/<slug:slug>/", questions.question, name="question"),
    path("vragen/<slug:slug>/nieuw/", questions.news, name="news"),
    path("vragen/<slug:slug>/feed/", conditional_page(feed.Contributions()), name="feed"),
    path("vragen/<slug:slug>/bijdragen/", writing.create, name="create"),
    path("vragen/<slug:slug>/uitnodigen/", inviting.invite, name="invite"),
    path("vragen/<slug:slug>/praatkaart/", inviting.talk_card, name="talk_card"),
    path("vragen/<slug:slug>/praatkaart.pdf", inviting.talk_card_file, name="talk_card_file"),
    path("bijdragen/bevestigen/", confirming.claims, name="claims"),
    path("bijdragen/bevestigen/<str:token>/", confirming.confirm, name="confirm"),
    path("bijdragen/<id:pk>/", posts.post, name="post"),
    path("bijdragen/<id:pk>/afzender/", finishing.sender, name="sender"),
    path("bijdragen/<id:pk>/code/", confirming.mail_code, name="mail_code"),
    path("bijdragen/<id:pk>/antwoord/", writing.answer, name="answer"),
    path("bijdragen/<id:pk>/duim/<str:wish>/", thumbs.thumb, name="thumb"),
    path("bijdragen/<id:pk>/melden/", reports.report, name="report"),
    path("bijdragen/<id:pk>/wijzigen/", own.edit, name="edit"),
    path("bijdragen/<id:pk>/weghalen/", own.withdraw, name="withdraw"),
    path("mijn-bijdragen/gezien/", seen.seen, name="seen"),
    path("bijdragen/<id:pk>/vertaling/", own.rendering, name="rendering"),
    path("apparaat/wissen/", device.wipe, name="wipe"),
    path("meelezen/<str:token>/", helping.help_out, name="help"),
    path("huisregels/", posts.house_rules, name="house_rules"),
]
