"""The headers that every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
STARTS: Final = b"default-src 'none';"
"""A view may send a policy of its own, such as one with the hash of a brief's style sheet, if it begins so."""
PERMISSIONS: Final = ", ".join(
    f"{name}=()"
    for name in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
                 "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb")
)  # fmt: skip
EVERY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", PERMISSIONS.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)
HTTPS_ONLY: Final = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
NEVER_KEPT: Final = ("/login", "/logout", "/account", "/admin")
"""Pages under these addresses are kept by no browser and no proxy."""


class Headers:
    """Sets what every answer carries, whoever made it."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.own = (*EVERY, HTTPS_ONLY) if secure else EVERY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        keep_none = str(scope["path"]).startswith(NEVER_KEPT)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._with(message["headers"], keep_none=keep_none)
            await send(message)

        await self.app(scope, receive, sent)

    def _with(self, given: list[tuple[bytes, bytes]], *, keep_none: bool) -> list[tuple[bytes, bytes]]:
        ours = {name for name, _ in self.own}
        kept = [(n.lower(), v) for n, v in given if n.lower() not in ours]
        policy = next((v for n, v in kept if n == b"content-security-policy" and v.startswith(STARTS)), POLICY.encode())
        caching = (
            b"no-store" if keep_none else next((v for n, v in kept if n == b"cache-control"), b"private, no-cache")
        )
        rest = [(n, v) for n, v in kept if n not in {b"content-security-policy", b"cache-control", b"server"}]
        return [*rest, (b"content-security-policy", policy), (b"cache-control", caching), *self.own]
