"""Mail at once: what is for somebody alone, and nothing that is not for them (any more)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import HiddenPerson
from community.actions import remove_member
from discussions.actions import Decision, decide, delete_post, edit_post
from discussions.models import CareEntry, Post
from notifications import tasks
from notifications.actions import deliver, mark_told_read, tell_at_once
from notifications.mail import at_once
from notifications.models import Delivery, Following, Level, MailSettings, Notification
from tests.factories import a_community, a_member, a_person, a_post, a_prompt, a_thread, commons_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(db):
    return a_community("Heron", members=tuple(a_person(name, handle=name.lower()) for name in ("Ana", "Bo", "Cleo")))


@pytest.fixture
def cast(community):
    return {membership.user.handle: membership.user for membership in community.memberships.with_people()}


@pytest.fixture
def thread(community, cast):
    """Bo's conversation, of which everybody has heard."""
    thread = a_thread(commons_of(community), author=cast["bo"], title="What do quiet readers take along?")
    sent()
    return thread


def sent(after=timedelta(minutes=11)):
    """The mails that go out by then."""
    tasks.sweep()
    Delivery.objects.waiting().filter(due_at__lte=timezone.now() + after).update(due_at=timezone.now())
    mail.outbox.clear()
    deliver()
    return list(mail.outbox)


def choose(person, subject, level):
    Following.objects.create(person=person, subject=subject, level=level)


def test_who_is_named_or_answered_hears_at_once_and_others_wait_for_their_digest(thread, cast):
    first = a_post(thread, author=cast["cleo"])
    sent()
    a_post(thread, author=cast["ana"], answers_to=first.pk, body="Much, @bo.")
    messages = {message.to[0]: message for message in sent()}
    assert messages.keys() == {cast["cleo"].email, cast["bo"].email}
    answered, named = messages[cast["cleo"].email], messages[cast["bo"].email]
    assert answered.subject == named.subject == "What do quiet readers take along? · Heron"
    assert answered.body.startswith("Ana answered you\nWhat do quiet readers take along?\nHeron\n")
    assert named.body.startswith("Ana mentioned you\n")
    assert "Much, @bo." in named.body
    assert "You get this at once because you were mentioned." in named.body
    assert named.from_email == '"Ana · Weft" <weft@localhost>'


def test_what_is_said_in_one_conversation_within_ten_minutes_is_one_mail(thread, cast):
    a_post(thread, author=cast["ana"], body="One, @bo.")
    assert sent(after=timedelta(minutes=9)) == []
    a_post(thread, author=cast["cleo"], body="Two, @bo.")
    a_post(thread, author=cast["ana"], body="Three, @bo.")
    (message,) = sent()
    assert message.body.startswith("Ana and Cleo mentioned you\n")
    assert message.body.index("One") < message.body.index("Two") < message.body.index("Three")
    assert sent(after=timedelta(days=1)) == []
    assert Notification.objects.filter(person=cast["bo"], mailed_at=None).count() == 0


def test_two_conversations_are_two_mails(community, thread, cast):
    other = a_thread(commons_of(community), author=cast["ana"], title="Another")
    a_post(thread, author=cast["ana"], body="@bo")
    a_post(other, author=cast["ana"], body="@bo")
    first, second = sent()
    assert first.extra_headers["References"] != second.extra_headers["References"]


def test_mails_of_one_conversation_have_one_subject_and_point_to_one_first_mail(thread, cast):
    messages = []
    for name in ("ana", "cleo"):
        a_post(thread, author=cast[name], body=f"@bo, says {name}.")
        messages += sent()
    assert "says ana" not in messages[1].body
    assert len({message.subject for message in messages}) == 1
    for header in ("References", "In-Reply-To", "List-Id"):
        assert len({message.extra_headers[header] for message in messages}) == 1
    assert len({message.extra_headers["Message-ID"] for message in messages}) == 2


