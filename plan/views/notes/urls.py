"""The addresses of *Aantekeningen*."""

from django.urls import path

from plan.views.notes import correcting, evenings, hands, many, paper, photos, typing

urlpatterns = [
    path("", evenings.evenings, name="evenings"),
    path("begin/", evenings.begin_meeting, name="begin_meeting"),
    path("begin/cafe/<id:pk>/", evenings.begin_cafe, name="begin_cafe"),
    path("<id:pk>/", typing.evening, name="evening"),
    path("<id:pk>/regels/", typing.lines, name="lines"),
    path("<id:pk>/regels/<id:number>/", correcting.line, name="line"),
    path("<id:pk>/regels/<id:number>/verbeteren/", correcting.correct, name="correct"),
    path("<id:pk>/regels/<id:number>/weg/", correcting.strike, name="strike"),
    path("<id:pk>/hier/", typing.sit_down, name="sit_down"),
    path("<id:pk>/plakken/", many.paste, name="paste"),
    path("<id:pk>/bestand/", many.file, name="file"),
    path("<id:pk>/fotos/", photos.photos, name="photos"),
    path("<id:pk>/fotos/<id:photo>/draaien/", photos.turn, name="turn_photo"),
    path("<id:pk>/fotos/<id:photo>/weg/", photos.take_away, name="take_photo_away"),
    path("<id:pk>/stickers/", paper.count, name="paper"),
    path("<id:pk>/handen/", hands.count, name="hands"),
]
