from django.urls import path

from posts import confirming, views, writing

app_name = "posts"
urlpatterns = [
    path("denk-praat-doe-mee/", views.current, name="current"),
    path("vragen/<slug:slug>/", views.question, name="question"),
    path("vragen/<slug:slug>/bijdragen/", writing.create, name="create"),
    path("bijdragen/bevestigen/<str:token>/", confirming.confirm, name="confirm"),
    path("bijdragen/<id:pk>/", views.post, name="post"),
    path("bijdragen/<id:pk>/antwoord/", writing.answer, name="answer"),
    path("bijdragen/<id:pk>/duim/<str:wish>/", views.thumb, name="thumb"),
    path("bijdragen/<id:pk>/melden/", views.report, name="report"),
    path("huisregels/", views.house_rules, name="house_rules"),
]
