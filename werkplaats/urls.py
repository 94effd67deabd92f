"""Every address of the site; those of an app stand in its own `urls.py`."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from werkplaats.avg import persons, wiping, your_data
from werkplaats.avg import views as avg
from werkplaats.demo import playing, postvak
from werkplaats.home import landing, machines, mine, programme, texts, unsent, viewing
from werkplaats.mutes import views as mutes
from werkplaats.pictures import views as pictures
from werkplaats.web.addresses import IdConverter

register_converter(IdConverter, "id")

urlpatterns = [
    path("", landing.home, name="home"),
    path("mijn-bijdragen/", mine.mine, name="mine"),
    path("jouw-gegevens/", your_data.page, name="your_data"),
    path("jouw-gegevens/bestand/", your_data.file, name="your_data_file"),
    path("jouw-gegevens/wissen/", wiping.wipe, name="wipe_person"),
    path("kijkrol/", viewing.look_along, name="look_along"),
    path("programma/", programme.programme, name="programme"),
    path("over/", texts.about, name="about"),
    path("privacy/", avg.privacy, name="privacy"),
    path("toegankelijkheid/", texts.accessibility, name="accessibility"),
    path("", include("posts.urls")),
    path("", include("polls.urls")),
    path("", include("events.urls")),
    path("", include("inviting.urls")),
    path("", include("live.urls")),
    path("foto/", pictures.keep, name="keep_picture"),
    path("foto/<str:name>/", pictures.kept, name="kept_picture"),
    path("foto/<str:name>/weg/", pictures.forget, name="forget_picture"),
    path("media/<str:name>", pictures.serve, name="media"),
    path("mails/<str:token>/", mutes.switches, name="switches"),
    path("accounts/", include("werkplaats.accounts.urls")),
    path("plan/", include("plan.views.concept.urls")),
    path("", include("plan.views.heard.urls")),
    path("jouw-inbreng/", include("plan.views.told.urls")),
    path("beheer/avg/persoon/", persons.find, name="person"),
    path("beheer/avg/persoon/bestand/", persons.file, name="person_file"),
    path("beheer/avg/persoon/wissen/", persons.wipe, name="person_wipe"),
    path("beheer/avg/gewist/<id:pk>/", persons.elsewhere, name="erased_elsewhere"),
    path("beheer/werkbank/", include("plan.urls")),
    path("beheer/avg/", include("werkplaats.avg.urls")),
    path("beheer/niet-bewaard/", unsent.unsent_form, name="unsent"),
    path("beheer/", admin.site.urls),
    path("speel-een-cafe-na/", playing.page, name="play"),
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

handler400 = "werkplaats.home.errors.bad_request"
handler403 = "werkplaats.home.errors.forbidden"
handler404 = "werkplaats.home.errors.not_found"
handler429 = "werkplaats.home.errors.too_many"  # asked for by allauth
handler500 = "werkplaats.home.errors.broken"
