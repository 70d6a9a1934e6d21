"""A map of the places that one article names: one HTML file without scripts, tiles or anything else to load.

Every place is drawn as wide as it is known: a circle of its radius, never a point finer than what is named. What is
wider than any mark, or not resolved, stands beside the map. There are no borders: the towns of the gazetteer in the
background show where land is, and nobody's view of a disputed line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TextIO

from kronika.export.map_frame import Frame, fit
from kronika.gazetteer import Gazetteer
from kronika.gazetteer.schema import CREDIT
from kronika.records import Event, PlacePrecision, PlaceRef, PlaceRelation, Report
from kronika.resolve.places.resolving import GOVERNMENT

_WIDTH, _HEIGHT = 900.0, 640.0
#: Circles wider than this say "somewhere in a part of the world": they are listed, not drawn.
_WIDEST_KM = 600.0
#: Marks of smaller circles are drawn this wide in pixels, so that they can be seen.
_LEAST_PIXELS = 4.0
_TOWNS, _NAMED_TOWNS = 400, 14
_FONT = 12.0
#: What is only named is drawn where it lies within a frame this much wider, in km, than that of the events' places.
_SURROUNDINGS_KM = 500.0
#: So many sentences are quoted for each place.
_QUOTED = 4
_CAVEAT = (
    "Each place is drawn as wide as the article names it: the circle is the area within which it lies, and its middle "
    "is the gazetteer's point for the name, not where something happened. Places were read by a machine and can be "
    "wrong: the probability beside each says how sure the reading is. Grey dots are towns; borders are not drawn."
)
_RELATIONS = {
    PlaceRelation.NEAR: "near ",
    PlaceRelation.OVER: "over ",
    PlaceRelation.BETWEEN: "between ",
    PlaceRelation.FROM: "from ",
    PlaceRelation.TOWARDS: "towards ",
}
_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#1d2327;background:#fff;margin:1.5rem auto;max-width:1360px;
padding:0 1rem}
h1{font-size:1.25rem;margin:0}h2{font-size:.95rem;margin:1.1rem 0 .3rem}p{margin:.3rem 0}.dim{color:#5b6670}
.page{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start;margin:1rem 0 3rem}
.picture{flex:2 1 560px;min-width:0}.lists{flex:1 1 320px;min-width:0}
svg{width:100%;height:auto;border:1px solid #c8d0d6}
ol,ul{margin:0;padding-left:1.6rem}li{margin:.25rem 0}li b{font-weight:600}.event b{color:#9f2318}
q{color:#414b53}.grid{stroke:#e3e8ec}.edge{fill:#8793a0;font-size:10px}
.town{fill:#d3d9de}.name{fill:#8b959d;font-size:10px}
.area{fill:#34638a;fill-opacity:.10;stroke:#34638a;stroke-width:1.2}
.area.event{fill:#b3361e;fill-opacity:.18;stroke:#b3361e;stroke-width:2}
.loose{stroke-dasharray:5 4}.dot{fill:#34638a}.dot.event{fill:#b3361e}
.link{stroke-width:1.5;stroke-dasharray:2 4;stroke:#34638a}
.label{font-size:12px;fill:#1d4263;paint-order:stroke;stroke:#fff;stroke-width:3px}
.label.event{fill:#8c2010;font-weight:600}
@media print{body{max-width:none}}
"""


@dataclass(frozen=True, slots=True)
class _Marked:
    """A place of an article: all its mentions in one relation, and the events that have it as theirs."""

    place: PlaceRef
    mentions: int
    events: tuple[Event, ...]

    @property
    def drawn(self) -> bool:
        """Whether it is on the map; what stands beside it says why not."""
        place = self.place
        if place.latitude is None or place.precision is PlacePrecision.COUNTRY:
            return False
        acts = place.reason == GOVERNMENT and not self.events
        return not acts and (place.radius_km or 0.0) <= _WIDEST_KM


