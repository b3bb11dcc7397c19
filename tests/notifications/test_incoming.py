"""What comes in by mail and is nobody's answer: forged addresses, machines, and other instances of ourselves."""

from contextlib import contextmanager

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from notifications import tasks
from notifications.actions import answering, deliver, receive_raw
from notifications.mail import answering as addresses
from notifications.mail import compose, own_words, read_message, reply_address, text_in
from notifications.mail.answering import Addressed, addressed
from notifications.mail.incoming import addressed_to, files_in, sender, why_automatic
from notifications.models import Delivery, MailAnswer
from tests.answered import REPLY_ADDRESS, an_answer, comes_in
from tests.factories import a_community, a_member, a_person, a_thread, commons_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _takes_mail(settings):
    settings.REPLY_ADDRESS = REPLY_ADDRESS


@pytest.fixture
def thread(db):
    return a_thread(commons_of(a_community()))


@pytest.fixture
def bo(thread):
    return a_member(thread.place.community, "Bo")


# --- Addresses ---------------------------------------------------------------------------------------------------


def test_an_address_says_who_and_where_in_letters_that_mail_servers_keep(bo):
    address = reply_address(bo, 12_345_678)
    assert addressed(address) == addressed(address.upper()) == Addressed(bo.pk, 12_345_678)
    local = reply_address(a_person(), 2**50).partition("@")[0]
    assert len(local) <= 64
    assert local.replace("+", "").replace("-", "").isalnum()


def test_an_address_that_anybody_changed_is_nobodys(bo):
    address = reply_address(bo, 7)
    local, _, host = address.partition("@")
    who, where, proof = local.partition("+")[2].split("-")
    changed = [
        *(f"answer+{who}1-{where}-{proof}@{host}", f"answer+{who}-{where}1-{proof}@{host}"),
        *(f"answer+0{who}-{where}-{proof}@{host}", f"answer+{who}-{where}-{'a' * 26}@{host}"),
        *(f"answer+{who}-{where}-{proof[:-1]}@{host}", f"answer+{who}-{where}-@{host}", f"{local}@other.example.org"),
        *(f"answer-{who}-{where}-{proof}@{host}", REPLY_ADDRESS, "", "@", "answer+@" + host, "Ä" + address),
    ]
    assert [addressed(each) for each in changed] == [None] * len(changed)


def test_an_address_opens_nothing_else_and_nothing_else_opens_it(bo, monkeypatch):
    address = reply_address(bo, 7)
    monkeypatch.setattr(addresses, "PURPOSE", "something else")
    assert addressed(address) is None


def test_addresses_outlive_a_change_of_the_key(bo, settings):
    address = reply_address(bo, 7)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert addressed(address) == Addressed(bo.pk, 7)
    settings.SECRET_KEY_FALLBACKS = []
    assert addressed(address) is None


@pytest.mark.parametrize("name", ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"])
def test_it_is_found_wherever_a_server_says_to_whom_a_mail_went(bo, name):
    raw = f"To: Others <a@b.example>, c@d.example\r\n{name}: Weft <{reply_address(bo, 7)}>\r\n\r\nWords"
    assert addressed_to(read_message(raw.encode())) == Addressed(bo.pk, 7)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: \r\nTo: \r\n\r\n",
        b"To: =?utf-8?q?=00?= <\r\nFrom: <<>>\r\n\r\n",
        b"To: " + b"a@b," * 50_000,
    ],
)
def test_headers_that_say_nothing_are_read_as_nothing(raw):
    message = read_message(raw)
    assert (addressed_to(message), sender(message), receive_raw(raw)) == (None, "", False)


HEADS = [
    b"From: ",
    b"To: ",
    b"Subject: =?utf-8?q?",
    b"Content-Type: multipart/mixed; boundary=b",
    b"--b",
    b"",
    b"--b--",
]
HEADS += [
    b"Content-Type: text/html",
    b"Content-Type: text/plain; charset=",
    b"Content-Transfer-Encoding: base64",
    b"<p>",
]


@given(st.lists(st.one_of(st.sampled_from(HEADS), st.binary(max_size=12)), max_size=12))
@hypothesis.settings(max_examples=60, deadline=None)
def test_no_mail_is_too_odd_to_be_read(lines):
    message = read_message(b"\r\n".join(lines))
    assert addressed_to(message) is None
    assert isinstance(own_words(text_in(message, 1000)) + why_automatic(message), str)
    assert files_in(message) <= len(lines)


