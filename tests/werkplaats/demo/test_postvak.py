"""The Postvak: the mails of the demo, and only there."""

import pytest

from werkplaats import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def name(settings, tmp_path):
    """The name of one mail with an attachment, in the demo's folder."""
    settings.DEMO, settings.MAIL_DIR = True, tmp_path / "mail"
    message = mail.message(
        template="account/email/login_code",
        to="ouder@example.org",
        data={"code": "ABCD-EFGH"},
        reference="proef-1",
        attachments=[("café.ics", "BEGIN:VCALENDAR", "text/calendar")],
    )
    mail.FolderBackend(folder=settings.MAIL_DIR).send_messages([message])
    [file] = settings.MAIL_DIR.glob("*.eml")
    return file.stem


def test_the_list_and_the_mail(client, name):
    page = client.get("/postvak/").text
    assert "ABCD-EFGH is je code om in te loggen" in page
    assert "ouder@example.org" in page
    assert "ABCD-EFGH" in client.get(f"/postvak/{name}/").text


def test_the_attachment_is_a_download(client, name):
    answer = client.get(f"/postvak/{name}/bijlage/1/")
    assert answer.text.strip() == "BEGIN:VCALENDAR"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/postvak/{name}/bijlage/2/").status_code == 404
    assert client.get(f"/postvak/{name}/bijlage/{'9' * 30}/").status_code == 404


def test_the_styled_mail_runs_nothing_and_keeps_its_own_style(client, name):
    answer = client.get(f"/postvak/{name}/opgemaakt/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "wrong", ["x", "..", "../../etc/passwd", "%2e%2e%2fsettings", "20260101-000000-000000-0123456789ab", "x.eml"]
)
def test_names_that_are_no_mail_of_ours_are_not_there(client, name, wrong):
    assert client.get(f"/postvak/{wrong}/").status_code == 404


def test_outside_the_demo_there_is_no_postvak(client, name, settings):
    settings.DEMO = False
    for path in ("/postvak/", f"/postvak/{name}/", f"/postvak/{name}/opgemaakt/", f"/postvak/{name}/bijlage/1/"):
        assert client.get(path).status_code == 404
