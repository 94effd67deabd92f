from django.http import HttpResponse


def home(request, reason=""):
    return HttpResponse("")


csrf_failure = home
