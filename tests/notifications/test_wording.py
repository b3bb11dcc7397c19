"""What somebody wrote into an answer by mail: their words, all of them, and nothing else."""

import time

import pytest

from notifications.mail import own_words, read_message, text_in

pytestmark = pytest.mark.once
OUTLOOK = (
    "From: Weft <weft@example.org>\nSent: Thursday, 26 November 2026 10:00\nTo: Bo\nSubject: Re: Hours\n\nOld words."
)
FRENCH_OUTLOOK = "De : Weft <weft@example.org>\nEnvoyé : jeudi 26 novembre 2026 10:00\nÀ : Bo\nObjet : Heures\n\nVieux."
GERMAN_OUTLOOK = "Von: Weft <weft@example.org>\nGesendet: Donnerstag, 26. November 2026\nAn: Bo\nBetreff: Zeit\n\nAlt."
ANSWERS = [
    ("Yes.\n\nOn Thu, 26 Nov 2026 at 10:00, Weft <weft@example.org> wrote:\n> Old.\n> Words.\n", "Yes."),
    ("Yes.\n\nOn Thu, 26 Nov 2026 at 10:00, The Heron cohort at\n<weft@example.org> wrote:\n\n> Old.\n", "Yes."),
    ("Oui !\n\nLe jeu. 26 nov. 2026 à 10:00, Weft <weft@example.org> a écrit :\n> Vieux.\n", "Oui !"),
    ("Ja.\n\nAm Do., 26. Nov. 2026 um 10:00 Uhr schrieb Weft <weft@example.org>:\n> Alt.\n", "Ja."),
    ("Claro.\n\nEl jue, 26 nov 2026 a las 10:00, Weft (<weft@example.org>) escribió:\n> Viejo.\n", "Claro."),
    (f"Yes.\n\n________________________________\n{OUTLOOK}", "Yes."),
    (f"Oui.\n\n-----Message d'origine-----\n{FRENCH_OUTLOOK}", "Oui."),
    (f"Oui.\n\n{FRENCH_OUTLOOK.replace(' :', chr(160) + ':')}", "Oui."),
    (f"Ja.\n\n-----Ursprüngliche Nachricht-----\n{GERMAN_OUTLOOK}", "Ja."),
    ("On Thu, 26 Nov 2026 at 10:00, Weft <weft@example.org> wrote:\n> Old.\n\nBelow it.\n", "Below it."),
    ("On 26 Nov 2026, Weft wrote:\n> One?\nYes.\n> Two?\nNo.\n>\n> Weft\n", "> One?\n\nYes.\n> Two?\n\nNo."),
    ("> Only a quote.\n", ""),
    (OUTLOOK, ""),
    ("", ""),
]
SIGNED = [
    ("Right.\n\nBest regards,\nBo Lindqvist\n+46 70 123", "Right."),
    ("Bien.\n\nCordialement,\nBo", "Bien."),
    ("Gut.\n\nViele Grüße\nBo", "Gut."),
    ("Right.\n\n-- \nBo\nHeron Ltd", "Right."),
    ("Right.\n\nSent from my iPhone", "Right."),
    ("Bien vu.\n\nEnvoyé de mon iPhone", "Bien vu."),
    ("Gut.\n\nGesendet von meinem iPhone", "Gut."),
    ("Right.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", "Right."),
    ("Right.\n\nBest,\nBo\n\nOn 26 Nov 2026, at 10:00, Weft <weft@example.org> wrote:\n\n> Old.\n", "Right."),
]
NOT_SIGNED = [
    "Hi Ana,\nThanks, that helped a lot.\n\nWhat I still wonder: who asks first?",
    "Thanks",
    "Hi,\nThanks, all of you, for these thoughts\nI will try both",
    "Best regards from Lyon, where we tried that for a year",
    "I agree.\n\n---\n\nAnd a second part.",
    "Steps:\n\n- one\n- two\n    - deeper\n\n```\n    code  here\n```\n\nThat is all.",
    "On Mondays I read.\nI wrote to her: nothing came.",
    "Regards, in my view, matter:\n" + "a longer thought follows here, for as long as this line goes on\n" * 9,
]


@pytest.mark.parametrize(("text", "words"), [*ANSWERS, *SIGNED])
def test_what_was_answered_and_what_stands_below_a_name_is_left_out(text, words):
    assert own_words(text) == words


@pytest.mark.parametrize("text", NOT_SIGNED)
def test_what_only_looks_so_stays(text):
    assert own_words(text) == text.strip("\n")


@pytest.mark.parametrize(
    "line", ["On " * 4000, "Le a écrit " * 2000, "> On wrote " * 2000, "From:", "- ", "Warning: mail "]
)
def test_a_text_made_to_be_slow_is_not(line):
    text = "\n".join([line[:280]] * 200)[:60_000]
    began = time.process_time()
    own_words(text)
    own_words(line * (60_000 // len(line)))
    assert time.process_time() - began < 3


def mail(kind, content, head=""):
    return read_message(f"Content-Type: {kind}\r\n{head}\r\n{content}".encode())


def text(message):
    return own_words(text_in(message, 60_000))


def test_paragraphs_that_a_mail_program_broke_are_whole_again():
    flowed = "A first line that goes \r\non here.\r\n\r\n  - kept\r\n> quoted \r\n> on\r\n-- \r\nBo\r\n"
    assert (
        text(mail("text/plain; charset=utf-8; format=flowed", flowed)) == "A first line that goes on here.\n\n - kept"
    )
    assert text(mail("text/plain; format=flowed; delsp=yes", "Donau \r\ndampf\r\n")) == "Donaudampf"


def test_a_mail_with_nothing_but_html_is_read():
    page = (
        "<html><head><style>p { }</style></head><body><div dir=ltr>Yes &amp; no.<div><br></div><ul><li>one<li>two</ul>"
        "<p>Then<br>more</div><div class='gmail_quote'><div>On Thu, 26 Nov 2026, Weft wrote:</div><blockquote>Old."
        "</blockquote></div></body></html>"
    )
    assert text(mail("text/html; charset=utf-8", page)) == "Yes & no.\n\n- one\n- two\n\nThen\nmore"
    assert text(mail("text/html", "")) == ""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "made-up", "", "us-ascii"])
def test_letters_stay_what_they_are(charset):
    raw = "Zoë, ça va ?".encode("iso-8859-1" if charset == "iso-8859-1" else "utf-8")
    message = read_message(f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + raw)
    assert text(message) == "Zoë, ça va ?"


def test_words_around_a_picture_are_all_there_and_those_of_a_mail_attached_are_not():
    parts = [
        "text/plain\r\n\r\nBefore.",
        "image/png\r\n\r\nx",
        "text/plain\r\n\r\nAfter.",
        "message/rfc822\r\n\r\nA: b\r\n\r\nOther.",
    ]
    body = "".join(f"--b\r\nContent-Type: {part}\r\n" for part in parts) + "--b--\r\n"
    assert text(mail('multipart/mixed; boundary="b"', body)) == "Before.\nAfter."
