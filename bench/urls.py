from django.urls import include, path

from bench import views
from posts.reading import roots

roots.PER_PAGE = 10  # as many threads as the plain page shows, so that the two can be compared

urlpatterns = [
    path("bench/floor/", views.floor),
    path("bench/page/", views.plain_page),
    path("bench/write/", views.plain_write),
    path("", include("werkplaats.urls")),
]
