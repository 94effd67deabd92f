"""The Postvak: the mails of the demo, read in the browser. It exists in the demo only."""

import base64
import hashlib
import re
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cached_property, wraps

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP, build_policy
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{12}")
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
SHOWN = 200


class Mail:
    """One .eml file as `werkplaats.mail.FolderBackend` writes it; `name` is the file's name without ".eml"."""

    def __init__(self, name: str):
        """Raises FileNotFoundError when there is no such mail."""
        self.name = name
        content = (settings.MAIL_DIR / f"{name}.eml").read_bytes()
        self.message: EmailMessage = BytesParser(policy=policy.default).parsebytes(content)
        self.subject = self.message["Subject"]
        self.to = self.message["To"]
        self.sent_at = datetime.strptime(name[:22], "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)

    @property
    def text(self) -> str:
        return self.body("plain")

    @property
    def html(self) -> str:
        return self.body("html")

    def body(self, kind: str) -> str:
        """The words of the mail as "plain" or "html"."""
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""

    @cached_property
    def attachments(self) -> list[EmailMessage]:
        return list(self.message.iter_attachments())

    def attachment_names(self) -> list[str]:
        """For the template, which cannot ask a part itself: that takes every name for one of its headers."""
        return [part.get_filename() or "bijlage" for part in self.attachments]


def demo_only(view):
    """A 404 outside the demo, and for a name that no mail of ours can have."""

    @cache_control(private=True, no_store=True)  # there are links in mails
    @require_safe
    @wraps(view)
    def guarded(request, name: str | None = None, **kwargs):
        if not settings.DEMO:
            raise Http404
        if name is None:
            return view(request, **kwargs)
        if not NAME.fullmatch(name):
            raise Http404
        try:
            found = Mail(name)
        except FileNotFoundError as error:
            raise Http404 from error
        return view(request, found, **kwargs)

    return guarded


@demo_only
def mails(request) -> HttpResponse:
    """The mails of this demo, the newest first."""
    files = sorted(settings.MAIL_DIR.glob("[0-9]*.eml"), reverse=True)
    found = [Mail(file.stem) for file in files[:SHOWN] if NAME.fullmatch(file.stem)]
    return render(request, "demo/postvak.html", {"mails": found})


@demo_only
def mail(request, found: Mail) -> HttpResponse:
    return render(request, "demo/postvak_mail.html", {"mail": found})


@demo_only
@xframe_options_sameorigin
def styled(request, found: Mail) -> HttpResponse:
    """The HTML of a mail by itself, for the frame on its page. Nothing in it runs, and only its own style counts."""
    digests = [hashlib.sha256(style.encode()).digest() for style in STYLE.findall(found.html)]
    policy: dict[str, list[str]] = {
        "default-src": [CSP.NONE],
        "style-src": [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests] or [CSP.NONE],
        "base-uri": [CSP.NONE],
        "form-action": [CSP.NONE],
        "frame-ancestors": [CSP.SELF],
    }
    return HttpResponse(found.html, headers={CSP.HEADER_ENFORCE.value: build_policy(policy)})


@demo_only
def attachment(request, found: Mail, number: int) -> HttpResponse:
    """The attachment with this number, from 1."""
    if not 1 <= number <= len(found.attachments):
        raise Http404
    part = found.attachments[number - 1]
    disposition = content_disposition_header(True, part.get_filename() or f"bijlage-{number}")
    headers = {"Content-Disposition": disposition}
    return HttpResponse(part.get_payload(decode=True), content_type=part.get_content_type(), headers=headers)
