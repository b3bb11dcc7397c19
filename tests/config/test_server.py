"""Pages through the server that also holds the live connections: nothing is lost on the way."""

import asyncio
import http.client
import threading

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.signals import request_finished, request_started

from config.asgi import for_pages
from tests.serving import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 12  # more than there are threads


@pytest.fixture
def ask(site):
    def asked(method, path, *, person=None, **more):
        web = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        headers = {"Host": f"localhost:{site.port}", "Cookie": site.cookie_of(person), **more.pop("headers", {})}
        web.request(method, path, headers=headers, **more)
        answer = web.getresponse()
        return answer, answer.read()

    return asked


@pytest.fixture
def large_file(world):
    data = bytes(range(256)) * 4 * 1024 * 20  # 20 MiB
    file = world.course.files.create(path="film.svg", content_type="image/svg+xml", sha256="f" * 64)
    file.file.save("film.svg", ContentFile(data))
    return f"/courses/{world.course.slug}/files/{'f' * 12}/film.svg", data


def test_a_large_upload_arrives_whole_and_is_answered_calmly(ask, world):
    client_token = "x" * 32
    fields = {"csrfmiddlewaretoken": client_token, "name": "Bo", "handle": "bo", "time_zone": "UTC"}
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    file = '--edge\r\nContent-Disposition: form-data; name="picture"; filename="a.png"\r\n\r\n'
    body = ("".join(parts) + file).encode() + b"x" * 25 * 1024 * 1024 + b"\r\n--edge--\r\n"
    cookie = {"Content-Type": "multipart/form-data; boundary=edge"}
    site_cookie = f"weft-csrf={client_token}"
    from django.test import Client

    client = Client()
    client.force_login(world.bo)
    cookie["Cookie"] = f"weft-session={client.cookies['weft-session'].value}; {site_cookie}"
    answer, page = ask("POST", "/settings/profile/", body=body, headers=cookie)
    assert answer.status == 422
    assert b"be used as a picture" in page


def test_a_large_file_comes_out_byte_by_byte_and_who_hangs_up_leaves_room_for_others(ask, site, world, large_file):
    path, data = large_file
    answer, got = ask("GET", path, person=world.bo)
    assert (answer.status, got == data) == (200, True)
    cookie = site.cookie_of(world.bo)
    for _ in range(MANY):
        web = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        web.request("GET", path, headers={"Host": f"localhost:{site.port}", "Cookie": cookie})
        web.sock.recv(10_000)
        web.close()
    assert ask("GET", "/health/live")[0].status == 200


def test_head_and_what_was_not_changed_have_no_body(ask, world):
    answer, body = ask("HEAD", "/accounts/login/")
    assert (answer.status, body) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 1000
    answer, css = ask("GET", "/static/css/app.css")
    assert b"@layer" in css
    again, body = ask("GET", "/static/css/app.css", headers={"If-Modified-Since": answer.headers["Last-Modified"]})
    assert (again.status, body) == (304, b"")


def test_each_request_begins_and_ends_in_its_thread_and_all_have_one_cache(ask, world):
    began, ended, seen = [], [], set()

    def begin(**_):
        began.append(threading.get_ident())
        seen.add(id(caches["default"]))

    def end(**_):
        ended.append(threading.get_ident())

    request_started.connect(begin)
    request_finished.connect(end)
    threads = [threading.Thread(target=ask, args=("GET", "/accounts/login/")) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait_until(lambda: len(ended) == MANY)
    request_started.disconnect(begin)
    request_finished.disconnect(end)
    assert sorted(began) == sorted(ended)
    assert len(began) == MANY
    assert 1 < len(set(began)) <= 8
    assert len(seen) == 1


@pytest.mark.once
def test_a_header_that_wears_the_name_of_a_proxys_is_not_heard():
    heard = []

    async def app(scope, receive, send):
        heard.extend(scope["headers"])

    headers = [(b"x_forwarded_proto", b"https"), (b"host", b"weft.example.org")]
    asyncio.run(for_pages(app)({"type": "http", "headers": headers}, None, None))
    assert heard == headers[1:]
