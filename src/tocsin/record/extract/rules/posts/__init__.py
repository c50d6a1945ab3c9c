"""Posts: who holds which office of what; words and titles first, then bodies, persons and the frames that join them."""

from tocsin.record.extract.rules.posts.posts import propose

__all__ = ["propose"]
