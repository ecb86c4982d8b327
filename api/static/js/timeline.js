/* Events over time: bars by day, month or year in the colours of their families; a drag filters by date. */

import { $, element, svg } from "./dom.js";
import { eventPasses, schema } from "./data.js";
import { state, update } from "./state.js";
import { getLanguage, label, say } from "./words.js";

const WIDTH = 1000;
const HEIGHT = 230;
const FOOT = 26;
const LISTED = 300;

/** Days as bars while they are few, then months, then years. */
function grain(days) {
  const span = (Date.parse(days.at(-1)) - Date.parse(days[0])) / 86400000;
  return span <= 62 ? 10 : span <= 365 * 6 ? 7 : 4;
}

function* steps(first, last, letters) {
  const date = new Date(`${first}${letters === 4 ? "-01-01" : letters === 7 ? "-01" : ""}T00:00:00Z`);
  for (let key = first; key <= last; key = date.toISOString().slice(0, letters)) {
    yield key;
    if (letters === 10) date.setUTCDate(date.getUTCDate() + 1);
    else if (letters === 7) date.setUTCMonth(date.getUTCMonth() + 1);
    else date.setUTCFullYear(date.getUTCFullYear() + 1);
  }
}

const lastDay = (key) => (key.length === 10 ? key : key.length === 7 ? new Date(Date.UTC(+key.slice(0, 4), +key.slice(5), 0)).toISOString().slice(0, 10) : `${key}-12-31`);
const firstDay = (key) => (key.length === 10 ? key : key.length === 7 ? `${key}-01` : `${key}-01-01`);

/** The days between which nearly all events lie, when a few far ones would take most of the width. */
function core(events) {
  const days = events.map((event) => event.date).sort();
  const cut = Math.floor(days.length * 0.03);
  const [first, last] = [days[cut], days[days.length - 1 - cut]];
  const width = (from, to) => Date.parse(to) - Date.parse(from);
  return width(first, last) * 4 < width(days[0], days.at(-1)) ? [first, last] : [days[0], days.at(-1)];
}

function chart(events) {
  const days = events.map((event) => event.date).sort();
  const letters = grain(days);
  const keys = [...steps(days[0].slice(0, letters), days.at(-1).slice(0, letters), letters)];
  const heaps = new Map(keys.map((key) => [key, new Map()]));
  for (const event of events) {
    const heap = heaps.get(event.date.slice(0, letters));
    const family = schema.events[event.type].family;
    heap.set(family, (heap.get(family) || 0) + 1);
  }
  const top = Math.max(...[...heaps.values()].map((heap) => [...heap.values()].reduce((a, b) => a + b, 0)));
  const step = WIDTH / keys.length;
  const tall = HEIGHT - FOOT - 8;
  const picture = svg("svg", { class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", direction: "ltr", role: "img",
    "aria-label": `${say("timeline")}: ${events.length} ${say("events")}, ${days[0]} – ${days.at(-1)}` });
  keys.forEach((key, index) => {
    let base = HEIGHT - FOOT;
    for (const [family, count] of heaps.get(key)) {
      const height = (count / top) * tall;
      base -= height;
      picture.append(svg("rect", { x: index * step + step * 0.08, y: base, width: step * 0.84, height, fill: schema.families[family].colour, rx: Math.min(2, step / 4) },
        svg("title", { text: `${key}: ${count} ${label(schema.families[family])}` })));
    }
  });
  const every = Math.ceil(keys.length / 10);
  const ticks = element("div", { class: "ticks", dir: "ltr" }, ...keys.map((key, index) => [key, index]).filter(([, index]) => index % every === 0).map(([key, index]) => {
    const tick = element("span", { text: key });
    tick.style.left = `${((index + 0.5) / keys.length) * 100}%`;
    return tick;
  }));
  select(picture, keys, step);
  return element("div", { class: "chart-box", dir: "ltr" }, picture, ticks);
}

function select(picture, keys, step) {
  const area = svg("rect", { class: "selection", y: 0, height: HEIGHT - FOOT, width: 0, x: 0 });
  const show = (a, b) => { area.setAttribute("x", Math.min(a, b) * step); area.setAttribute("width", (Math.abs(a - b) + 1) * step); };
  const from = keys.findIndex((key) => lastDay(key) >= state.from);
  const to = keys.findLastIndex((key) => firstDay(key) <= state.to);
  if ((state.from || state.to) && !(state.from && from < 0)) show(state.from ? from : 0, state.to ? Math.max(to, 0) : keys.length - 1);
  picture.append(area);
  const indexAt = (event) => {
    const box = picture.getBoundingClientRect();
    return Math.max(0, Math.min(keys.length - 1, Math.floor(((event.clientX - box.left) / box.width) * keys.length)));
  };
  let start = null;
  picture.addEventListener("pointerdown", (event) => { start = indexAt(event); picture.setPointerCapture(event.pointerId); show(start, start); });
  picture.addEventListener("pointermove", (event) => { if (start !== null) show(start, indexAt(event)); });
  picture.addEventListener("pointerup", (event) => {
    const end = indexAt(event);
    const [a, b] = [Math.min(start, end), Math.max(start, end)];
    start = null;
    update({ from: firstDay(keys[a]), to: lastDay(keys[b]) });
  });
}

export function eventRow(event) {
  const kind = schema.events[event.type];
  const who = (role) => event.participants.filter((participant) => participant.role === role).map(label).join("، ");
  return element("tr", {},
    element("td", { class: "number", text: event.date || "—" }),
    element("td", {}, element("button", { type: "button", class: "list-button", onclick: () => update({ chosen: { kind: "event", id: event.id } }) },
      element("span", { class: "pred", colour: schema.families[kind.family].colour, text: label(kind) })),
      event.status === "stated" ? null : element("span", { class: "unsure", text: ` (${label(schema.statuses[event.status])})` })),
    element("td", { dir: "auto", text: who("actor") || "—" }), element("td", { dir: "auto", text: who("recipient") || "—" }),
    element("td", { dir: "auto", text: event.place ? label(event.place) : "—" }));
}

export function drawTimeline(all) {
  const events = all.filter(eventPasses);
  const dated = events.filter((event) => event.date);
  const box = $("view-timeline");
  if (!events.length) { box.replaceChildren(element("p", { class: "note", text: say("none") })); return; }
  const [first, last] = dated.length ? core(dated) : ["", ""];
  const charted = dated.filter((event) => event.date >= first && event.date <= last);
  const clear = element("button", { type: "button", text: say("any"), onclick: () => update({ from: "", to: "" }) });
  const head = element("tr", {}, ...[["when", "number"], ["what"], ["subject"], ["object"], ["where"]].map(([key, name]) => element("th", { scope: "col", class: name || null, text: say(key) })));
  const order = [...events].sort((a, b) => (a.date || "9999").localeCompare(b.date || "9999"));
  box.replaceChildren(
    element("div", { class: "controls" }, element("strong", { text: `${dated.length.toLocaleString(getLanguage())} ${say("events")}` }),
      state.from || state.to ? element("span", { class: "badge", text: `${state.from || "…"} – ${state.to || "…"}` }) : null,
      state.from || state.to ? clear : null,
      dated.length > charted.length ? element("span", { class: "note", text: `${dated.length - charted.length} ${say("outside")}` }) : null,
      events.length > dated.length ? element("span", { class: "note", text: `${events.length - dated.length} ${say("undated")}` }) : null),
    ...(charted.length ? [chart(charted)] : []),
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...order.slice(0, LISTED).map(eventRow))));
}
