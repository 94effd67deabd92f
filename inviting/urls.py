"""The addresses of who invites, and of who was invited."""

from django.urls import path

from inviting.views import links

app_name = "inviting"
urlpatterns = [
    path("v/<str:code>/", links.link, name="link"),
    path("v/<str:code>/<slug:kind>/", links.link, name="link_of_kind"),
]
