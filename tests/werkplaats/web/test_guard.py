"""Hostile requests get a quiet answer; each is shown to break stock Django first, or it proves nothing."""

import contextlib
import io

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path

from werkplaats.web.guard import MAX_BODY, plain_content_type

# A request closes connections that went stale, and so may look at one that an earlier test left open.
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"


def show(request, name=""):
    """What arrived."""
    got = [*request.GET.items(), *request.POST.items(), *((file.name, file.read()) for file in request.FILES.values())]
    return HttpResponse(f"{name} {got} {request.COOKIES}")


def look_up(request, name=""):
    return HttpResponse(str(ContentType.objects.filter(app_label=request.GET.get("q", name)).exists()))


def remember(request):
    return HttpResponse(str(request.session.get("seen", "new")))


urlpatterns = [
    path("show/", show),
    path("show/<str:name>", show),
    path("look-up/", look_up),
    path("look-up/<str:name>", look_up),
    path("remember/", remember),
]


def ask(application, path="/show/", query="", method="GET", body=b"", **environ):
    """Status and body of the answer; "escaped" when the exception would reach the WSGI server."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
        **environ,
    }
    statuses = []
    try:
        response = application(environ, lambda status, headers: statuses.append(status))
    except Exception as error:  # noqa: BLE001
        return "escaped", type(error).__name__
    with contextlib.closing(response):
        return int(statuses[0][:3]), b"".join(response).decode()


@pytest.fixture
def stock(settings):
    settings.MIDDLEWARE = [SESSIONS]
    return WSGIHandler()


@pytest.fixture
def guarded(settings):
    settings.MIDDLEWARE = ["werkplaats.web.guard.GuardMiddleware", SESSIONS]
    return plain_content_type(WSGIHandler())


def multipart(*parts, content_type="multipart/form-data; boundary=XX"):
    parts = parts or ('Content-Disposition: form-data; name="q"\r\n\r\nvan café',)
    body = "".join(f"--XX\r\n{part}\r\n" for part in parts) + "--XX--\r\n"
    return {"method": "POST", "body": body.encode(), "CONTENT_TYPE": content_type}


BREAKS_DJANGO = {
    "a charset that knows no errors": multipart(content_type="multipart/form-data; boundary=XX; charset=idna"),
    "a charset that is no text": multipart(content_type="multipart/form-data; boundary=XX; charset=hex"),
    "a charset with NUL": {"CONTENT_TYPE": "text/plain; charset=a\0b"},
    "a charset for the query": {"query": "q=%C3%A9", "CONTENT_TYPE": "text/plain; charset=rot13"},
    "a charset of its own": {"CONTENT_TYPE": "text/plain; charset*=nope''x"},
    "a parameter in pieces": {"CONTENT_TYPE": "text/plain; a*0=b; a*=c"},
    "an endless header": {"CONTENT_TYPE": "text/plain; a=" + "b" * 20_000},
    "too many fields": {"query": "a=1&" * 3000, "CONTENT_TYPE": "text/plain; charset=utf-8"},
    "a part with a name in pieces": multipart("Content-Disposition: form-data; name*0=a; name*=b\r\n\r\nx"),
    "a length beyond machines": {**multipart(), "CONTENT_LENGTH": "9" * 20},
}


@pytest.mark.parametrize("request_", BREAKS_DJANGO.values(), ids=BREAKS_DJANGO)
def test_the_guard_refuses_what_breaks_django(request_, settings):
    settings.MIDDLEWARE = []
    assert ask(WSGIHandler(), **request_)[0] in (500, "escaped")

    settings.MIDDLEWARE = ["werkplaats.web.guard.GuardMiddleware"]
    assert ask(plain_content_type(WSGIHandler()), **request_)[0] == 400


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["q=%00", "q=\0", "a=b&q=x%00y"])
def test_nul_in_the_query_never_reaches_the_database(query, stock, guarded):
    assert ask(stock, "/look-up/", query)[0] == 500
    assert ask(guarded, "/look-up/", query)[0] == 400


@pytest.mark.django_db
def test_nul_in_the_path_is_not_found(stock, guarded):
    assert ask(stock, "/look-up/a\0b")[0] == 500
    assert ask(guarded, "/look-up/a\0b")[0] == 404


@pytest.mark.parametrize("query", ["q=%0d%0aSet-Cookie:x", "q=%1b[31m", "q=%7F", "\x01=1"])
def test_other_control_characters_are_refused_too(query, guarded):
    assert ask(guarded, query=query)[0] == 400
    assert ask(guarded, "/show/a\nb")[0] == 404


@pytest.mark.django_db
@pytest.mark.parametrize("value", ['"\\000aaaaaaaaaaa"', "\0aaaaaaaaaaa"])
def test_a_spoilt_cookie_is_forgotten_and_locks_nobody_out(value, settings, stock, guarded):
    name = settings.SESSION_COOKIE_NAME
    assert ask(stock, "/remember/", HTTP_COOKIE=f"{name}={value}")[0] == 500
    assert ask(guarded, "/remember/", HTTP_COOKIE=f"{name}={value}") == (200, "new")
    assert "{'good': 'a'}" in ask(guarded, HTTP_COOKIE=f"{name}={value}; good=a; \0=b")[1]


@pytest.mark.parametrize("length", [str(MAX_BODY + 1), "9" * 5000])
def test_a_body_that_fills_the_disk_is_refused_unread(length, guarded):
    unread = io.BytesIO(b"--XX")
    request = {**multipart(), "CONTENT_LENGTH": length, "wsgi.input": unread}
    assert ask(guarded, **request)[0] == 400
    assert unread.tell() == 0


@pytest.mark.parametrize(
    ("request_", "arrives"),
    [
        ({"query": "q=van+caf%C3%A9&r=%F0%9F%8E%88"}, "[('q', 'van café'), ('r', '🎈')]"),
        ({"query": "q=%ff%ED%A0%80"}, "����"),
        ({"path": "/show/caf\xc3\xa9"}, "café"),
        ({"HTTP_COOKIE": "a=b; c=d"}, "{'a': 'b', 'c': 'd'}"),
        (multipart(), "van café"),
        (multipart(content_type='multipart/form-data; charset="UTF-8"; boundary="XX"'), "van café"),
        (multipart('Content-Disposition: form-data; name="f"; filename="é.jpg"\r\n\r\nx'), "('é.jpg', b'x')"),
        (multipart('Content-Disposition: form-data; name="q"\r\n\r\na\r\n\0b'), r"('q', 'a\r\n\x00b')"),
        (
            {
                "method": "POST",
                "body": b"q=a%0D%0Ab",
                "CONTENT_TYPE": "application/x-www-form-urlencoded;charset=utf-8",
            },
            r"('q', 'a\r\nb')",
        ),
    ],
)
def test_what_people_send_arrives_unchanged(request_, arrives, guarded):
    status, body = ask(guarded, **request_)
    assert status == 200
    assert arrives in body


@pytest.mark.django_db  # its start asks which PostgreSQL it is
def test_the_site_has_both_layers():
    from werkplaats.wsgi import application

    for request in BREAKS_DJANGO.values():
        assert ask(application, **request)[0] == 400
