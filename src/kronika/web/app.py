"""The site: one application over one record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from kronika.errors import KronikaError
from kronika.store import Store
from kronika.version import VERSION
from kronika.web.answers import say
from kronika.web.assets import read_asset
from kronika.web.board import Desk
from kronika.web.forms import Refused
from kronika.web.guard import LOOPBACK, Guard, Rules
from kronika.web.reviewer import reviewer_of


@dataclass(frozen=True, slots=True)
class Options:
    """How a record is served. ``reviewer`` is who decides until somebody gives another name on the review page."""

    title: str = "record"
    read_only: bool = False
    token: str | None = None
    hosts: tuple[str, ...] = LOOPBACK
    reviewer: str = "reviewer"


def create_app(store: Store, options: Options | None = None) -> FastAPI:
    """Return the site of ``store``; its incidents must have been put together (:func:`kronika.engine.linking`)."""
    from kronika.web.pages import cite, documents, findings, incident, log, overview, review, sources, things

    options = options or Options()
    rules = Rules(options.hosts, options.token)
    app = FastAPI(title=f"kronika: {options.title}", version=VERSION, docs_url=None, redoc_url=None)
    app.state.options, app.state.rules = options, rules
    app.state.store, app.state.desk = store, Desk(store)
    app.state.reviewer = lambda request: reviewer_of(request, options.reviewer)
    app.add_middleware(Guard, rules=rules)
    for module in (overview, incident, things, documents, findings, review, log, sources, cite):
        app.include_router(module.router)
    app.add_api_route("/static/{name:path}", _static, include_in_schema=False)
    app.add_exception_handler(RequestValidationError, _wrong_parameter)
    app.add_exception_handler(KronikaError, _kronika_error)
    app.add_exception_handler(HTTPException, _http_error)
    return app


def site_of(path: str | Path, options: Options) -> FastAPI:
    """Open the record at ``path``, put its incidents together if documents were added, and return its site."""
    from kronika.engine.linking import link_if_needed

    store = Store.open(path, create=False)
    link_if_needed(store)
    return create_app(store, options)


def _static(request: Request, name: str) -> Response:
    found = read_asset(name)
    if found is None:
        return Response("not found", 404, media_type="text/plain")
    is_dated = bool(request.url.query) or "-" in name.split("/")[-2:][0]  # the address names a content or a version
    kept = "private, max-age=31536000, immutable" if is_dated else "no-cache"
    return Response(found[0], media_type=found[1], headers={"cache-control": kept})


def _wrong_parameter(request: Request, error: Any) -> Response:
    problems = [f"{one['loc'][-1]}: {one['msg'].removeprefix('Value error, ')}" for one in error.errors()]
    return say(request, 422, "That address is not understood", "; ".join(problems), "Take the parameter out.")


def _kronika_error(request: Request, error: Any) -> Response:
    status = error.status if isinstance(error, Refused) else 400
    return say(request, status, "That is not possible", error.message, error.hint)


def _http_error(request: Request, error: Any) -> Response:
    if error.status_code == 404:
        return say(request, 404, "There is no such page", f"{request.url.path} leads nowhere.", "Start at /incidents.")
    return say(request, error.status_code, "That is not possible", str(error.detail))
