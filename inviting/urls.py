"""The addresses of who invites, and of who was invited."""

from django.urls import path, register_converter

from inviting.views import calls, links, own


class Anything:
    """Whatever stands in an address, also nothing, and slashes."""

    regex = ".*"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(Anything, "anything")

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
    path("v/<str:code>/", links.link, name="link"),
    path("v/<str:code>/<slug:kind>/", links.link, name="link_of_kind"),
    path("v/<anything:rest>", links.glued, name="link_glued"),
]
