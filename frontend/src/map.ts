// The live map in place of the drawing: land and lines from our own file, incidents clustered by the server.

import type { FeatureCollection, Position } from "geojson";
import * as maplibregl from "maplibre-gl";
import type { ExpressionSpecification, GeoJSONSource, Map as LiveMap, StyleSpecification } from "maplibre-gl";

interface Base {
  land: Position[][][];
  lines: Position[][];
  disputed: Position[][];
}

/** What the server says of a cluster. */
interface Cluster {
  count: number;
  place: string;
  place_id: string;
  id: string;
  radius_km: number;
}

const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };
/** Metres in a pixel at the equator at zoom 0. */
const METRES = 78_271.517;

function colours(): (name: string) => string {
  const probe = document.createElement("span");
  document.body.append(probe);
  return (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
}

/** Return a ring without its edges along the 180th meridian and the pole: there the map is cut, not the land. */
function coasts(ring: Position[]): Position[][] {
  const isCut = ([x = 0, y = 0]: Position): boolean => Math.abs(x) === 180 || y === -90;
  const found: Position[][] = [];
  let run: Position[] = [];
  ring.forEach((point, index) => {
    const before = ring[index - 1];
    if (before && isCut(before) && isCut(point)) {
      if (run.length > 1) found.push(run);
      run = [];
    }
    run.push(point);
  });
  if (run.length > 1) found.push(run);
  return found;
}

function style(base: Base): StyleSpecification {
  const of = colours();
  const standing = (stated: string, other: string): ExpressionSpecification => [
    "match",
    ["get", "standing"],
    "stated",
    stated,
    "mixed",
    of("soft"),
    other,
  ];
  const ring: ExpressionSpecification = [
    "match",
    ["get", "standing"],
    "attributed",
    of("attributed"),
    "contested",
    of("contested"),
    of("paper"),
  ];
  const label: ExpressionSpecification = [
    "case",
    ["==", ["get", "place"], ""],
    ["to-string", ["get", "count"]],
    [">", ["get", "count"], 1],
    ["concat", ["get", "place"], " ", ["to-string", ["get", "count"]]],
    ["get", "place"],
  ];
  const lines = (coordinates: Position[][]) => ({
    type: "geojson" as const,
    data: { type: "MultiLineString" as const, coordinates },
  });
  return {
    version: 8,
    sources: {
      land: {
        type: "geojson",
        data: { type: "MultiPolygon", coordinates: base.land },
      },
      coasts: lines(base.land.flat().flatMap(coasts)),
      lines: lines(base.lines),
      disputed: lines(base.disputed),
      incidents: { type: "geojson", data: EMPTY },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": of("sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": of("land"), "fill-antialias": false } },
      { id: "coasts", type: "line", source: "coasts", paint: { "line-color": of("line"), "line-width": 0.6 } },
      { id: "lines", type: "line", source: "lines", paint: { "line-color": of("line"), "line-width": 0.8 } },
      {
        id: "disputed",
        type: "line",
        source: "disputed",
        paint: { "line-color": of("line"), "line-width": 0.8, "line-dasharray": [4, 3] },
      },
      {
        id: "radius",
        type: "circle",
        source: "incidents",
        paint: {
          "circle-radius": [
            "interpolate",
            ["exponential", 2],
            ["zoom"],
            0,
            ["get", "pixels"],
            22,
            ["*", ["get", "pixels"], 4_194_304],
          ],
          "circle-color": of("attributed"),
          "circle-opacity": 0.07,
          "circle-stroke-color": of("attributed"),
          "circle-stroke-opacity": 0.5,
          "circle-stroke-width": 1,
        },
      },
      {
        id: "dots",
        type: "circle",
        source: "incidents",
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "count"]], 0, 5, 1, 8, 4, 20],
          "circle-color": standing(of("stated"), of("paper")),
          "circle-opacity": 0.9,
          "circle-stroke-color": ring,
          "circle-stroke-width": 2.5,
        },
      },
      {
        // colour alone tells nothing: what is contested is crossed as well
        id: "crosses",
        type: "symbol",
        source: "incidents",
        filter: ["==", ["get", "standing"], "contested"],
        layout: {
          "text-field": "×",
          "text-font": ["system-ui", "Liberation Sans", "Arial"],
          "text-size": 13,
          "text-allow-overlap": true,
          "text-ignore-placement": true,
        },
        paint: { "text-color": of("contested") },
      },
      {
        id: "labels",
        type: "symbol",
        source: "incidents",
        layout: {
          "text-field": label,
          "text-font": ["system-ui", "Liberation Sans", "Arial"],
          "text-size": 12,
          "text-anchor": "left",
          "text-offset": [0.9, 0],
          "text-optional": true,
          "symbol-sort-key": ["-", 0, ["get", "count"]],
        },
        paint: { "text-color": of("ink"), "text-halo-color": of("land"), "text-halo-width": 1.6 },
      },
    ],
  };
}

async function load(map: LiveMap, query: string): Promise<void> {
  const asked = new URLSearchParams(query);
  const zoom = map.getZoom() + 1;
  asked.delete("page");
  asked.set("zoom", (Math.round(Math.max(zoom, 0) * 2) / 2).toFixed(1));
  if (!asked.has("box") && zoom > 4) asked.set("box", box(map, 0.3));
  const answer = await fetch(`/map.json?${asked}`);
  if (!answer.ok) return;
  const found = (await answer.json()) as FeatureCollection;
  for (const feature of found.features) {
    const latitude = feature.geometry.type === "Point" ? (feature.geometry.coordinates[1] ?? 0) : 0;
    const km = Number(feature.properties?.["radius_km"] ?? 0);
    feature.properties = {
      ...feature.properties,
      pixels: (km * 1000) / (METRES * Math.cos((latitude * Math.PI) / 180)),
    };
  }
  map.getSource<GeoJSONSource>("incidents")?.setData(found);
}

