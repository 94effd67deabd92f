"""The addresses of the room: its screen, its phones, who leads and who helps."""

from django.urls import path, register_converter

from live.views import phones, screens, taking_part


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
    path("z/<code:code>/<int:table>/", phones.table, name="table"),
    path("z/<code:code>/plek/", phones.seat, name="seat"),
    path("z/<code:code>/al/", phones.earlier, name="earlier"),
    path("z/<code:code>/zeg/<id:scene>/", taking_part.say, name="say"),
    path("z/<code:code>/tel/<id:scene>/", taking_part.count, name="count"),
    path("z/<code:code>/stem/<id:scene>/", taking_part.vote, name="vote"),
    path("z/<code:code>/plak/<id:scene>/", taking_part.stick, name="stick"),
    path("z/<code:code>/duim/<id:voice>/<str:wish>/", taking_part.thumb, name="thumb"),
    path("z/<code:code>/weg/<id:voice>/", taking_part.take_away, name="take_away"),
    path("z/<code:code>/volgende/", taking_part.next_person, name="next_person"),
    path("z/<code:code>/klaar/", taking_part.all_ready, name="all_ready"),
]
