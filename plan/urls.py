"""The addresses of the workbench, under /beheer/werkbank/."""

from django.urls import path

from plan.views import desk, harvests

app_name = "plan"
urlpatterns = [path("", harvests.harvests, name="harvests"), path("<id:pk>/", desk.desk, name="desk")]
