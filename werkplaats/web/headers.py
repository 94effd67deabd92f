"""Headers on every answer, error pages and media included."""

from django.http import HttpResponse

from werkplaats.web.requests import GetResponse, Request

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def headers(get_response: GetResponse) -> GetResponse:
    """Adds what Django has no setting for; pages are never kept by a cache on the way."""

    def middleware(request: Request) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    return middleware
