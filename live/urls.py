"""The addresses of the room: its screen, its phones, who leads and who helps."""

from django.urls import path, register_converter

from live.views import phones, screens


class CodeConverter:
    """Four letters and figures. Which of them no code has is for the page to say."""

    regex = "[A-Za-z0-9]{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "code")

app_name = "live"
urlpatterns = [
    path("scherm/<code:code>/", screens.screen, name="screen"),
    path("z/", phones.join, name="join"),
    path("z/<code:code>/", phones.phone, name="phone"),
    path("z/<code:code>/stand/", screens.state, name="state"),
]