def write_place_map(reports: Iterable[Report], stream: TextIO, gazetteer: Gazetteer) -> None:
    """Write the maps of ``reports``, one below the other, as one HTML page to ``stream``."""
    stream.write('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Places</title>\n')
    stream.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n')
    stream.write(f"<style>{_STYLE}</style>\n</head>\n<body>\n")
    for report in reports:
        stream.writelines(f"{line}\n" for line in _article(report, gazetteer))
    stream.write(f'<p class="dim">Names and points: {escape(CREDIT)}.</p>\n</body>\n</html>\n')


def _article(report: Report, gazetteer: Gazetteer) -> Iterator[str]:
    document = report.document
    marked = _marked(report)
    drawn, frame = _framed([place for place in marked if place.drawn])
    yield f"<h1>{escape(document.title or 'untitled')}</h1>"
    source = (document.publisher, document.published, document.url)
    yield f'<p class="dim">{escape(" · ".join(part for part in source if part))}</p>'
    yield '<div class="page"><div class="picture">'
    if frame is not None:
        yield from _picture(drawn, frame, gazetteer)
    else:
        yield "<p>The article names no place that can be drawn.</p>"
    yield f'<p class="dim">{escape(_CAVEAT)} Gazetteer {escape(gazetteer.version)}.</p></div><div class="lists">'
    numbers = {id(place): number for number, place in enumerate(drawn, 1)}
    happened = [place for place in drawn if place.events]
    yield from _list("Where something happened", happened, numbers)
    yield from _list("Only named", [place for place in drawn if not place.events], numbers)
    yield from _list("Named, beyond the map", [p for p in marked if p.drawn and id(p) not in numbers], {})
    beside = [place for place in marked if not place.drawn]
    resolved = [p for p in beside if p.place.latitude is not None and p.place.reason != GOVERNMENT]
    yield from _list("Countries and wide regions", resolved, {})
    yield from _list("Governments", [p for p in beside if p.place.reason == GOVERNMENT], {})
    yield from _list("Not resolved", [place for place in beside if place.place.latitude is None], {})
    yield "</div></div>"


def _marked(report: Report) -> list[_Marked]:
    """The places of a report, each once for each relation: those of events first, else in the order of the text."""
    events: dict[tuple[int, int], list[Event]] = {}
    for event in report.events:
        if event.place is not None:
            events.setdefault((event.place.span.start, event.place.span.end), []).append(event)
    mentions: dict[tuple[str, str], list[PlaceRef]] = {}
    for place in (*report.places, *(event.place for event in report.events if event.place is not None)):
        wide = place.precision is PlacePrecision.COUNTRY
        spelled = mentions.setdefault((place.id or place.surface, "" if wide else place.relation.value), [])
        if all(place.span != other.span for other in spelled):
            spelled.append(place)
    found = []
    for spelled in mentions.values():
        of = [event for place in spelled for event in events.get((place.span.start, place.span.end), ())]
        found.append(_Marked(spelled[0], len(spelled), tuple(of)))
    return sorted(found, key=lambda marked: (not marked.events, marked.place.span.start))


def _framed(places: list[_Marked]) -> tuple[list[_Marked], Frame | None]:
    """The places on the map, and its frame: around those of events, with what else is named not too far from them."""
    if not places:
        return [], None
    around = [_circle(marked.place) for marked in places if marked.events] or [_circle(m.place) for m in places]
    wide = fit([(lat, lon, km + _SURROUNDINGS_KM) for lat, lon, km in around], _WIDTH, _HEIGHT)
    inside = [m for m in places if m.events or wide.holds(*_circle(m.place)[:2])]
    return inside, fit([_circle(marked.place) for marked in inside], _WIDTH, _HEIGHT)


