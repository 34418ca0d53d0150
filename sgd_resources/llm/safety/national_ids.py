"""Numbers by which a state names a person: found by their form, believed by their check digit.

Those without a form of their own (a bare row of digits) count only behind a word that says what they are. What must not
live here: replacing them (`redaction.py`).

Source: the rules of each issuer: Spain (DNI, NIE), Italy (codice fiscale, DM 23/12/1976), France (NIR), the United
Kingdom (NINO, NIM39110), Brazil (CPF), Sweden (personnummer), Finland (henkilötunnus), Germany (IdNr, ISO 7064), Poland
(PESEL), the Netherlands (BSN).
"""

import re
from collections.abc import Callable

_SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE"
_FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_ODD_VALUES = (
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22,
    25, 24, 23,
)  # fmt: skip
_ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", _ODD_VALUES, strict=True))
"""Values of the signs in odd places of a codice fiscale."""


def _plain(text: str) -> str:
    return re.sub(r"[ .\-/]", "", text).upper()


def _is_spanish(text: str) -> bool:
    plain = _plain(text)
    number = plain[:-1].translate(str.maketrans("XYZ", "012"))
    return number.isdigit() and _SPANISH[int(number) % 23] == plain[-1]


def _is_italian(text: str) -> bool:
    plain = _plain(text)
    total = 0
    for at, sign in enumerate(plain[:15]):
        even = int(sign) if sign.isdigit() else ord(sign) - 65
        total += _ODD[sign] if at % 2 == 0 else even
    return chr(65 + total % 26) == plain[15]


def _is_french(text: str) -> bool:
    plain = _plain(text)
    number = plain[:13].replace("2A", "19", 1).replace("2B", "18", 1)
    return number.isdigit() and 97 - int(number) % 97 == int(plain[13:])


def _is_british(text: str) -> bool:
    return _plain(text)[:2] not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


def _is_brazilian(text: str) -> bool:
    digits = [int(sign) for sign in _plain(text)]
    if len(set(digits)) == 1:
        return False
    for length in (9, 10):
        total = sum(digit * (length + 1 - at) for at, digit in enumerate(digits[:length]))
        if total * 10 % 11 % 10 != digits[length]:
            return False
    return True


def _is_swedish(text: str) -> bool:
    digits = [int(sign) for sign in re.sub(r"\D", "", text)[-10:]]
    doubled = [digit * 2 - 9 * (digit > 4) if at % 2 == 0 else digit for at, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0


def _is_finnish(text: str) -> bool:
    return _FINNISH[int(text[:6] + text[7:10]) % 31] == text[10].upper()


def _is_german(text: str) -> bool:
    digits = [int(sign) for sign in _plain(text)]
    product = 10
    for digit in digits[:10]:
        product = ((digit + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == digits[10]


def _is_polish(text: str) -> bool:
    digits = [int(sign) for sign in _plain(text)]
    total = sum(digit * (1, 3, 7, 9)[at % 4] for at, digit in enumerate(digits[:10]))
    return (10 - total % 10) % 10 == digits[10]


def _is_dutch(text: str) -> bool:
    digits = [int(sign) for sign in _plain(text)]
    return (sum(digit * (9 - at) for at, digit in enumerate(digits[:8])) - digits[8]) % 11 == 0


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"(?<!\w)(?:\d{8}|[XYZxyz]-?\d{7})-?[A-Za-z](?!\w)"), _is_spanish),
    (re.compile(r"(?<!\w)[A-Za-z]{6}\d{2}[A-EHLMPR-Ta-ehlmpr-t]\d{2}[A-Za-z]\d{3}[A-Za-z](?!\w)"), _is_italian),
    (
        re.compile(
            r"(?<![\w.-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[ABab]) ?\d{3} ?\d{3}"
            r"[ /-]{0,3}\d{2}(?![\w-])"
        ),
        _is_french,
    ),
    (
        re.compile(
            r"(?<!\w)[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z] ?(?:\d{2} ?){3}[A-Da-d](?!\w)"
        ),
        _is_british,
    ),
    (re.compile(r"(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)"), _is_brazilian),
    (re.compile(r"(?<![\d-])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])[0-3]\d[-+]\d{4}(?![\d-])"), _is_swedish),
    (re.compile(r"(?<!\w)[0-3]\d(?:0[1-9]|1[0-2])\d{2}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y](?!\w)"), _is_finnish),
)
_SAID = re.compile(
    r"(?i)(?P<word>\b(?P<which>steuer-?id(?:entifikationsnummer)?|idnr\.?|pesel|bsn|burgerservicenummer)\b\.?:?\s{0,3}"
    r"(?:nr\.?:?\s)?)(?P<number>\d(?:[ .]?\d){8,10})(?!\d)"
)
_HINT = re.compile(r"\d{2}")


def replace_national_ids(text: str, name: Callable[[str], str]) -> str:
    """The text with each number that is one replaced by what `name` gives for it."""
    if _HINT.search(text) is None:
        return text
    for pattern, is_real in _FORMS:
        text = pattern.sub(lambda found, ok=is_real: name(found[0]) if ok(found[0]) else found[0], text)  # type: ignore[misc]  # mypy cannot type defaults of a lambda

    def said(found: re.Match[str]) -> str:
        number = _plain(found["number"])
        which = found["which"].lower()
        checks = {11: _is_polish if which == "pesel" else _is_german, 9: _is_dutch}
        is_dutch = which in {"bsn", "burgerservicenummer"}
        is_real = len(number) in checks and is_dutch == (len(number) == 9) and checks[len(number)](number)
        return found["word"] + name(found["number"]) if is_real else found[0]

    return _SAID.sub(said, text)
