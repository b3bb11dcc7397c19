"""Whose site it is: name, logo and colour on each page, who may sign up, and a log of what was set."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import ColourTooLight, Organisation, User, palette
from accounts.models.organisation import LOOK_KEY
from community.actions import SettingsConflict, change_organisation, invite
from community.models import AuditEntry, Role
from tests import factories as make
from tests.invited import a_token_of

URL = "/manage/organisation/"


def filled(**more):
    known = {"name": "Heron Works", "colour": "", "sign_up": "open", "domains": "", "time_zone": "Europe/Oslo"}
    return known | {"version": 0} | more


def sign_up(email, client=None):
    client = client or Client()
    answer = client.post("/accounts/signup/", {"email": email, "password1": "a-long-word-here", "name": "New Nora"})
    return answer, User.objects.filter(email=email).first()


def test_the_name_stands_on_every_page_and_what_was_set_in_the_log(
    world, client_of, django_capture_on_commit_callbacks
):
    admin = client_of(world.alice)
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(URL, filled()).status_code == 302
    page = client_of(world.bo).get("/").content.decode()
    assert "Heron Works" in page
    entry = AuditEntry.objects.get(act="organisation")
    assert (entry.by, entry.act) == (world.alice, "organisation")
    assert entry.details == {"name": ["", "Heron Works"], "time_zone": ["UTC", "Europe/Oslo"]}
    assert "Heron Works" in admin.get("/manage/log/").content.decode()
    _answer, nora = sign_up("nora@example.org")
    assert nora.time_zone == "Europe/Oslo"


def test_saving_the_same_writes_nothing(world, client_of):
    client_of(world.alice).post(URL, filled())
    client_of(world.alice).post(URL, filled(version=1))
    assert AuditEntry.objects.filter(act="organisation").count() == 1


def test_two_admins_do_not_overwrite_each_other(world, client_of):
    change_organisation(by=world.alice, version=0, fields={"name": "First"})
    with pytest.raises(SettingsConflict):
        change_organisation(by=world.alice, version=0, fields={"name": "Second"})
    answer = client_of(world.alice).post(URL, filled(name="Second"))
    assert answer.status_code == 409
    assert 'value="Second"' in answer.content.decode()
    assert "First" in answer.content.decode()
    assert Organisation.current().name == "First"


@pytest.mark.parametrize("colour", ["#ffcc00", "#8fb3ff", "red", "#12345", "url(x)"])
def test_a_colour_in_which_words_cannot_be_read_is_refused(world, client_of, colour):
    answer = client_of(world.alice).post(URL, filled(colour=colour))
    assert answer.status_code == 422
    assert Organisation.current().colour == ""


@pytest.mark.once
@pytest.mark.parametrize("colour", ["#2f5d8a", "#7a1f5c", "#00583c", "#000000", "#8a3b00"])
def test_words_in_the_colour_can_be_read_on_light_and_on_dark_pages(colour):
    def luminance(hexed):
        """WCAG 2.2's relative luminance."""
        parts = [int(hexed[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(a, b):
        high, low = sorted((luminance(a), luminance(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    tokens = palette(colour)
    for token in ("thread", "thread-deep"):
        light, dark = tokens[token]
        for ground in ("#fbfaf6", "#ffffff", "#f3f1ea", tokens["thread-soft"][0]):
            assert contrast(light, ground) >= 4.5
        for ground in ("#16181d", "#1e2128", "#121419", tokens["thread-soft"][1]):
            assert contrast(dark, ground) >= 4.5


@pytest.mark.once
def test_what_is_named_instead_of_a_colour_too_light_is_taken():
    with pytest.raises(ColourTooLight) as refused:
        palette("#ffcc00")
    assert palette(refused.value.nearest)


def test_the_colour_comes_as_a_stylesheet_that_browsers_keep(db):
    answer = Client().get("/organisation/style/7a1f5c.css")
    assert "--thread: light-dark(#7a1f5c, " in answer.content.decode()
    assert "immutable" in answer["Cache-Control"]
    assert Client().get("/organisation/style/ffcc00.css").status_code == 404


def test_a_logo_is_drawn_anew_and_shown_to_everybody(world, client_of):
    upload = make.an_upload("logo.png", size=(900, 300))
    client_of(world.alice).post(URL, filled(logo=upload))
    cache.delete(LOOK_KEY)
    page = Client().get("/accounts/login/").content.decode()
    address = Organisation.current().look().logo_url
    assert f'src="{address}"' in page
    answer = Client().get(address)
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    client_of(world.alice).post(URL, filled(version=1, without_logo="on"))
    assert Client().get(address).status_code == 404


def test_a_file_that_is_no_picture_is_refused_and_nothing_saved(world, client_of):
    answer = client_of(world.alice).post(
        URL, filled(logo=SimpleUploadedFile("logo.png", b"Not a picture.", "image/png"))
    )
    assert answer.status_code == 422
    assert 'value="Heron Works"' in answer.content.decode()
    assert Organisation.current().name == ""


def test_with_domains_only_their_addresses_sign_up(world, client_of):
    answer = client_of(world.alice).post(URL, filled(sign_up="domains", domains=" @Heron.example\nheron.test "))
    assert answer.status_code == 302
    answer, person = sign_up("nora@elsewhere.example")
    assert person is None
    assert "heron.example, heron.test" in answer.content.decode()
    for wrong in ("nora@heron.example.evil.example", "nora@notheron.example", "nora@sub.heron.example"):
        assert sign_up(wrong)[1] is None
    assert sign_up("nora@HERON.example".lower())[1]
    assert client_of(world.alice).post(URL, filled(sign_up="domains", domains="", version=1)).status_code == 422
    assert (
        client_of(world.alice).post(URL, filled(sign_up="domains", domains="no domain", version=1)).status_code == 422
    )


def test_by_invitation_only_who_was_invited_signs_up(world):
    change_organisation(by=world.alice, version=0, fields={"sign_up": "invitation"})
    answer, person = sign_up("nora@example.org")
    assert person is None
    assert "if you were invited" in answer.content.decode().lower()
    invited_to = {"community": world.community, "role": Role.MEMBER, "invited_by": world.alice}
    token = a_token_of(invite(email="nora@example.org", **invited_to))
    invited = Client()
    invited.get(f"/invitations/{token}/")
    assert sign_up("nora@example.org", invited)[1]


def test_a_host_reads_the_log_of_their_communities_only(world, client_of):
    host = world.other.memberships.current().get(role="host").user
    change_organisation(by=world.alice, version=0, fields={"name": "Heron Works"})
    page = client_of(host).get("/manage/log/").content.decode()
    assert "Heron Works" not in page
    assert "Nothing yet." in page
