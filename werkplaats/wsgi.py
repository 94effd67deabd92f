"""The application that a web server starts."""

import os

from django.core.wsgi import get_wsgi_application

from werkplaats.database.oldest import refuse_too_old
from werkplaats.web.guard import plain_content_type

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.settings")
application = plain_content_type(get_wsgi_application())
refuse_too_old()
