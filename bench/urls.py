import os

from django.urls import include, path

from bench import views
from posts.reading import roots

# Beside the plain page it shows as many threads as that does.
roots.PER_PAGE = int(os.environ.get("BENCH_PER_PAGE", roots.PER_PAGE))

urlpatterns = [
    path("bench/floor/", views.floor),
    path("bench/page/", views.plain_page),
    path("bench/write/", views.plain_write),
    path("", include("werkplaats.urls")),
]
