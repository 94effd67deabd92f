"""The addresses of «Wat we hoorden»: beside what it is about, since links to it are printed."""

from django.urls import path

from plan.views.heard import pages

app_name = "heard"
urlpatterns = [
    path("vragen/<slug:slug>/wat-we-hoorden/", pages.heard, {"kind": "question"}, name="question"),
    path("vragen/<slug:slug>/wat-we-hoorden/voorlezen/", pages.sheet, {"kind": "question"}, name="question_sheet"),
    path("cafes/<slug:slug>/wat-we-hoorden/", pages.heard, {"kind": "cafe"}, name="cafe"),
    path("cafes/<slug:slug>/wat-we-hoorden/voorlezen/", pages.sheet, {"kind": "cafe"}, name="cafe_sheet"),
    path("ontwerptrajecten/<slug:slug>/wat-we-hoorden/", pages.heard, {"kind": "cycle"}, name="cycle"),
    path("ontwerptrajecten/<slug:slug>/wat-we-hoorden/voorlezen/", pages.sheet, {"kind": "cycle"}, name="cycle_sheet"),
    path("wat-we-hoorden/", pages.everything, name="everything"),
    path("wat-we-hoorden/overig/", pages.heard, {"kind": "rest"}, name="rest"),
    path("wat-we-hoorden/overig/voorlezen/", pages.sheet, {"kind": "rest"}, name="rest_sheet"),
]
