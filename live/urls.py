"""The addresses of the room: its screen, its phones, who leads and who helps."""

from django.urls import path, register_converter

from live.views import attending, helping, leading, phones, preparing, rehearsing, screens, taking_part


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
    path("beheer/zaal/<id:pk>/", leading.lead, name="lead"),
    path("beheer/zaal/<id:pk>/begin/", leading.begin, name="begin"),
    path("beheer/zaal/<id:pk>/verder/", leading.go, name="go"),
    path("beheer/zaal/<id:pk>/terug/", leading.back, name="back"),
    path("beheer/zaal/<id:pk>/ga/<id:scene>/", leading.go_to, name="go_to"),
    path("beheer/zaal/<id:pk>/uitslag/", leading.reveal, name="reveal"),
    path("beheer/zaal/<id:pk>/leeg/", leading.clear, name="clear"),
    path("beheer/zaal/<id:pk>/tijd/", leading.start_time, name="start_time"),
    path("beheer/zaal/<id:pk>/minuut/", leading.add_minute, name="add_minute"),
    path("beheer/zaal/<id:pk>/groot/", leading.spotlight, name="spotlight"),
    path("beheer/zaal/<id:pk>/alleen/", leading.go_alone, name="go_alone"),
    path("beheer/zaal/<id:pk>/donker/", leading.darken, name="darken"),
    path("beheer/zaal/<id:pk>/woorden/", leading.decide, name="decide"),
    path("beheer/zaal/<id:pk>/haal-weg/", leading.hide, name="hide"),
    path("beheer/zaal/<id:pk>/wie/", attending.attending, name="attending"),
    path("beheer/zaal/<id:pk>/helper/", helping.hand_out, name="helper"),
    path("beheer/zaal/<id:pk>/schuif/<id:scene>/", leading.move, name="move"),
    path("beheer/zaal/cafe/<id:cafe>/", preparing.prepare, name="prepare"),
    path("z/helpen/", helping.helping, name="help"),
    path("z/helpen/<str:token>/", helping.help_out, name="help_out"),
    path("beheer/zaal/<id:pk>/proef/", rehearsing.rehearse, name="rehearse"),
    path("beheer/zaal/<id:pk>/noodpakket.pdf", rehearsing.emergency, name="emergency"),
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
    # As codes to scan have them, in capitals: they are smaller so.
    path("Z/", phones.in_small_letters, name="scanned"),
    path("Z/<code:code>", phones.in_small_letters, name="scanned"),
    path("Z/<code:code>/", phones.in_small_letters, name="scanned"),
    path("Z/<code:code>/<int:table>/", phones.in_small_letters, name="scanned"),
]