def test_parts_within_parts_without_an_end_are_no_mail():
    parts = [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)]
    with pytest.raises(ValueError, match="without an end"):
        receive_raw(b"".join(parts))


def test_a_mail_to_a_forged_address_is_not_kept(thread, bo):
    address = reply_address(bo, thread.pk).replace("-", "-1", 1)
    assert comes_in(an_answer(bo, thread, to=address)) is None


# --- Machines ----------------------------------------------------------------------------------------------------

MACHINES = [
    *({"Auto-Submitted": "auto-replied"}, {"Auto-Submitted": "auto-generated; x=y"}, {"Precedence": "bulk"}),
    *({"Precedence": "Auto_Reply"}, {"X-Autoreply": "yes"}, {"List-Id": "<a.example.org>"}, {"Return-Path": "<>"}),
    *({"List-Unsubscribe": "<mailto:a@b.example>"}, {"X-Failed-Recipients": "a@b.example"}),
    *({"From": "MAILER-DAEMON@example.org"}, {"From": "Mail <no-reply@example.org>"}, {"From": "postmaster@a.example"}),
    *({"Subject": "Automatic reply: Hours"}, {"Subject": "Abwesenheitsnotiz: Re: Hours"}),
    *({"Subject": "Réponse automatique : Re: Hours"}, {"From": "Weft <weft@localhost>"}),
    {"Content-Type": "multipart/report; report-type=delivery-status; boundary=b"},
]


@pytest.mark.parametrize("headers", MACHINES, ids=str)
def test_what_nobody_wrote_by_hand_is_passed_over_without_a_word(thread, bo, headers):
    message = an_answer(bo, thread)
    for name, value in headers.items():
        del message[name]
        message[name] = value
    assert receive_raw(message.as_bytes()) is False
    assert [MailAnswer.objects.count(), Delivery.objects.count()] == [0, 0]


@pytest.mark.parametrize("headers", [{"Auto-Submitted": "no"}, {"Subject": "Automatic doors"}, {"Subject": "Re: Out"}])
def test_what_somebody_wrote_is_not_taken_for_a_machine(thread, bo, headers):
    assert comes_in(an_answer(bo, thread, headers=headers)).is_posted


def test_our_own_mail_that_comes_back_is_passed_over(thread, bo):
    row = Delivery.objects.create(person=bo, kind=Delivery.Kind.AT_ONCE, message_id=Delivery.new_message_id())
    assert comes_in(an_answer(bo, thread, headers={"Message-ID": row.message_id})) is None


# --- Two of us ---------------------------------------------------------------------------------------------------


@contextmanager
def instance(number):
    """Settings of one of two instances; both are this one, with a key, an address and people of its own."""
    key = f"{django_settings.SECRET_KEY}{number}"
    with override_settings(REPLY_ADDRESS=f"answer@weft{number}.example.org", SECRET_KEY=key):
        yield number


def loop(thread, people, *, stripped):
    """Each of two people's address, on their instance, is the other instance's for answers. How many mails go out
    until nobody says any more, after one of them got a mail."""
    addresses_of = []
    for number, person in enumerate(people):
        with instance(number):
            addresses_of.append(reply_address(person, thread.pk))
    for person, address in zip(people, reversed(addresses_of), strict=True):
        person.email = address
        person.save(update_fields=["email"])
    message = compose(
        to=people[0].email,
        subject="Hours",
        template="notifications/mail/answer_settled",
        context={"answer": MailAnswer(person=people[0]), "words": "", "url": ""},
        message_id="<first@weft0.example.org>",
    )
    raw, went = message.message().as_bytes(), 1
    for number in [1, 0] * 20:
        mail.outbox.clear()
        if stripped:
            raw = b"\n".join(line for line in raw.split(b"\n") if not line.lower().startswith((b"auto-", b"list-")))
        with instance(number):
            receive_raw(raw.replace(b"weft@localhost", b"weft@weft%d.example.org" % (1 - number)))
            tasks.post_answers()
            deliver()
        if not mail.outbox:
            return went
        raw, went = mail.outbox[0].message().as_bytes(), went + 1
    return went


def test_two_instances_that_write_to_each_other_say_nothing(thread, bo):
    assert loop(thread, [bo, a_member(thread.place.community)], stripped=False) == 1
    assert not MailAnswer.objects.exists()


def test_two_instances_stop_soon_even_where_a_server_takes_away_what_says_so(thread, bo):
    went = loop(thread, [bo, a_member(thread.place.community)], stripped=True)
    assert 1 < went <= 2 * answering.REFUSALS_A_DAY + 2
    assert thread.posts.count() == 1
