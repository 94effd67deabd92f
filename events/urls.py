from django.urls import path

from events import views

app_name = "events"
urlpatterns = [
    path("cafes/", views.cafes, name="cafes"),
    path("cafes/<slug:slug>/", views.cafe, name="cafe"),
    path("cafes/<slug:slug>/aanmelden/", views.register, name="register"),
    path("cafes/<slug:slug>/aangemeld/", views.registered, name="registered"),
    path("cafes/<slug:slug>/aanmelding/<str:token>/", views.registration, name="registration"),
    path("cafes/<slug:slug>/aanmelding/<str:token>/agenda.ics", views.calendar, name="calendar"),
]