def _picture(drawn: list[_Marked], frame: Frame, gazetteer: Gazetteer) -> Iterator[str]:
    size = f"0 0 {frame.width:.0f} {frame.height:.0f}"
    yield f'<svg viewBox="{size}" role="img" aria-label="Map of the places that the article names">'
    yield from _grid(frame)
    taken = [(frame.width - 230, frame.height - 42, frame.width, frame.height)]  # the scale's
    areas, labels = [], []
    for number, marked in enumerate(drawn, 1):
        areas.append((marked.place.radius_km or 0.0, number, marked))
        x, y = frame.point(*_circle(marked.place)[:2])
        taken.append((x - 5, y - 5, x + 5, y + 5))
    for number, marked in enumerate(drawn, 1):
        labels.append(_label(frame, number, marked, taken))
    yield from _towns(frame, gazetteer, taken)
    for _, number, marked in sorted(areas, key=lambda area: -area[0]):
        yield from _mark(frame, number, marked, drawn)
    yield from labels
    yield from _scale(frame)
    yield "</svg>"


def _circle(place: PlaceRef) -> tuple[float, float, float]:
    return place.latitude or 0.0, place.longitude or 0.0, place.radius_km or 0.0


def _grid(frame: Frame) -> Iterator[str]:
    for longitude in frame.meridians():
        x, _ = frame.point(0.0, longitude)
        yield f'<line class="grid" x1="{x}" y1="0" x2="{x}" y2="{frame.height}"/>'
        yield f'<text class="edge" x="{x + 3}" y="{frame.height - 4}">{abs(longitude):g}° {"EW"[longitude < 0]}</text>'
    for latitude in frame.parallels():
        _, y = frame.point(latitude, frame.west)
        if y < _FONT:
            continue
        yield f'<line class="grid" x1="0" y1="{y}" x2="{frame.width}" y2="{y}"/>'
        yield f'<text class="edge" x="3" y="{y - 3}">{abs(latitude):g}° {"NS"[latitude < 0]}</text>'


def _towns(frame: Frame, gazetteer: Gazetteer, taken: list[tuple[float, float, float, float]]) -> Iterator[str]:
    """Towns as dots, the biggest with names where there is room: they show where land and people are."""
    named = 0
    for place in gazetteer.towns_within(frame.south, frame.west, frame.north, frame.east, _TOWNS):
        x, y = frame.point(place.latitude or 0.0, place.longitude or 0.0)
        yield f'<circle class="town" cx="{x}" cy="{y}" r="1.6"/>'
        box = (x + 3, y - 9, x + 7 + 5.2 * len(place.name), y + 4)
        if named < _NAMED_TOWNS and box[2] < frame.width and _is_free(box, taken):
            taken.append(box)
            named += 1
            yield f'<text class="name" x="{x + 4}" y="{y + 3}">{escape(place.name)}</text>'


def _mark(frame: Frame, number: int, marked: _Marked, drawn: list[_Marked]) -> Iterator[str]:
    place = marked.place
    latitude, longitude, radius = _circle(place)
    x, y = frame.point(latitude, longitude)
    wide, high = (max(half, _LEAST_PIXELS) for half in frame.radii(latitude, radius))
    kind = " event" if marked.events else ""
    loose = "" if place.relation in (PlaceRelation.IN, PlaceRelation.OVER) else " loose"
    yield f"<g><title>{escape(f'{number} {_name(place)}: {_precision(place)}')}</title>"
    yield f'<ellipse class="area{kind}{loose}" cx="{x}" cy="{y}" rx="{wide}" ry="{high}"/>'
    yield f'<circle class="dot{kind}" cx="{x}" cy="{y}" r="{3.0 if kind else 2.2}"/>'
    other = next((m.place for m in drawn if place.other and m.place.name == place.other), None)
    if other is not None and place.relation is PlaceRelation.BETWEEN:
        to_x, to_y = frame.point(*_circle(other)[:2])
        yield f'<line class="link" x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}"/>'
    yield "</g>"


