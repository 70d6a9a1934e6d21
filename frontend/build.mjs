// Builds what the browser gets into the folder named by the first argument: our modules, MapLibre as it was published,
// and the base map cut to land and lines. Nothing is fetched; node_modules must be there (npm ci --ignore-scripts).
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { feature, mesh } from "topojson-client";

const require = createRequire(import.meta.url);
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const out = path.resolve(process.argv[2] ?? path.join(here, "dist"));
const modules = path.join(here, "node_modules");
const MAPLIBRE = ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl-shared.mjs"];

async function manifest(name) {
  return JSON.parse(await readFile(path.join(modules, name, "package.json"), "utf8"));
}

async function bundle(library) {
  await build({
    entryPoints: ["keys", "map", "review", "timeline"].map((name) => path.join(here, "src", `${name}.ts`)),
    outdir: out,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    plugins: [
      {
        // MapLibre finds its worker beside itself: it is served as published, not bundled.
        name: "maplibre-as-published",
        setup: (plugin) =>
          plugin.onResolve({ filter: /^maplibre-gl$/ }, () => ({ path: `./${library}/maplibre-gl.mjs`, external: true })),
      },
    ],
  });
}

function rounded(line) {
  const points = [];
  for (const [longitude, latitude] of line) {
    const point = [Math.round(longitude * 100) / 100, Math.round(latitude * 100) / 100];
    const last = points.at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) points.push(point);
  }
  return points;
}

// The source has no cuts at the 180th meridian; a flat map needs them. The ring is unrolled, closed over the pole where it
// goes around one, and each turn of it is pressed into the frame: what lies within keeps its shape.
function cut(ring) {
  const flat = [];
  let turn = 0;
  ring.forEach(([longitude, latitude], index) => {
    const step = index ? longitude - ring[index - 1][0] : 0;
    if (step > 180) turn -= 360;
    else if (step < -180) turn += 360;
    flat.push([longitude + turn, latitude]);
  });
  const [first, last] = [flat[0][0], flat.at(-1)[0]];
  if (Math.abs(last - first) > 180) flat.push([last, -90], [first, -90], flat[0]);
  const turns = [-720, -360, 0, 360, 720].map((shift) => flat.map(([longitude, latitude]) => [longitude + shift, latitude]));
  return turns
    .filter((one) => one.some(([longitude]) => longitude > -180 && longitude < 180))
    .map((one) => rounded(one.map(([longitude, latitude]) => [Math.min(Math.max(longitude, -180), 180), latitude])))
    .filter((one) => one.length > 3);
}

async function baseMap() {
  const land = require("world-atlas/land-50m.json");
  const countries = require("world-atlas/countries-50m.json");
  const dashed = JSON.parse(await readFile(path.join(here, "boundaries.json"), "utf8")).pairs;
  const keys = new Set(dashed.flatMap(([one, other]) => [`${one} ${other}`, `${other} ${one}`]));
  const isDashed = (a, b) => !a.id || !b.id || keys.has(`${a.id} ${b.id}`);
  const shape = feature(land, land.objects.land);
  const polygons = (shape.features ?? [shape]).flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
  );
  const lines = (wanted) =>
    mesh(countries, countries.objects.countries, (a, b) => a !== b && isDashed(a, b) === wanted).coordinates
      .map(rounded)
      .filter((line) => line.length > 1 && line.every(([x], i) => !i || Math.abs(x - line[i - 1][0]) < 180));
  const base = {
    // an outer ring that is cut becomes several polygons, and its holes go with the longest
    land: polygons.flatMap(([outer, ...holes]) => {
      const [main, ...others] = cut(outer).toSorted((one, other) => other.length - one.length);
      return main ? [[main, ...holes.flatMap(cut)], ...others.map((one) => [one])] : [];
    }),
    lines: lines(false),
    disputed: lines(true),
  };
  await writeFile(path.join(out, "base.json"), JSON.stringify(base));
}

async function thirdParty(library) {
  const parts = ["Parts of these files come from others, under their own licences.\n"];
  for (const name of ["maplibre-gl", "world-atlas", "topojson-client"]) {
    const { version, license } = await manifest(name);
    parts.push(`${name} ${version}, ${license}\n`);
    for (const file of await readdir(path.join(modules, name))) {
      if (/^licen[cs]e/i.test(file)) parts.push(`${await readFile(path.join(modules, name, file), "utf8")}\n`);
    }
  }
  for (const file of [...MAPLIBRE.map((one) => `${library}/${one}`), "maplibre-gl.css", "base.json"]) {
    parts.push(`${createHash("sha256").update(await readFile(path.join(out, file))).digest("hex")}  ${file}`);
  }
  await writeFile(path.join(out, "THIRD_PARTY.txt"), `${parts.join("\n")}\n`);
}

const library = `maplibre-gl-${(await manifest("maplibre-gl")).version}`;
await rm(out, { recursive: true, force: true });
await mkdir(path.join(out, library), { recursive: true });
for (const file of MAPLIBRE) await cp(path.join(modules, "maplibre-gl/dist", file), path.join(out, library, file));
await cp(path.join(modules, "maplibre-gl/dist/maplibre-gl.css"), path.join(out, "maplibre-gl.css"));
await bundle(library);
await baseMap();
await thirdParty(library);
