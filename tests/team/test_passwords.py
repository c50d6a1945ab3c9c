"""Which passwords are taken."""

from __future__ import annotations

from itertools import islice, product

import pytest

from tocsin.errors import InputError
from tocsin.team.common import WORDS, is_common
from tocsin.team.passwords import LONGEST, Passwords, check_rules, generated

ORDINARY = (
    "slate orchard kettle", "correct horse battery staple", "kvikne-lauvset-82", "τρία μικρά γουρουνάκια", "  leading spaces ok ",
    "nothing-rhymes-with-month", "Xq7!rP2#wL9$", "zmqjrbtkwvxs", "مكتبة القمر والنهر", "🦉🌊🪵🧭🥄🕰️🪁🎈🧵🪶🫖🥾",
)  # fmt: skip
GUESSED = (
    "password1234", "Password2026!", "P@ssw0rd1234", "passwordpassword", "qwertyuiop12", "qwertyuiopasdfghjkl", "123456789012",
    "1234567890123456", "abcdefghijkl", "aaaaaaaaaaaa", "abcabcabcabc", "iloveyou2024", "letmeinplease", "welcome12345",
    "administrator1", "1q2w3e4r5t6y", "1qaz2wsx3edc", "!@#$%^&*()!@", "987654321098", "tocsintocsin", "Iraq-Baghdad-2014",
    "natomission1", "superman12345", "111111111111", "asdfghjkl123", "monkey dragon 7",
)  # fmt: skip


@pytest.mark.parametrize("password", ORDINARY)
def test_characters_of_any_kind_are_taken_and_none_are_asked_for(password: str) -> None:
    check_rules(password, name="anna")


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(InputError, match="guessed first"):
        check_rules(password, name="anna")


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "x" * (LONGEST + 1)])
def test_length_is_the_one_rule_of_form(password: str) -> None:
    with pytest.raises(InputError, match="characters"):
        check_rules(password, name="anna")


def test_a_password_of_64_characters_and_more_is_taken() -> None:
    check_rules("slate orchard kettle " * 5, name="anna")


@pytest.mark.parametrize("password", ["annakowalska1", "AnnaKowalska!!", "1annakowalska", "annakowalskaxy"])
def test_a_password_is_more_than_the_users_name(password: str) -> None:
    with pytest.raises(InputError, match="name"):
        check_rules(password, name="annakowalska")


def test_far_more_than_three_thousand_common_passwords_of_allowed_length_are_refused() -> None:
    joined = (f"{a}{b}" for a, b in product(sorted(WORDS), repeat=2) if len(a) + len(b) >= 12)
    assert sum(map(is_common, islice(joined, 5000))) == 5000
    assert all(is_common(f"{word}{year}!".ljust(12, "1")) for word in WORDS for year in (1, 123, 2025))


def test_made_passwords_pass_the_rules_and_differ() -> None:
    made = [generated() for _ in range(50)]
    assert len(set(made)) == 50
    for password in made:
        check_rules(password, name="anna")


def test_a_password_is_compared_as_it_was_typed() -> None:
    passwords = Passwords()
    kept = passwords.hash("Slate Orchard Kettle ")
    assert kept.startswith("$argon2id$")
    assert "m=65536" in kept, "64 MB a try"
    assert passwords.verify("Slate Orchard Kettle ", kept)
    assert not passwords.verify("slate orchard kettle ", kept)
    assert not passwords.verify("Slate Orchard Kettle", kept)
    assert not passwords.verify("x" * 10_000, kept)
    assert not passwords.verify("Slate Orchard Kettle ", None)