def _label(frame: Frame, number: int, marked: _Marked, taken: list[tuple[float, float, float, float]]) -> str:
    """The number and name beside a mark where there is room, else the number alone, which the list explains."""
    x, y = frame.point(*_circle(marked.place)[:2])
    kind = " event" if marked.events else ""
    for text in (f"{number} {marked.place.name or marked.place.surface}", str(number)):
        wide = 0.56 * _FONT * len(text)
        places = (
            *((x + 7, y + 4), (x - 7 - wide, y + 4), (x - wide / 2, y - 9), (x - wide / 2, y + 18)),
            *((x + 7, y - 8), (x + 7, y + 16), (x - 7 - wide, y - 8), (x - 7 - wide, y + 16)),
        )
        for left, base in places:
            box = (left - 2, base - _FONT, left + wide + 2, base + 3)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= frame.width and box[3] <= frame.height
            if inside and _is_free(box, taken):
                taken.append(box)
                return f'<text class="label{kind}" x="{left:.1f}" y="{base:.1f}">{escape(text)}</text>'
    return f'<text class="label{kind}" x="{x + 6:.1f}" y="{y + 4:.1f}">{number}</text>'


def _is_free(box: tuple[float, float, float, float], taken: list[tuple[float, float, float, float]]) -> bool:
    return all(box[2] <= b[0] or b[2] <= box[0] or box[3] <= b[1] or b[3] <= box[1] for b in taken)


def _scale(frame: Frame) -> Iterator[str]:
    km = frame.scale_km()
    right, y = frame.width - 16, frame.height - 24
    left = right - km * frame.pixels_per_km
    yield f'<line x1="{left:.1f}" y1="{y}" x2="{right}" y2="{y}" stroke="#5b6670" stroke-width="2"/>'
    yield f'<text class="edge" text-anchor="end" x="{right}" y="{y - 5}">{km:,} km in the middle of the map</text>'


def _list(title: str, places: list[_Marked], numbers: dict[int, int]) -> Iterator[str]:
    if not places:
        return
    yield f"<h2>{escape(title)}</h2>\n<{'ol' if numbers else 'ul'}>"
    for marked in places:
        number = f' value="{numbers[id(marked)]}"' if numbers else ""
        kind = ' class="event"' if marked.events else ""
        times = f", named {marked.mentions} times" if marked.mentions > 1 else ""
        name, level = escape(_name(marked.place)), escape(_precision(marked.place))
        yield f"<li{number}{kind}><b>{name}</b> <span>{level}{times}</span>"
        for event in marked.events[:_QUOTED]:
            what = " ".join(part for part in (event.type, event.mode, f"({event.status.value})") if part)
            said = " ".join(event.evidence.text.split())
            yield f'<br><span class="dim">{escape(what)}:</span> <q>{escape(said)}</q>'
        more = len(marked.events) - _QUOTED
        yield f'<br><span class="dim">and {more} more events</span></li>' if more > 0 else "</li>"
    yield f"</{'ol' if numbers else 'ul'}>"


def _name(place: PlaceRef) -> str:
    name = place.name or place.surface
    if place.precision is PlacePrecision.COUNTRY:
        return name if place.surface.casefold() == name.casefold() else f"{name} (“{place.surface}”)"
    where = ", ".join(dict.fromkeys(part for part in (name, place.admin1, place.country) if part))
    other = f" and {place.other}" if place.other and place.relation is PlaceRelation.BETWEEN else ""
    written = "" if place.surface.casefold() == name.casefold() else f" (“{place.surface}”)"
    return f"{_RELATIONS.get(place.relation, '')}{where}{other}{written}"


def _precision(place: PlaceRef) -> str:
    if place.latitude is None:
        return place.reason or "not resolved"
    parts = [place.precision.value]
    if place.radius_km is not None and place.precision is not PlacePrecision.COUNTRY:
        parts.append(f"within {place.radius_km:,.0f} km" if place.radius_km >= 10 else f"within {place.radius_km:g} km")
    if place.score is not None:
        parts.append(f"probability {place.score:.2f}")
    if place.reason:
        parts.append(place.reason)
    return ", ".join(parts)
