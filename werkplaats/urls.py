from django.contrib import admin
from django.urls import include, path, register_converter

from werkplaats import images, views
from werkplaats.fields import IdConverter

register_converter(IdConverter, "id")

urlpatterns = [
    path("", views.home, name="home"),
    path("programma/", views.home, name="programme"),
    path("over/", views.home, name="about"),
    path("privacy/", views.home, name="privacy"),
    path("toegankelijkheid/", views.home, name="accessibility"),
    path("", include("posts.urls")),
    path("", include("polls.urls")),
    path("", include("events.urls")),
    path("media/<str:name>", images.serve, name="media"),
    path("accounts/", include("allauth.urls")),
    path("beheer/", admin.site.urls),
]
