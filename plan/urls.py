"""The addresses of the workbench, under /beheer/werkbank/."""

from django.urls import path

from plan.views import desk, exports, harvests

app_name = "plan"
urlpatterns = [
    path("", harvests.harvests, name="harvests"),
    path("<id:pk>/", desk.desk, name="desk"),
    path("uitvoer/", exports.exports, name="exports"),
    path("uitvoer/<id:pk>/", exports.export, name="export"),
]
