import html
import re

import pytest
from django.urls import reverse

WORDS = "three quiet herons"


@pytest.fixture
def sign_up(client):
    """Fill in the form at /accounts/signup/."""

    def send(email="nia@example.org", name="Nia Adeyemi", password=WORDS, **more):
        return client.post(reverse("account_signup"), {"email": email, "name": name, "password1": password, **more})

    return send


@pytest.fixture
def sign_in(client):
    def send(person, password, using=None, **more):
        fields = {"login": getattr(person, "email", person), "password": password}
        return (using or client).post(reverse("account_login"), fields, **more)

    return send


@pytest.fixture
def link_in():
    """The path of the only link in a mail."""

    def path(mail):
        (link,) = re.findall(r"http://testserver(/\S+)", mail.body)
        return link

    return path


@pytest.fixture
def said():
    """What an answer says to a person: the status, where it leads, and the text without tokens."""

    def words(response):
        body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html.unescape(response.content.decode()))
        return response.status_code, response.get("Location"), body

    return words
