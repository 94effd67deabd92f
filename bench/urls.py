from django.urls import include, path

from bench import views

urlpatterns = [
    path("bench/floor/", views.floor),
    path("bench/page/", views.plain_page),
    path("bench/write/", views.plain_write),
    path("", include("werkplaats.urls")),
]
