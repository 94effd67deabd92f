from django.urls import path

from posts import confirming, switches, views, writing

app_name = "posts"
urlpatterns = [
    path("denk-praat-doe-mee/", views.current, name="current"),
    path("vragen/<slug:slug>/", views.question, name="question"),
    path("vragen/<slug:slug>/bijdragen/", writing.create, name="create"),
    path("bijdragen/bevestigen/", confirming.claims, name="claims"),
    path("bijdragen/bevestigen/<str:token>/", confirming.confirm, name="confirm"),
    path("bijdragen/<id:pk>/", views.post, name="post"),
    path("bijdragen/<id:pk>/code/", confirming.mail_code, name="mail_code"),
    path("bijdragen/<id:pk>/antwoord/", writing.answer, name="answer"),
    path("bijdragen/<id:pk>/duim/<str:wish>/", views.thumb, name="thumb"),
    path("bijdragen/<id:pk>/melden/", views.report, name="report"),
    path("mails/<str:token>/", switches.notices, name="notices"),
    path("huisregels/", views.house_rules, name="house_rules"),
]
