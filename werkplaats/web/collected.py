"""Whether collectstatic has run for this code: without it every page is an error."""

import functools

from django.apps import apps
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage


@functools.cache  # a process reads the list of what was collected once, when it starts
def missing() -> frozenset[str]:
    """The static files of this code that a page could name and would not find."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return frozenset()
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    found = {path.replace("\\", "/") for finder in get_finders() for path, _ in finder.list(ignored)}
    return frozenset(found - staticfiles_storage.hashed_files.keys())
