"""The hidden field by which a form of ours is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jinja2 import pass_context
from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2.runtime import Context

FIELD: Final = "csrf"


@pass_context
def csrf_field(context: Context) -> Markup:
    """The hidden field that each form carries first; never in content that is kept for others."""
    request: Any = context["request"]
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, request.state.csrf)
