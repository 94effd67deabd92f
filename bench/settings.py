"""The production settings with three views beside the site, to measure it against."""

from werkplaats.settings import *  # all of them: Django reads this module
from werkplaats.settings import INSTALLED_APPS, MIDDLEWARE

ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
MIDDLEWARE = ["bench.middleware.count_queries", *MIDDLEWARE]
