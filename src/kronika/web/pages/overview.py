"""The overview: timeline, map and list of the incidents that the URL asks for, and their twins for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from kronika.web import atlas
from kronika.web.answers import Row, Utf8Json, csv_answer, geojson_answer, lines_answer
from kronika.web.board import Board, Ints
from kronika.web.choose import Chosen, choose, search_numbers
from kronika.web.reading import incident_rows
from kronika.web.templating import render
from kronika.web.timeline import timeline
from kronika.web.view import ROWS, View, read_box

router = APIRouter()
Asked = Annotated[View, Query()]


class MapView(View):
    """A view with the zoom of the map that asks for its clusters."""

    model_config = ConfigDict(frozen=True)
    zoom: Annotated[float, Field(ge=0, le=22, allow_inf_nan=False)] = Field(3.0, description="web map zoom")


def chosen(request: Request, view: View, *, with_facets: bool = False) -> Chosen:
    """Return the rows that ``view`` asks for."""
    state = request.app.state
    return choose(state.desk.board(), view, search_numbers(state.store, view.q), with_facets=with_facets)


def unknown(request: Request, model: type[BaseModel]) -> list[str]:
    """Return the parameters of the URL that mean nothing here."""
    return sorted({name for name in request.query_params if name not in model.model_fields})


def rows_of(request: Request, found: Chosen, rows: Any = None) -> list[Row]:
    """Return flat rows, of all that is chosen or of ``rows``."""
    with request.app.state.store.connect() as connection:
        return incident_rows(connection, found.board, found.rows if rows is None else rows)


def every_row(request: Request, board: Board, rows: Ints) -> Iterator[Row]:
    """Yield flat rows, read a thousand at a time."""
    for first in range(0, len(rows), 1_000):
        with request.app.state.store.connect() as connection:
            yield from incident_rows(connection, board, rows[first : first + 1_000])


def everything(request: Request, view: View) -> Iterator[Row]:
    """Yield the flat rows of all that a view asks for."""
    found = chosen(request, view)
    return every_row(request, found.board, found.rows)


@router.get("/", include_in_schema=False)
def front() -> Response:
    """Lead to the overview."""
    return RedirectResponse("/incidents", 303)


@router.get("/incidents", response_model=None)
def incidents_page(request: Request, view: Asked) -> Response:
    """Show the overview."""
    canonical = view.query()
    strange = unknown(request, View)
    if not strange and request.url.query != canonical.removeprefix("?") and request.url.query:
        return RedirectResponse(f"/incidents{canonical}", 303)
    found = chosen(request, view, with_facets=True)
    return render(
        request,
        "overview.html",
        view=view,
        chosen=found,
        rows=rows_of(request, found, found.page(view, ROWS)),
        timeline=timeline(found, view),
        drawing=atlas.drawing(found.board, found.rows),
        caveat=atlas.CAVEAT,
        per_page=ROWS,
        unknown=strange,
        page_query=lambda page: view.query(page=page),
    )


@router.get("/incidents.json", response_model=None)
def incidents_json(request: Request, view: Asked) -> Response:
    """Return the rows of the overview's page, and how many there are in all."""
    found = chosen(request, view, with_facets=True)
    facets = {
        name: [{"value": option.value, "count": option.count} for option in options]
        for name, options in found.facets.items()
    }
    return Utf8Json(
        {
            "query": dict_of(view),
            "count": len(found),
            "without_day": found.without_day,
            "not_on_the_map": found.not_pinned,
            "page": view.page,
            "per_page": ROWS,
            "unknown_parameters": unknown(request, View),
            "facets": facets,
            "rows": rows_of(request, found, found.page(view, ROWS)),
        }
    )


def dict_of(view: BaseModel) -> Row:
    """Return the parameters of a view that differ from their defaults."""
    return view.model_dump(mode="json", exclude_defaults=True)


@router.get("/incidents.csv", response_model=None)
def incidents_csv(request: Request, view: Asked) -> Response:
    """Return everything that the view asks for as CSV."""
    return csv_answer(everything(request, view), "incidents")


@router.get("/incidents.jsonl", response_model=None)
def incidents_lines(request: Request, view: Asked) -> Response:
    """Return everything that the view asks for as JSON lines."""
    return lines_answer(everything(request, view), "incidents")


@router.get("/incidents.geojson", response_model=None)
def incidents_geojson(request: Request, view: Asked) -> Response:
    """Return everything that the view asks for as GeoJSON."""
    return geojson_answer(everything(request, view), "incidents")


@router.get("/map.json", response_model=None)
def map_json(request: Request, view: Annotated[MapView, Query()]) -> Response:
    """Return the clusters of the map at a zoom; ``box`` is what the map shows."""
    found = chosen(request, view)
    shown = atlas.clusters(found.board, found.rows, view.zoom)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.longitude, one.latitude]},
            "properties": {
                "count": one.count,
                "place": one.place,
                "place_id": one.place_id,
                "id": one.id,
                "radius_km": one.radius_km,
                "standing": one.standing,
            },
        }
        for one in shown
    ]
    box = read_box(view.box) if view.box else None
    return Utf8Json({"type": "FeatureCollection", "box": box, "not_on_the_map": found.not_pinned, "features": features})


@router.get("/export", response_model=None)
def export_page(request: Request, view: Asked) -> Response:
    """Show the formats in which the current view can be taken away, with a preview."""
    found = chosen(request, view)
    return render(
        request,
        "export.html",
        view=view,
        count=len(found),
        not_pinned=found.not_pinned,
        rows=rows_of(request, found, found.rows[:5]),
        unknown=unknown(request, View),
    )


@router.get("/help", response_model=None)
def help_page(request: Request) -> Response:
    """Show the keys, the signs of doubt, and where everything is."""
    return render(request, "help.html")
