"""Browsers of sorts that sign in, send forms and carry tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient

from tocsin.team import LOOPBACK, Exposure, Role, open_team
from tocsin.team.passwords import Passwords
from tocsin.web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

    from tocsin.settings import Settings
    from tocsin.team import Team
    from tocsin.web.workbench import Workbench

PASSWORD = "slate orchard kettle"  # noqa: S105 - made up
HOST = "http://127.0.0.1"
PUBLIC = Exposure("0.0.0.0", names=("tocsin.example.org",), behind_proxy=True)  # noqa: S104 - nothing listens in tests


def cheap() -> Passwords:
    """Argon2id that costs next to nothing."""
    return Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


def team_of_four(folder: Path) -> Team:
    """A team with one user of each role, called by it; each has the same password."""
    team = open_team(folder / "team.db", passwords=cheap())
    for role in Role:
        team.users.add(role.value, PASSWORD, role=role)
    return team


def app_of(workbench: Workbench, settings: Settings, team: Team | None, exposure: Exposure = LOOPBACK) -> Starlette:
    return create_app(workbench, settings=settings, team=team, exposure=exposure)


class Browser(TestClient):
    """Asks from this machine; sends a form with the token of the page it stands on, as a browser does."""

    def __init__(self, app: Starlette, *, base_url: str = HOST) -> None:
        super().__init__(app, base_url=base_url, follow_redirects=False)

    def token(self, page: str = "/account") -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(page).text)
        assert found, f"{page} has no form"
        return found[1]

    def submit(self, path: str, *, page: str = "/account", **fields: Any) -> Any:
        """Send a form that stands on a page."""
        return self.post(path, data={"csrf": self.token(page), **fields}, headers={"sec-fetch-site": "same-origin"})

    def sign_in(self, name: str, password: str = PASSWORD, **fields: Any) -> Any:
        return self.submit("/login", page="/login", name=name, password=password, **fields)


def signed_in(app: Starlette, name: str, *, base_url: str = HOST) -> Browser:
    browser = Browser(app, base_url=base_url)
    assert browser.sign_in(name).status_code == 303
    return browser