def test_nobody_is_mailed_what_they_read_meanwhile(thread, cast):
    post = a_post(thread, author=cast["ana"], body="@bo")
    tasks.sweep()
    mark_told_read(cast["bo"], Post.objects.filter(pk=post.pk))
    assert sent() == []


def remove(post, cast):
    delete_post(post=post, by=post.author)


def block(post, cast):
    HiddenPerson.objects.create(person=cast["bo"], hidden=post.author)


def leave(post, cast):
    remove_member(post.thread.place.community.membership_of(cast["bo"]))


def name_nobody(post, cast):
    edit_post(post=post, author=post.author, body="Secret, nobody.", version=post.version)


def mute(post, cast):
    choose(cast["bo"], post.thread, Level.MUTED)


def want_no_mail_at_once(post, cast):
    MailSettings.objects.create(person=cast["bo"], is_mailed_at_once=False)


def stop(post, cast):
    MailSettings.objects.create(person=cast["bo"], stopped_at=timezone.now())


def close_account(post, cast):
    cast["bo"].is_active = False
    cast["bo"].save(update_fields=["is_active"])


def hide_place(post, cast):
    place = post.thread.place
    place.opens_at = timezone.now() + timedelta(days=1)
    place.save(update_fields=["opens_at"])


def be_unreachable(post, cast):
    MailSettings.objects.create(person=cast["bo"], unreachable_at=timezone.now())


BETWEEN = [
    be_unreachable,
    remove,
    block,
    leave,
    name_nobody,
    mute,
    want_no_mail_at_once,
    stop,
    close_account,
    hide_place,
]


@pytest.mark.parametrize("happens", BETWEEN, ids=lambda happens: happens.__name__)
def test_rights_levels_and_words_are_those_of_when_the_mail_goes_out(thread, cast, happens):
    post = a_post(thread, author=cast["ana"], body="Secret, @bo.")
    tasks.sweep()
    assert Delivery.objects.waiting().count() == 1
    happens(post, cast)
    assert sent() == []


def test_of_several_things_the_mail_tells_what_is_left(thread, cast):
    gone = a_post(thread, author=cast["ana"], body="Secret, @bo.")
    a_post(thread, author=cast["cleo"], body="Stays, @bo.")
    tasks.sweep()
    delete_post(post=gone, by=gone.author)
    (message,) = sent()
    assert "Stays" in message.body
    assert "Secret" not in message.message().as_string()


def test_a_mail_has_the_words_as_they_are_when_it_goes_out(thread, cast):
    post = a_post(thread, author=cast["ana"], body="Secret, @bo.")
    tasks.sweep()
    edit_post(post=post, author=post.author, body="Better, @bo.", version=post.version)
    (message,) = sent()
    assert "Better" in message.body
    assert "Secret" not in message.message().as_string()


def test_who_follows_everything_hears_at_once_of_what_is_said_there(community, cast):
    choose(cast["cleo"], community, Level.ALL)
    a_thread(commons_of(community), author=cast["ana"], title="Night shifts", body="Who has them?")
    (message,) = sent()
    assert message.to == [cast["cleo"].email]
    assert message.body.startswith("Ana started a conversation\nNight shifts\n")
    assert "you asked to hear of everything here at once" in message.body


def test_who_began_a_conversation_hears_at_once_of_all_that_is_said_there(thread, cast):
    a_post(thread, author=cast["ana"], body="Nobody named.")
    (message,) = sent()
    assert message.to == [cast["bo"].email]
    assert message.body.startswith("Ana replied\n")
    assert "You get this at once because you began this conversation." in message.body


@pytest.mark.parametrize("wants", [{"stopped_at": timezone.now()}, {"is_mailed_at_once": False}])
def test_a_decision_about_ones_own_words_is_mailed_whatever_one_wants(thread, cast, wants):
    post = a_post(thread, author=cast["cleo"], body="Unkind.")
    sent()
    MailSettings.objects.create(person=cast["cleo"], **wants)
    guide = a_member(thread.place.community, role="facilitator")
    decide(by=guide, post=post, decision=Decision(CareEntry.Act.HIDE, "That was about a person."))
    (message,) = sent()
    assert message.to == [cast["cleo"].email]
    assert "That was about a person." in message.body
    assert "List-Unsubscribe" not in message.extra_headers
    assert "/settings/notifications/" in message.body


