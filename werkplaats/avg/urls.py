"""Addresses below /beheer/avg/."""

from django.urls import path

from werkplaats.avg import retaining, views

app_name = "avg"
urlpatterns = [path("", views.officer, name="sheet"), path("termijnen/", retaining.retention, name="retention")]