function box(map: LiveMap, margin: number): string {
  const bounds = map.getBounds();
  const wide = (bounds.getEast() - bounds.getWest()) * margin;
  const high = (bounds.getNorth() - bounds.getSouth()) * margin;
  const parts = [
    Math.max(bounds.getWest() - wide, -180),
    Math.max(bounds.getSouth() - high, -90),
    Math.min(bounds.getEast() + wide, 180),
    Math.min(bounds.getNorth() + high, 90),
  ];
  return parts.map((part) => part.toFixed(3)).join(",");
}

function link(text: string, href: string): HTMLAnchorElement {
  const made = document.createElement("a");
  made.textContent = text;
  made.href = href;
  return made;
}

function listen(map: LiveMap, query: string): void {
  map.on("click", "dots", (event) => {
    const feature = event.features?.[0];
    if (!feature || feature.geometry.type !== "Point") return;
    const found = feature.properties as unknown as Cluster;
    const at = feature.geometry.coordinates as [number, number];
    if (!found.place_id && !found.id) {
      map.easeTo({ center: at, zoom: map.getZoom() + 2 }, { originalEvent: event.originalEvent });
      return;
    }
    const here = new URLSearchParams(query);
    here.delete("page");
    here.set("place", found.place_id);
    const content = document.createElement("div");
    const title = document.createElement("b");
    title.textContent = found.place || "Here";
    content.append(title, document.createElement("br"));
    if (found.id) content.append(link("The incident", `/incident/${found.id}`), document.createElement("br"));
    if (found.place_id) {
      content.append(link(`Only these ${found.count}`, `/incidents?${here}`), document.createElement("br"));
      content.append(link("About the place", `/place/${encodeURIComponent(found.place_id)}`));
    }
    new maplibregl.Popup({ closeButton: true }).setLngLat(at).setDOMContent(content).addTo(map);
  });
  map.on("mouseenter", "dots", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "dots", () => (map.getCanvas().style.cursor = ""));
}

/** Return where the address says that the map is: "#map=zoom/latitude/longitude". */
function placeInAddress(): { zoom: number; center: [number, number] } | null {
  const parts = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash)?.slice(1).map(Number);
  const [zoom, latitude, longitude] = parts ?? [];
  if (zoom === undefined || latitude === undefined || longitude === undefined) return null;
  return Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 ? { zoom, center: [longitude, latitude] } : null;
}

/** Where somebody moved the map to goes into the address; where it stands by itself follows from the rest of it. */
function keepInAddress(map: LiveMap): void {
  map.on("moveend", (event) => {
    if (!("originalEvent" in event) || !event.originalEvent) return;
    const { lat, lng } = map.getCenter();
    history.replaceState(history.state, "", `#map=${map.getZoom().toFixed(2)}/${lat.toFixed(3)}/${lng.toFixed(3)}`);
  });
}

function tools(figure: HTMLElement, map: LiveMap, query: string): void {
  const bar = document.createElement("p");
  bar.className = "map-tools";
  const only = document.createElement("button");
  only.type = "button";
  only.textContent = "Only what this map shows";
  only.addEventListener("click", () => {
    const asked = new URLSearchParams(query);
    asked.delete("page");
    asked.set("box", box(map, 0));
    location.assign(`/incidents?${asked}`);
  });
  bar.append(only);
  figure.querySelector("figcaption")?.before(bar);
}

async function enhance(figure: HTMLElement): Promise<void> {
  const drawing = figure.querySelector("svg");
  const bounds = figure.dataset["box"]?.split(",").map(Number);
  if (!drawing || bounds?.length !== 4) return;
  const query = figure.dataset["query"] ?? "";
  const base = (await (await fetch(new URL("base.json", import.meta.url))).json()) as Base;
  const live = document.createElement("div");
  live.className = "live";
  drawing.before(live);
  let map: LiveMap;
  try {
    map = new maplibregl.Map({
      container: live,
      style: style(base),
      ...(placeInAddress() ?? { bounds: bounds as [number, number, number, number] }),
      attributionControl: false,
      maxZoom: 12,
      dragRotate: false,
      pitchWithRotate: false,
    });
  } catch (error) {
    live.remove();
    note(figure, `The live map can't be drawn here (${error instanceof Error ? error.message : "no WebGL"}); this is a drawing of it.`);
    return;
  }
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl());
  map.getCanvas().setAttribute("aria-label", "Map of the incidents; the list below has all of them");
  drawing.remove();
  tools(figure, map, query);
  const reload = (): void => void load(map, query).then(() => (figure.dataset["state"] = "ready"));
  map.on("load", reload);
  map.on("moveend", reload);
  listen(map, query);
  keepInAddress(map);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    map.setStyle(style(base));
    map.once("styledata", reload);
  });
}

function note(figure: HTMLElement, text: string): void {
  const said = document.createElement("p");
  said.className = "notice";
  said.textContent = text;
  figure.before(said);
}

document.querySelectorAll<HTMLElement>("figure.map").forEach((figure) => void enhance(figure));