def test_nothing_at_all_goes_to_an_address_that_takes_no_mail(thread, cast):
    post = a_post(thread, author=cast["cleo"], body="Unkind.")
    sent()
    MailSettings.objects.create(person=cast["cleo"], unreachable_at=timezone.now())
    guide = a_member(thread.place.community, role="facilitator")
    decide(by=guide, post=post, decision=Decision(CareEntry.Act.HIDE, "That was about a person."))
    assert sent() == []


def test_a_mail_says_where_to_hear_less_of_its_conversation_and_lets_go_of_it(thread, cast):
    a_post(thread, author=cast["ana"], body="@bo")
    (message,) = sent()
    assert f"/following/thread/{thread.pk}/" in message.body
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert f"Stop these mails: {stop}" in message.body


def test_answers_that_one_is_to_read_after_giving_one_stay_on_the_page(community, cast):
    prompt = a_prompt(commons_of(community), asker=a_member(community, role="facilitator"), answer_first=True)
    sent()
    a_post(prompt, author=cast["ana"], body="My answer, @bo and @cleo.")
    a_post(prompt, author=cast["cleo"], body="Mine.")
    messages = {message.to[0]: message for message in sent()}
    assert "My answer" in messages[cast["cleo"].email].body
    assert "My answer" not in messages[cast["bo"].email].message().as_string()


def test_who_answers_without_a_name_has_none_in_the_mail_either(community, cast):
    prompt = a_prompt(commons_of(community), asker=a_member(community, role="facilitator"), is_anonymous=True)
    sent()
    a_post(prompt, author=cast["ana"], body="Honestly, @bo: no.")
    (message,) = sent()
    assert "Honestly" in message.body
    assert "Ana" not in message.message().as_string()


LINK = "[a](https://b.example)"
LONG = ["| a | b |\n|---|---|\n" + f"| {LINK} | c |\n" * 300, "a\n\n" * 3_000, f"{LINK} " * 430]


@pytest.mark.parametrize("body", LONG)
def test_a_mail_is_never_so_long_that_it_is_cut_off(thread, cast, body):
    a_post(thread, author=cast["ana"], body=f"@bo\n\n{body}"[:10_000])
    (message,) = sent()
    assert len(message.message().as_bytes()) < 100_000
    assert "Read on" in message.body


def test_where_markup_makes_it_too_long_the_mail_has_the_first_words(thread, cast, monkeypatch):
    monkeypatch.setattr(at_once, "PAGE_MOST", 12_000)
    a_post(thread, author=cast["ana"], body=f"@bo {f'{LINK} ' * 200}")
    (message,) = sent()
    assert "@bo a (https" in message.body
    assert message.alternatives[0].content.count('href="https://b.example') == 0
    assert "Read on" in message.body


@pytest.mark.parametrize("posts", [1, 9])
def test_a_mail_costs_as_many_queries_for_one_thing_as_for_nine(thread, cast, posts, django_assert_num_queries):
    for n in range(posts):
        a_post(thread, author=cast["ana" if n % 2 else "cleo"], body=f"@bo {n}")
    tasks.sweep()
    rows = list(Delivery.objects.waiting().with_people())
    tell_at_once(rows)  # fills the caches that outlive a mail
    with django_assert_num_queries(8):
        assert len(tell_at_once(rows)) == 1


def test_of_many_things_it_says_how_many_more(thread, cast):
    for n in range(13):
        a_post(thread, author=cast["ana" if n % 2 else "cleo"], body=f"@bo {n}")
    (message,) = sent()
    assert "And 3 more." in message.body
    assert len(message.message().as_bytes()) < 100_000
