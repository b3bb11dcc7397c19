"""The page of sent mail, which only the embedded mode has."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

pytestmark = pytest.mark.django_db
SECRET = "SECRET_KEY=of-the-house"


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    """The mail folder, with the file of the secrets beside it as in var/."""
    folder = tmp_path / "var" / "mail"
    folder.mkdir(parents=True)
    settings.EMAIL_FILE_PATH = str(folder)
    (tmp_path / "var" / "weft.env").write_text(SECRET)
    (tmp_path / "var" / "mail.eml").write_text(SECRET)
    return folder


@pytest.fixture
def send(folder):
    def mail(subject="Hello", body="Words\n", to="bo@example.org"):
        connection = get_connection("config.mail.FileBackend")
        message = EmailMultiAlternatives(subject, body, "weft@example.org", [to], connection=connection)
        message.attach_alternative(f"<p>{body}</p>", "text/html")
        message.send()

    return mail


def test_every_mail_is_there_to_read_newest_first(client, send, folder):
    assert client.get("/dev/mail/").status_code == 200
    for number, subject in enumerate(["First", "Zweite: für dich"]):
        send(subject, f"Open this:\n\nhttp://localhost:8000/invitations/{number}/\n")
    html = client.get("/dev/mail/").content.decode()
    assert html.index("Zweite: für dich") < html.index("First")
    (name,) = [path.name for path in folder.iterdir() if "invitations/1/" in path.read_text()]
    page = client.get(f"/dev/mail/{name}/").content.decode()
    assert "http://localhost:8000/invitations/1/" in page
    assert "bo@example.org" in page


def test_a_mail_is_shown_and_not_run(client, send, folder):
    send("<script>alert(1)</script>", "<script>alert(2)</script>")
    for path in ("/dev/mail/", f"/dev/mail/{next(folder.iterdir()).name}/"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    "name",
    [
        "..", "../weft.env", "..%2fweft.env", "..%252fweft.env", "%2e%2e/weft.env", "%2e%2e%2fweft.env", "..\\weft.env",
        ".", "", "/etc/passwd", "%2fetc%2fpasswd", "%00", "a%00.eml", "../mail.eml", "..%2fmail.eml", "x" * 300,
        "none.eml", "~", "*", "inner", "inner%2fx.eml",
    ],
)  # fmt: skip
def test_no_other_file_comes_out_of_the_address_of_a_mail(client, send, folder, name):
    send()
    (folder / "inner").mkdir()
    (folder / "inner" / "x.eml").write_text(SECRET)
    for path in (f"/dev/mail/{name}/", f"/dev/mail/{name}"):
        answer = client.get(path, follow=True)
        assert SECRET not in answer.content.decode()
        assert answer.status_code == 404 or answer.request["PATH_INFO"] == "/dev/mail/"


def test_a_file_that_is_no_mail_does_not_break_the_page(client, send, folder):
    send("Hello")
    (folder / "odd.eml").write_bytes(
        b"\xff\xfe\x00Subject: =?utf-99?q?x?=\nContent-Type: text/plain; charset=none\n\n\xff"
    )
    (folder / "empty.eml").touch()
    assert "Hello" in client.get("/dev/mail/").content.decode()
    for name in ("odd.eml", "empty.eml"):
        assert client.get(f"/dev/mail/{name}/").status_code in (200, 404)


def test_mails_sent_in_one_moment_are_files_of_their_own(send, folder):
    for number in range(20):
        send(f"Number {number}")
    assert len(list(folder.iterdir())) == 20
