from django.conf import settings
from django.contrib import admin
from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from werkplaats import images, postvak
from werkplaats.fields import IdConverter
from werkplaats.views import machines, pages, pictures

register_converter(IdConverter, "id")

urlpatterns = [
    path("", pages.home, name="home"),
    path("programma/", pages.programme, name="programme"),
    path("over/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("", include("posts.urls")),
    path("", include("polls.urls")),
    path("", include("events.urls")),
    path("foto/", pictures.keep, name="keep_picture"),
    path("foto/<str:name>/", pictures.kept, name="kept_picture"),
    path("foto/<str:name>/weg/", pictures.forget, name="forget_picture"),
    path("media/<str:name>", images.serve, name="media"),
    path("accounts/", include("werkplaats.account_urls")),
    path("beheer/", admin.site.urls),
    path("postvak/", postvak.mails, name="postvak"),
    path("postvak/<str:name>/", postvak.mail, name="postvak_mail"),
    path("postvak/<str:name>/opgemaakt/", postvak.styled, name="postvak_styled"),
    path("postvak/<str:name>/bijlage/<int:number>/", postvak.attachment, name="postvak_attachment"),
    path("healthz", machines.alive, name="healthz"),
    path("readyz", machines.ready, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    # Browsers and feed readers ask for it without reading the page.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}img/favicon.ico"), name="favicon"),
]

handler400 = "werkplaats.views.errors.bad_request"
handler403 = "werkplaats.views.errors.forbidden"
handler404 = "werkplaats.views.errors.not_found"
handler429 = "werkplaats.views.errors.too_many"  # asked for by allauth
handler500 = "werkplaats.views.errors.broken"
