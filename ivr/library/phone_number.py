"""How a phone number is said and written."""

import phonenumbers


def number_as_written(number: str) -> str:
    """As people in that country write it: +18002272345 is 1-800-227-2345."""
    parsed = phonenumbers.parse(number)
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    groups = "".join(character if character.isdigit() else " " for character in national).split()
    if parsed.country_code == 1:
        groups = ["1", *groups]
    return "-".join(groups)


def number_as_said(number: str) -> str:
    """Digit by digit, with commas, which are short pauses, between groups: 1, 8 0 0, 2 2 7, 2 3 4 5."""
    return ", ".join(" ".join(group) for group in number_as_written(number).split("-"))
