"""From the bytes of a list to its rows: any common encoding and delimiter, and whatever is wrong with it."""

import pytest

from community.actions import NotText
from community.actions.rosters.columns import guessed_columns, has_header, is_list_of_addresses, role_named
from community.actions.rosters.reading import read_text
from community.actions.rosters.table import addresses_of, guessed_delimiter, rows_of

pytestmark = pytest.mark.once

WEST = "E-Mail;Name\nrene@example.org;René Müller\nzoe@example.org;Zoë Groß\nana@example.org;Ana García Núñez\n"
CENTRE = "E-mail;Ime\nnia@example.org;Nia Kovačević\nivo@example.org;Žarko Šimić\nluka@example.org;Luka Đurić\n"
RUSSIAN = "email;имя\nivan@example.org;Иван Петров\nolga@example.org;Ольга Смирнова\n"
JAPANESE = "email,名前\ntaro@example.org,山田太郎\nhana@example.org,鈴木花子\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [WEST, CENTRE, RUSSIAN, JAPANESE, "email\na@example.org\n"])
def test_unicode_is_read_as_what_it_is(text, encoding):
    read, _encoding = read_text(text.encode(encoding))
    assert read.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("email\nzoe@example.org,Zoë Groß\n", "cp1252"),
        (WEST, "cp1252"),
        (WEST, "iso8859_15"),
        (CENTRE, "cp1250"),
        (RUSSIAN, "cp1251"),
        ("email,имя\nivan@example.org,Иван\nnina@example.org,Нина\n", "cp1251"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_what_spreadsheets_save_where_it_is_not_unicode_is_guessed(text, encoding):
    assert read_text(text.encode(encoding))[0] == text


def test_a_wrong_guess_can_be_set_right():
    assert read_text(WEST.encode("mac_roman"), "mac_roman") == (WEST, "mac_roman")


@pytest.mark.parametrize("content", [b"PK\x03\x04\xff\xfe\x81\x8d", "é".encode("cp1252")])
def test_what_is_no_text_in_the_encoding_that_was_said_is_refused(content):
    with pytest.raises(NotText):
        read_text(content, "utf-8")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("email,name\na@example.org,A\n", ","),
        ("E-Mail;Name\na@example.org;Kovač, Nia\nb@example.org;Moreau, Alice\n", ";"),
        ("email\tname\na@example.org\tA B\n", "\t"),
        ("email|name\na@example.org|A\n", "|"),
        ('"name";"email"\n"Kovač, Nia";"nia@example.org"\n', ";"),
        ("email\na@example.org\nb@example.org\n", ""),
        ("name,email,role,team\nNia,nia@example.org,member,red\nBo\nCy,cy@example.org\n", ","),  # rows differ
        ("sep=;\na@example.org;A\n", ";"),
        ("=1+2;A,a@example.org\n", ","),
        ("name;email\nO'Brien;o@example.org\nD'Angelo;d@example.org\n", ";"),
        ("", ""),
    ],
)
def test_what_stands_between_cells_is_found(text, delimiter):
    if text.startswith("=1"):
        text = f"name,email\n{text}"
    assert guessed_delimiter(text) == delimiter


def rows(text, delimiter=","):
    return [(row.number, row.cells, row.problem) for row in rows_of(text, delimiter)]


def test_a_quote_that_is_not_closed_costs_its_own_line_only():
    text = 'name,email\n"Nia,nia@example.org\nBo,bo@example.org\n"Cy",cy@example.org\n"Di,di@example.org'
    assert rows(text) == [
        (1, ("name", "email"), ""),
        (2, ('"Nia,nia@example.org',), "quote"),
        (3, ("Bo", "bo@example.org"), ""),
        (4, ("Cy", "cy@example.org"), ""),
        (5, ('"Di,di@example.org',), "quote"),
    ]


def test_a_cell_may_have_line_breaks_and_lines_keep_their_numbers():
    text = 'name,email\r\n"Nia\r\nKovač",nia@example.org\r\n\r\nBo,bo@example.org\r\n'
    assert [(number, cells) for number, cells, _ in rows(text)][1:] == [
        (2, ("Nia\nKovač", "nia@example.org")),
        (5, ("Bo", "bo@example.org")),
    ]


def test_columns_may_be_missing_and_blanks_at_the_end_are_none():
    text = "name,email,role,team\nNia\nBo,bo@example.org,,\n,,,\n"
    assert [cells for _number, cells, _problem in rows(text)][1:] == [("Nia",), ("Bo", "bo@example.org")]


def test_nul_bytes_make_their_line_wrong_and_are_never_kept():
    (row,) = rows("Nia,ni\0a@example.org\n")
    assert row[2] == "not_text"
    assert "\0" not in "".join(row[1])


def test_ten_thousand_open_quotes_are_read_in_no_time():
    assert {problem for _number, _cells, problem in rows('"a\n"b' * 5_000)} == {"quote"}


def test_formulas_are_data():
    ((_number, cells, problem),) = rows('"=HYPERLINK(""http://x"")",+1,@a\n')
    assert (cells, problem) == (('=HYPERLINK("http://x")', "+1", "@a"), "")


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("E-Mail,Full name", {"email": 0, "name": 1}),
        ("First name,Last name,Email address,Role", {"name": 0, "surname": 1, "email": 2, "role": 3}),
        ("Vorname;Nachname;E-Mail-Adresse;Rolle", {"name": 0, "surname": 1, "email": 2, "role": 3}),
        ("Ime;Prezime;Adresa e-pošte", {"name": 0, "surname": 1, "email": 2}),
        ("NOMBRE;Correo electrónico", {"name": 0, "email": 1}),
        ("Team,Who,How to reach", {"email": 2}),  # nothing known: where the addresses are
    ],
)
def test_headers_are_known_in_several_languages(header, columns):
    delimiter = ";" if ";" in header else ","
    row = delimiter.join(
        "nia@example.org" if n == columns["email"] else "x" for n in range(header.count(delimiter) + 1)
    )
    found = list(rows_of(f"{header}\n{row}\n", delimiter))
    assert has_header(found)
    assert guessed_columns(found, True) == columns


def test_without_a_header_the_addresses_and_roles_are_found_by_what_they_are():
    found = list(rows_of("Nia,nia@example.org,member\nBo,bo@example.org,Host\n", ","))
    assert not has_header(found)
    assert guessed_columns(found, False) == {"email": 1, "name": 0, "role": 2}


def test_roles_are_known_by_name_and_by_what_the_interface_calls_them():
    assert [role_named(words) for words in ("HOST", "Facilitator ", "Head", "")] == ["host", "facilitator", None, None]


def test_addresses_as_mail_programs_write_them_are_a_list():
    text = '"Kovač, Nia" <nia@example.org>; Bo <bo@example.org>,cy@example.org\n\nal@example.org\n'
    assert is_list_of_addresses(text, list(rows_of(text, ";")))
    assert [(row.number, row.cells) for row in addresses_of(text)] == [
        (1, ("Kovač, Nia", "nia@example.org")),
        (1, ("Bo", "bo@example.org")),
        (1, ("", "cy@example.org")),
        (3, ("", "al@example.org")),
    ]


def test_a_line_may_have_hundreds_of_addresses():
    line = " ".join(f"p{n}@example.org" for n in range(50)) + "; " + ",".join(f"q{n}@example.org" for n in range(400))
    assert len(list(addresses_of(line))) == 450


def test_a_table_with_two_addresses_in_a_row_is_a_table_where_its_header_says_so():
    text = "email,other\na@example.org,b@example.org\n"
    assert not is_list_of_addresses(text, list(rows_of(text, ",")))
