/* Where: country outlines from a file, and for each place a circle as wide as its place is uncertain. */

import { $, element } from "./dom.js";
import { eventPasses, schema } from "./data.js";
import { update } from "./state.js";
import { label, say } from "./words.js";

/* global L, topojson */
const WHOLE_KM = 5;
const ANTARCTICA = "010";
let map;
let marks;
let outlines;
let fitted = false;

const style = () => {
  const css = getComputedStyle(document.documentElement);
  return { color: css.getPropertyValue("--line").trim(), weight: 1, fillColor: css.getPropertyValue("--card").trim(), fillOpacity: 1 };
};

/** Rings that cross the 180th meridian go on beyond it, instead of back across the whole map. */
function unwrapped(ring) {
  let turn = 0;
  return ring.map(([lon, lat], index) => {
    if (index) {
      const step = lon - ring[index - 1][0];
      if (step > 180) turn -= 360;
      if (step < -180) turn += 360;
    }
    return [lon + turn, lat];
  });
}
function land(atlas) {
  const countries = topojson.feature(atlas, atlas.objects.countries).features.filter((country) => country.id !== ANTARCTICA);
  for (const { geometry } of countries) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const polygon of polygons) polygon.forEach((ring, index) => { polygon[index] = unwrapped(ring); });
  }
  return countries;
}

/** Where most of the events are: a far place or two must not shrink the rest to a dot. */
function middle(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length * 0.06);
  return [sorted[cut], sorted[sorted.length - 1 - cut]];
}

async function start() {
  map = L.map($("map"), { preferCanvas: true, attributionControl: false, minZoom: 2, maxZoom: 12, worldCopyJump: true, zoomSnap: 0.5 }).setView([30, 42], 4);
  map.createPane("land").style.zIndex = 200;
  const atlas = await (await fetch("/static/vendor/world-atlas/countries-50m.json")).json();
  outlines = L.geoJSON(land(atlas), { style: style(), interactive: false, pane: "land", renderer: L.canvas({ pane: "land" }) }).addTo(map);
  marks = L.layerGroup().addTo(map);
}

const tip = (place, events) => {
  const counts = new Map();
  for (const event of events) counts.set(event.type, (counts.get(event.type) || 0) + 1);
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([type, count]) => `${label(schema.events[type])} ${count}`).join(" · ");
  // an element, not HTML: names come from articles
  return element("div", { dir: "auto" }, element("strong", { text: label(place) }), element("br"), top);
};

/** The family that most of the events are of gives the colour. */
function colourOf(events) {
  const counts = new Map();
  for (const event of events) { const family = schema.events[event.type].family; counts.set(family, (counts.get(family) || 0) + 1); }
  return schema.families[[...counts].sort((a, b) => b[1] - a[1])[0][0]].colour;
}

export async function drawMap(all) {
  if (!map) await start();
  outlines.setStyle(style());
  map.invalidateSize();
  const events = all.filter(eventPasses);
  const placed = new Map();
  let without = 0;
  for (const event of events) {
    if (event.place?.lat === undefined || event.place.lat === null) { without += 1; continue; }
    if (!placed.has(event.place.id)) placed.set(event.place.id, []);
    placed.get(event.place.id).push(event);
  }
  marks.clearLayers();
  const points = [];
  for (const here of [...placed.values()].sort((a, b) => b.length - a.length)) {
    const { place } = here[0];
    const colour = colourOf(here);
    const open = () => update({ place: place.id, chosen: { kind: "node", id: place.id } });
    for (const event of here) points.push(event.place);
    const reach = Math.max(place.precision_km ?? WHOLE_KM, 1);
    // the wider, the fainter: a whole country must not cover its towns
    L.circle([place.lat, place.lon], { radius: reach * 1000, color: colour, weight: 1, dashArray: "4 4", opacity: 0.7, fillColor: colour, fillOpacity: Math.min(0.16, 6 / reach) })
      .bindTooltip(tip(place, here)).on("click", open).addTo(marks);
    // the count, as a ring without a centre: it says how many, not where exactly
    L.circleMarker([place.lat, place.lon], { radius: Math.min(26, 5 + 3 * Math.sqrt(here.length)), color: colour, weight: 2.5, fillColor: colour, fillOpacity: 0.28 })
      .bindTooltip(tip(place, here)).on("click", open).addTo(marks);
  }
  $("map-note").textContent = `${say("precision")}${without ? ` · ${without} ${say("unplaced")}` : ""}`;
  if (points.length && !fitted) {
    const [south, north] = middle(points.map((point) => point.lat));
    const [west, east] = middle(points.map((point) => point.lon));
    map.fitBounds(L.latLngBounds([[south, west], [north, east]]).pad(0.2), { maxZoom: 7, animate: false });
    fitted = true;
  }
  $("map").dataset.places = String(placed.size);
}
