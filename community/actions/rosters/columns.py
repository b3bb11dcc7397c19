"""Which column of a list holds what, from its header or from what stands in it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ...models import Membership, RosterImport
from .table import Row

# How headers call it, folded as in `folded`: of Excel, Moodle, Canvas, Google and of people, in a few languages.
HEADERS = {
    "email": "email mail emailaddress mailaddress address emailadresse mailadresse adresse adresaeposte eposta eposte "
    "elektronickaposta correo correoelectronico courriel adressemail adresseemail posta indirizzoemail почта "
    "email1value электроннаяпочта メール メールアドレス 邮箱 電子郵件 이메일 workemail primaryemail username loginid",
    "name": "name fullname displayname firstname givenname forename vorname ime imeiprezime nombre nom prenom nome "
    "participant person member student learner имя 名前 氏名 姓名 이름",
    "surname": "surname lastname familyname secondname nachname prezime apellido apellidos cognome nomdefamille "
    "фамилия",
    "role": "role rolle uloga rol ruolo роль 役割 角色",
}
NAMES = {word: column for column, words in HEADERS.items() for word in words.split()}
SAMPLE_ROWS = 200
BRACKETED = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")
ADDRESS = re.compile(r"[^\s<>,;|\"@]+@[^\s<>,;|\"@]+")


def folded(words: str) -> str:
    """`words` as letters and digits only, without accents: “E-Mail-Adresse” is “emailadresse”."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


# A role may be written as in the code, or as in the interface, whatever language that is in.
def role_named(words: str) -> str | None:
    """The role that `words` name; None for none of them."""
    wanted = folded(words)
    return next(
        (role.value for role in Membership.Role if wanted in {folded(role.value), folded(str(role.label))}), None
    )


def is_address(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return len(words) <= 254


def address_in(words: str) -> str:
    """The address of a cell, small, without what mail programs write around it."""
    bracketed = re.search(r"<([^<>]*)>\s*$", words)
    return (bracketed[1] if bracketed else words).removeprefix("mailto:").strip().lower()


def names_columns(rows: Sequence[Row]) -> bool:
    """Whether the first row says by names that we know what stands in the columns."""
    return bool(rows) and any(folded(cell) in NAMES for cell in rows[0].cells) and not has_address(rows[0])


def has_address(row: Row) -> bool:
    return any(is_address(address_in(cell)) for cell in row.cells)


def has_header(rows: Sequence[Row]) -> bool:
    """Whether the first row is no person: it names columns, or has no address where the next one does."""
    return names_columns(rows) or (len(rows) > 1 and not has_address(rows[0]) and has_address(rows[1]))


def guessed_columns(rows: Sequence[Row], header: bool) -> dict[str, int]:
    """Name of a column → its number. Where the header is silent, the addresses are where most of them stand."""
    columns: dict[str, int] = {}
    if header:
        for number, cell in enumerate(rows[0].cells):
            if (name := NAMES.get(folded(cell))) and name not in columns:
                columns[name] = number
    addresses = Counter(
        number for row in rows[:SAMPLE_ROWS] for number, cell in enumerate(row.cells) if is_address(address_in(cell))
    )
    if addresses and not addresses.get(columns.get("email", -1)):
        columns["email"] = addresses.most_common(1)[0][0]
        columns = {name: number for name, number in columns.items() if name == "email" or number != columns["email"]}
    return columns if header or "email" not in columns else columns | other_columns(rows, columns["email"])


def other_columns(rows: Sequence[Row], email: int) -> dict[str, int]:
    """Beside the addresses, where nothing says what it is: roles where roles stand, else the first one is names."""
    found: dict[str, int] = {}
    for number in (n for n in range(len(rows[0].cells)) if n != email):
        cells = [row.cells[number] for row in rows[:SAMPLE_ROWS] if len(row.cells) > number]
        name = "role" if all(role_named(cell) or not cell for cell in cells) and any(cells) else "name"
        found.setdefault(name, number)
    return found


def is_list_of_addresses(text: str, rows: Sequence[Row]) -> bool:
    """Whether it is no table but what a mail program writes: more than one address in a line, or names before them."""
    if names_columns(rows) or (len(rows[0].cells) > 1 and not has_address(rows[0])):
        return False
    lines = text.splitlines()[:SAMPLE_ROWS]
    return any(BRACKETED.search(line) or len(ADDRESS.findall(line)) > 1 for line in lines)


def known_columns(said: dict[str, int], width: int) -> dict[str, int]:
    """What was said of columns that there are."""
    return {name: number for name, number in said.items() if name in RosterImport.COLUMNS and 0 <= number < width}
