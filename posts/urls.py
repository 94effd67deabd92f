from django.urls import path

from posts import along, confirming, device, feeds, own, switches, views, writing

app_name = "posts"
urlpatterns = [
    path("denk-praat-doe-mee/", views.current, name="current"),
    path("vragen/<slug:slug>/", views.question, name="question"),
    path("vragen/<slug:slug>/nieuw/", views.news, name="news"),
    path("vragen/<slug:slug>/feed/", feeds.Contributions(), name="feed"),
    path("vragen/<slug:slug>/bijdragen/", writing.create, name="create"),
    path("vragen/<slug:slug>/uitnodigen/", along.invite, name="invite"),
    path("vragen/<slug:slug>/praatkaart/", along.talk_card, name="talk_card"),
    path("bijdragen/bevestigen/", confirming.claims, name="claims"),
    path("bijdragen/bevestigen/<str:token>/", confirming.confirm, name="confirm"),
    path("bijdragen/<id:pk>/", views.post, name="post"),
    path("bijdragen/<id:pk>/code/", confirming.mail_code, name="mail_code"),
    path("bijdragen/<id:pk>/antwoord/", writing.answer, name="answer"),
    path("bijdragen/<id:pk>/duim/<str:wish>/", views.thumb, name="thumb"),
    path("bijdragen/<id:pk>/melden/", views.report, name="report"),
    path("bijdragen/<id:pk>/wijzigen/", own.edit, name="edit"),
    path("bijdragen/<id:pk>/weghalen/", own.withdraw, name="withdraw"),
    path("apparaat/wissen/", device.wipe, name="wipe"),
    path("mails/<str:token>/", switches.notices, name="notices"),
    path("huisregels/", views.house_rules, name="house_rules"),
]
