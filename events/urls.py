from django.urls import path

from events.views import cafes, door, feed, invitation, own, signing_up

app_name = "events"
OWN = "cafes/<slug:slug>/aanmelding/<str:token>/"
urlpatterns = [
    path("cafes/", cafes.cafes, name="cafes"),
    path("cafes/agenda.ics", feed.calendar, name="feed"),
    path("mijn-cafes/", own.mine, name="mine"),
    path("cafes/<slug:slug>/", cafes.cafe, name="cafe"),
    path("cafes/<slug:slug>/aanmelden/", signing_up.register, name="register"),
    path("cafes/<slug:slug>/aangemeld/", signing_up.registered, name="registered"),
    path("cafes/<slug:slug>/uitnodiging/", invitation.invitation, name="invitation"),
    path("c/<id:pk>/", invitation.short, name="short"),
    path("c/<id:pk>/praat/", invitation.react, name="react"),
    path("cafes/<slug:slug>/bij-de-deur/", door.door, name="door"),
    path("cafes/<slug:slug>/bij-de-deur/<id:pk>/", door.tick, name="tick"),
    path("cafes/<slug:slug>/binnen/<str:token>/", door.check_in, name="check_in"),
    path(OWN, own.registration, name="registration"),
    path(f"{OWN}ik-kom/", own.confirm, name="confirm"),
    path(f"{OWN}wijzigen/", own.change, name="change"),
    path(f"{OWN}afmelden/", own.cancel, name="cancel"),
    path(f"{OWN}terug/", own.come_back, name="come_back"),
    path(f"{OWN}ook/", own.also, name="also"),
    path(f"{OWN}ja/", own.accept, name="accept"),
    path(f"{OWN}agenda.ics", own.calendar, name="calendar"),
]
