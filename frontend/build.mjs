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
      .filter((line) => line.length > 1);
  const base = {
    land: polygons.flat().map(rounded).filter((ring) => ring.length > 3),
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
