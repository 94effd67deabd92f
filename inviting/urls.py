"""The addresses of who invites, and of who was invited."""

from django.urls import path

from inviting.views import calls, links, own

app_name = "inviting"
urlpatterns = [
    path("beheer/acties/cijfers/", calls.show_figures, name="figures"),
    path("beheer/acties/ontbreekt/", calls.fill, name="fill"),
    path("beheer/acties/<id:pk>/", calls.call, name="call"),
    path("beheer/acties/<id:pk>/stand/", calls.move, name="move"),
    path("beheer/acties/<id:pk>/praatkaart.pdf", calls.card_file, name="card"),
    path("uitnodigen/", own.mine, name="mine"),
    path("uitnodigen/missen/", own.suggest, name="suggest"),
    path("uitnodigen/<str:token>/", own.mailed, name="mailed"),
    path("uitnodigen/<str:token>/missen/", own.suggest, name="suggest_mailed"),
    path("v/", links.link, name="link_cut_off"),
    path("v/<path:asked>", links.link, name="link"),
]
