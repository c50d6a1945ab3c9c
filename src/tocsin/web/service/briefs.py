"""The brief of an edition, as it was made."""

from fastapi import APIRouter
from starlette.responses import Response

from tocsin.web.service.answers import currency, etag, headers_of, is_known
from tocsin.web.service.asking import Asked, Asks
from tocsin.web.service.formats import NOT_CHANGED
from tocsin.web.service.withdrawn import refuse_withdrawn

ROUTER = APIRouter(tags=["briefs"])
ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""The brief is one page with its own style inside; it runs nothing and loads nothing."""
PDF = {200: {"content": {"application/pdf": {"schema": {"type": "string"}}}}, **NOT_CHANGED}
HTML = {200: {"content": {"text/html": {"schema": {"type": "string"}}}}, **NOT_CHANGED}


@ROUTER.get("/cases/{case}/brief.pdf", response_class=Response, responses=PDF)
def brief_pdf(asked: Asks) -> Response:
    """The brief to print."""
    return _file(asked, "brief.pdf", "application/pdf")


@ROUTER.get("/cases/{case}/brief.html", response_class=Response, responses=HTML)
def brief_html(asked: Asks) -> Response:
    """The brief as one page."""
    return _file(asked, "brief.html", "text/html")


def _file(asked: Asked, name: str, media: str) -> Response:
    asked.needs(name)
    refuse_withdrawn(asked)
    tag = etag(f"{asked.edition.id}\x1f{asked.edition.manifest.files[name].sha256}")
    headers = {
        **headers_of(asked), "ETag": tag, "Cache-Control": currency(asked), "Content-Security-Policy": ALONE,
        "Content-Disposition": f'inline; filename="{asked.name}-{asked.edition.id}-{name}"',
    }  # fmt: skip
    if is_known(asked.request, tag):
        return Response(status_code=304, headers=headers)
    return Response(asked.edition.content(name), headers=headers, media_type=media)
