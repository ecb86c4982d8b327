/* The explorer: starts every part and redraws what a change of the state touches. */

import { get, guarded } from "./api.js";
import { $, element } from "./dom.js";
import { edges, loadEvents, loadSchema, loadSeeds, nodes, schema, shown, truncated } from "./data.js";
import { drawCypher } from "./cypher.js";
import { drawFilters, startFilters } from "./filters.js";
import { draw, mark, startGraph } from "./graph.js";
import { drawLedger } from "./ledger.js";
import { drawMap } from "./map.js";
import { drawPanel, startPanel } from "./panel.js";
import { drawPaste } from "./paste.js";
import { startSave } from "./save.js";
import { startSearch } from "./search.js";
import { restore, state, subscribe, update } from "./state.js";
import { drawTimeline } from "./timeline.js";
import { dress, label, say, setLanguage } from "./words.js";

const FILTERS = ["offStatuses", "offFamilies", "offTypes", "from", "to", "place", "source", "hidden"];
let events = null;

/** Show an entity's neighbourhood besides what is shown. */
const open = (id) => update({ seeds: [...state.seeds.filter((seed) => seed !== id), id], hidden: state.hidden.filter((other) => other !== id), chosen: { kind: "node", id }, view: "graph" });
const hide = (id) => update({ hidden: [...state.hidden, id], seeds: state.seeds.filter((seed) => seed !== id), chosen: null });
const timeline = (id) => update({ seeds: [id], view: "timeline" });

function appearance() {
  setLanguage(state.lang);
  document.documentElement.lang = state.lang;
  document.documentElement.dir = state.lang === "ar" ? "rtl" : "ltr";
  const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  dress();
  $("theme").textContent = say(dark ? "light" : "dark");
}

function counts() {
  const view = shown();
  $("counts").textContent = !nodes.size ? "" : `${view.nodes.length} / ${nodes.size} ${say("entities")} · ${view.edges.length} / ${edges.size} ${say("relationsCount")}${truncated ? ` — ${say("truncated")}` : ""}`;
}

async function welcome() {
  const box = $("welcome");
  box.hidden = state.seeds.length > 0;
  if (box.hidden) return;
  const top = await get("/entities", { limit: 12 });
  box.replaceChildren(element("h2", { text: say("welcome") }), element("p", { text: say(top.items.length ? "welcomeText" : "empty") }),
    element("div", { class: "chips" }, ...top.items.map((entity) => element("button", { type: "button", onclick: () => open(entity.id), text: label(entity) }))),
    element("button", { type: "button", class: "first", text: say("paste"), onclick: () => update({ view: "paste" }) }));
}

const views = {
  graph: async () => {},
  timeline: async () => {
    if (!events) $("view-timeline").replaceChildren(element("p", { class: "note", text: say("loading") }));
    events ??= await loadEvents();
    drawTimeline(events);
  },
  map: async () => { events ??= await loadEvents(); await drawMap(events); },
  ledger: drawLedger,
  cypher: async () => drawCypher(),
  paste: async () => drawPaste((ids) => { events = null; update({ seeds: ids, view: "graph", chosen: null }); }),
};

const drawView = guarded(async () => {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const here = tab.dataset.view === state.view;
    tab.setAttribute("aria-selected", String(here));
    tab.tabIndex = here ? 0 : -1;
    $(`view-${tab.dataset.view}`).hidden = !here;
  }
  await views[state.view]();
});

const changed = guarded(async (keys) => {
  const has = (...names) => names.some((name) => keys.has(name));
  if (has("lang", "theme")) { appearance(); $("view-paste").removeAttribute("data-made"); }
  if (has("seeds")) {
    events = null;
    const around = state.seeds.at(-1);
    const fresh = await loadSeeds();
    draw({ fresh, around });
  } else if (has(...FILTERS, "lang", "theme")) draw();
  else if (has("chosen")) mark();
  if (has("seeds", "lang", ...FILTERS)) { drawFilters(); counts(); await welcome(); }
  if (has("view", "seeds", "lang", "theme", ...FILTERS)) await drawView();
  if (has("chosen", "seeds", "lang", ...FILTERS)) await drawPanel();
  document.documentElement.dataset.ready = "yes";
});

function startTabs() {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => update({ view: tab.dataset.view }));
    tab.addEventListener("keydown", (event) => {
      const rtl = state.lang === "ar";
      const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      update({ view: next.dataset.view });
      next.focus();
    });
  }
}

const boot = guarded(async () => {
  restore({});
  appearance();
  await loadSchema();
  const unsure = Object.keys(schema.statuses).filter((name) => !schema.statuses[name].factual);
  restore({ offStatuses: unsure });
  startGraph({ onChoose: (chosen) => update({ chosen }), onExpand: open });
  startPanel({ expand: open, open, hide, timeline });
  startSearch(open);
  startFilters();
  startTabs();
  startSave();
  $("clear").addEventListener("click", () => update({ seeds: [], hidden: [], chosen: null }));
  $("lang").addEventListener("click", () => update({ lang: state.lang === "ar" ? "en" : "ar" }));
  $("theme").addEventListener("click", () => update({ theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" }));
  subscribe(changed);
  await changed(new Set(["seeds", "chosen", "view"]));
});
boot();
