"""The commands, on a case whose editions are made by hand."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.docs.test_json_shapes import documented, keys
from tests.watch.receivers import mail_server, webhook_server
from tests.watch.tiny_edition import edition, outlook, source

from tocsin.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.editions import Edition

TOML = """name = "tiny"
title = "A tiny case"
level = "country"
[areas]
countries = ["IRQ"]
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Edition]:
    """Editions that `make_edition` gives, one a cycle; the last stays. The current folder is the case's."""
    case = tmp_path / "tiny"
    case.mkdir()
    (case / "case.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.chdir(case)
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    fresh = [source("2030-01")]
    editions = [edition(case / ".tocsin", at=n, told=outlook(rank=r), freshness=fresh) for n, r in enumerate((12, 9))]
    made = list(editions)

    def make_edition(*_: Any, **__: Any) -> Edition:
        return made.pop(0) if len(made) > 1 else made[0]

    monkeypatch.setattr("tocsin.api.edition.make_edition", make_edition)
    return made


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def ask(*argv: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert run([*argv, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return ask


def test_a_cycle_rings_and_a_repeat_does_not(
    made: list[Edition], said: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ids = [one.id for one in made]
    with webhook_server() as hook, mail_server() as box:
        for name, value in {
            "WEBHOOK_URL": hook.url, "WEBHOOK_SECRET": "whispered", "ALLOW_PRIVATE_WEBHOOKS": "true", "SMTP_TLS": "none",
            "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(box.port), "MAIL_FROM": "tocsin@example.org",
            "MAIL_TO": "desk@example.org, Chief <chief@example.org>", "HOSTS": "tocsin.example.org",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"TOCSIN_{name}", value)
        cycles = [said("watch", "--once") for _ in range(3)]
        alerts = said("alerts")["alerts"]
    assert [c["cycles"][0]["edition"] for c in cycles] == [ids[0], ids[1], ids[1]]
    assert [[r["kind"] for r in c["cycles"][0]["rung"]] for c in cycles] == [[], ["warning"], []]
    assert [d["sent"] for c in cycles for d in c["deliveries"]] == [3]
    assert (len(hook.posts), len(box.letters)) == (1, 2)
    assert b"https://tocsin.example.org/c/tiny/area/IRQ" in box.letters[0].replace(b"=\r\n", b"")
    assert [(d["channel"], d["state"]) for d in alerts[0]["deliveries"]] == [
        ("email:chief@example.org", "sent"), ("email:desk@example.org", "sent"), ("webhook", "sent"),
    ]  # fmt: skip
    feed = (tmp_path / "tiny" / ".tocsin" / "alerts.atom").read_text(encoding="utf-8")
    assert alerts[0]["title"] in feed


@pytest.mark.usefixtures("made")
def test_a_dry_run_says_what_would_ring_and_leaves_nothing(said: Callable[..., Any]) -> None:
    for _ in range(2):
        (cycle,) = said("watch", "--dry-run")["cycles"]
        assert [r["key"] for r in cycle["rung"]] == ["warning:IRQ:among 10:2026-08"]
    assert said("alerts")["alerts"] == []


@pytest.mark.usefixtures("made")
def test_a_test_goes_to_every_channel_and_a_fault_is_said(
    said: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with webhook_server() as hook:
        hook.status = 503
        monkeypatch.setenv("TOCSIN_WEBHOOK_URL", hook.url)
        monkeypatch.setenv("TOCSIN_ALLOW_PRIVATE_WEBHOOKS", "true")
        done = said("alerts", "test", code=1)
        assert done["failed"] == ["webhook: 127.0.0.1 answers 503: it does not take it"]
        hook.status = 200
        assert said("alerts", "retry")["put_back"] == 0
    (alert,) = said("alerts")["alerts"]
    assert (alert["kind"], alert["deliveries"][0]["state"], alert["deliveries"][0]["attempts"]) == (
        "test",
        "given up",
        1,
    )


def test_without_an_edition_a_dry_run_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[..., Any]
) -> None:
    (tmp_path / "case.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    assert said("watch", "--dry-run", code=2)["error"] == "the case has no edition yet"


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SMTP_HOST": "mail.example.org"}, "e-mail is set, but not mail_from, mail_to"),
        ({"SMTP_HOST": "m", "MAIL_FROM": "a@example.org", "MAIL_TO": "desk"}, "mail_to: 'desk' is no e-mail address"),
        ({"WEBHOOK_URL": "http://hooks.example.org/secret-path"}, "the webhook of hooks.example.org is not https"),
        ({"QUIET_HOURS": "night"}, "quiet hours 'night' are no hours"),
        ({"TIMEZONE": "Mars/Olympus"}, "no time zone is called 'Mars/Olympus'"),
        ({"WATCH_EVERY": "often"}, "'often' is no span of time"),
        (
            {"SMTP_HOST": "m", "MAIL_FROM": "a@example.org", "MAIL_TO": "b@example.org", "SMTP_USER": "u",
             "SMTP_PASSWORD": "opensesame", "SMTP_TLS": "none"},
            "a password would go to the mail server unencrypted",
        ),
    ],
)  # fmt: skip
def test_a_setting_that_is_wrong_is_said_before_anything_is_done(
    settings: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"TOCSIN_{name}", value)
    assert run(["watch", "--once"]) == 2
    shown = capsys.readouterr().err
    assert words in shown
    assert "opensesame" not in shown
    assert "secret-path" not in shown


@pytest.mark.usefixtures("made")
def test_words_are_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    run(["watch", "--once"])
    run(["watch", "--once"])
    shown = capsys.readouterr().out
    assert "rang 1 alert\n" in shown
    run(["alerts"])
    shown = capsys.readouterr().out
    assert "in the feed" in shown
    assert "warning" in shown


def test_the_shapes_are_those_of_the_page(
    made: list[Edition], said: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second round rings; the receiver takes the first message and refuses the test."""
    assert len(made) == 2
    with webhook_server() as hook:
        monkeypatch.setenv("TOCSIN_WEBHOOK_URL", hook.url)
        monkeypatch.setenv("TOCSIN_ALLOW_PRIVATE_WEBHOOKS", "true")
        said("watch", "--once")
        rang = said("watch", "--once")
        hook.status = 500
        tested = said("alerts", "test", code=1)
        listed = said("alerts")
        retried = said("alerts", "retry")
    held = {"cycles[].notes[]", "deliveries[].failed[]", "faults[]"}
    assert keys(rang) | held == documented("watch")
    assert keys(tested) == documented("alerts test")
    assert keys(listed) - {"alerts[].evidence[]"} == documented("alerts"), "a test rests on nothing"
    assert keys(retried) | {"failed[]"} == documented("alerts retry")


def test_a_watch_that_is_asked_to_stop_ends_well(tmp_path: Path) -> None:
    """Its publisher cannot be reached, so that its round fails; it says so, waits for the next, and ends when it is told."""
    own = TOML.replace("[areas]", '[data]\nevents = ["ucdp"]\n[areas]')
    (tmp_path / "case.toml").write_text(own, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"TOCSIN_UCDP_URL": f"http://127.0.0.1:{port}", "TOCSIN_DATA_DIR": str(tmp_path / "data")}
    command = [str(Path(sys.executable).with_name("tocsin")), "watch", "--case", str(tmp_path), "--json"]
    process = subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    line = json.loads(process.stdout.readline())
    process.terminate()
    _, words = process.communicate(timeout=60)
    assert "nothing was fetched from UCDP yet" in line["fault"]
    assert "UCDP 25.1 was not fetched: 127.0.0.1 cannot be reached" in line["notes"][0]
    assert process.returncode == 0
    assert "the watch has stopped" in words
