"use strict";
/* The exported page: draws the graph, filters it, and shows the sentences behind it.
   Article text is only ever set as text (textContent), never as HTML. */

const data = JSON.parse(document.getElementById("graph-data").textContent);
const { legend, sentences, documents } = data.extra;
const $ = (id) => document.getElementById(id);
const words = {
  ar: { filters: "المفتاح والتصفية", status: "الحالة", family: "العلاقات", type: "الكيانات", search: "ابحث عن اسم…", fit: "ملاءمة",
    save: "صورة", lang: "English", dark: "داكن", light: "فاتح", nodes: "كيان", edges: "علاقة", docs: "مقال", shown: "ظاهر",
    hint: "انقر على كيان أو علاقة لترى الجملة التي تسندها.", all: "العلاقات الظاهرة", relations: "علاقاته", evidence: "من نص المقال",
    said: "بحسب", event: "الحدث", place: "المكان", time: "الزمان", none: "لا شيء", chain: "تسلسل الاستنتاج", sure: "ثقة الاستخراج", graph: "شبكة الأحداث" },
  en: { filters: "Legend and filters", status: "Status", family: "Relations", type: "Entities", search: "Search a name…", fit: "Fit",
    save: "Image", lang: "العربية", dark: "Dark", light: "Light", nodes: "entities", edges: "relations", docs: "articles", shown: "shown",
    hint: "Click an entity or a relation to see the sentence behind it.", all: "Relations shown", relations: "Its relations",
    evidence: "In the article", said: "According to", event: "Event", place: "Place", time: "Time", none: "None",
    chain: "Chain of the inference", sure: "Confidence", graph: "Graph of events" },
};
const state = { lang: "ar", dark: matchMedia("(prefers-color-scheme: dark)").matches, chosen: null };
const nodeById = new Map(data.nodes.map((node) => [node.id, node]));
const edgeById = new Map(data.edges.map((edge) => [edge.id, edge]));
const edgesOf = new Map(data.nodes.map((node) => [node.id, []]));
for (const edge of data.edges) {
  edgesOf.get(edge.from).push(edge);
  if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
}
const big = data.nodes.length > 300;

/* ---- small helpers ---- */
const say = (key) => words[state.lang][key];
const label = (entry) => (entry ? (state.lang === "en" ? entry.en || entry.ar : entry.ar || entry.en) : "");
const ink = () => (state.dark ? "#eceae4" : "#1d2126");
const paper = () => (state.dark ? "#14161a" : "#ffffff");
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") made.textContent = value;
    else if (name === "onclick") made.addEventListener("click", value);
    else if (name === "colour") made.style.setProperty("--c", value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}
function drawing(width, height, tag, attributes) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
  svg.append(shape);
  return svg;
}
const outlines = { square: "2,2 14,2 14,14 2,14", triangle: "8,1 15,14 1,14", triangleDown: "1,2 15,2 8,15", diamond: "8,0 16,8 8,16 0,8",
  hexagon: "4,1 12,1 16,8 12,15 4,15 0,8", star: "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6", box: "0,4 16,4 16,12 0,12" };
const shapeIcon = (type) => (outlines[type.shape]
  ? drawing(16, 16, "polygon", { points: outlines[type.shape], fill: type.colour })
  : drawing(16, 16, "circle", { cx: 8, cy: 8, r: 7, fill: type.colour }));
const lineIcon = (status) => drawing(34, 10, "line", { x1: 0, y1: 5, x2: 34, y2: 5, stroke: "currentColor", "stroke-width": 2.4,
  "stroke-dasharray": status.dash.join(" "), opacity: status.opacity });
const swatch = (family) => drawing(16, 10, "rect", { width: 16, height: 10, rx: 3, fill: family.colour });

/* ---- filters ---- */
const offTypes = new Set();
const offFamilies = new Set();
const offStatuses = new Set(Object.keys(legend.statuses).filter((name) => !legend.statuses[name].factual));
const edgePasses = (edge) => !offStatuses.has(edge.status) && !offFamilies.has(edge.family)
  && !offTypes.has(nodeById.get(edge.from).type) && !offTypes.has(nodeById.get(edge.to).type);
const nodePasses = (node) => !offTypes.has(node.type) && (!edgesOf.get(node.id).length || edgesOf.get(node.id).some(edgePasses));
const tally = (items, key) => items.reduce((sum, item) => sum.set(item[key], (sum.get(item[key]) || 0) + 1), new Map());
function choices(box, entries, counts, off, icon) {
  box.replaceChildren(...Object.keys(entries).filter((name) => counts.has(name)).map((name) => {
    const input = element("input", { type: "checkbox", "data-name": name });
    input.checked = !off.has(name);
    input.addEventListener("change", () => { if (input.checked) off.delete(name); else off.add(name); refresh(); });
    return element("label", { class: "choice" }, input, icon(entries[name]), element("span", { text: label(entries[name]) }),
      element("span", { class: "count", text: String(counts.get(name)) }));
  }));
}

/* ---- the picture ---- */
function look(node) {
  const box = node.shape === "box";
  return { id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size, hidden: !nodePasses(node),
    label: state.lang === "en" ? node.label_en : node.label, title: `${label(node)}\n${label(legend.types[node.type])}`,
    color: { background: box ? paper() : node.color, border: box ? node.color : paper(),
      highlight: { background: box ? paper() : node.color, border: ink() }, hover: { background: box ? paper() : node.color, border: ink() } },
    borderWidth: 2, borderWidthSelected: 4, margin: 8, shapeProperties: { borderRadius: 6 },
    opacity: faded(node.id) ? 0.16 : 1, font: { color: faded(node.id) ? "rgba(128,128,128,.35)" : ink(), size: box ? 17 : 20, strokeColor: paper() } };
}
function near() {
  if (!state.chosen) return null;
  if (state.chosen.kind === "edge") { const e = edgeById.get(state.chosen.id); return new Set([e.from, e.to]); }
  const around = new Set([state.chosen.id]);
  for (const e of edgesOf.get(state.chosen.id)) if (edgePasses(e)) { around.add(e.from); around.add(e.to); }
  return around;
}
let focus = null;
const faded = (id) => focus !== null && !focus.has(id);
const lit = (edge) => focus === null || (state.chosen.kind === "edge" ? edge.id === state.chosen.id
  : edge.from === state.chosen.id || edge.to === state.chosen.id);
function tip(edge) {
  const first = edge.evidence.length ? sentences[edge.evidence[0].sentence].text : "";
  const short = first.length > 260 ? `${first.slice(0, 260)}…` : first;
  const arrow = state.lang === "en" ? "→" : "←";
  return `${label(nodeById.get(edge.from))} ${arrow} ${label(legend.predicates[edge.predicate])} ${arrow} ${label(nodeById.get(edge.to))}`
    + ` (${label(legend.statuses[edge.status])})\n${short}`;
}
function draw(edge) {
  const on = lit(edge);
  const status = legend.statuses[edge.status];
  return { id: edge.id, from: edge.from, to: edge.to, hidden: !edgePasses(edge), arrows: edge.arrows, width: edge.width, smooth: edge.smooth,
    dashes: status.dash.length ? status.dash : false, title: tip(edge),
    color: { color: edge.color, highlight: edge.color, hover: edge.color, opacity: on ? status.opacity : 0.08 },
    label: big && !(on && focus) ? undefined : on ? label(legend.predicates[edge.predicate]) + (edge.count > 1 ? ` ×${edge.count}` : "") : " ",
    font: { color: ink(), strokeColor: paper() } };
}
const nodes = new vis.DataSet(data.nodes.map(look));
const edges = new vis.DataSet(data.edges.map(draw));
const network = new vis.Network($("network"), { nodes, edges }, data.options);
function refresh() {
  focus = near();
  nodes.update(data.nodes.map((node) => { const { x, y, ...rest } = look(node); return rest; }));
  edges.update(data.edges.map(draw));
  const shownEdges = data.edges.filter(edgePasses).length;
  const shownNodes = data.nodes.filter(nodePasses).length;
  $("counts").textContent = `${shownNodes} / ${data.nodes.length} ${say("nodes")} · ${shownEdges} / ${data.edges.length} ${say("edges")}`
    + ` · ${documents.length} ${say("docs")}`;
  panel();
}
function choose(kind, id, move = false) {
  state.chosen = id === null ? null : { kind, id };
  refresh();
  if (kind === "node" && id !== null) network.selectNodes([id], false);
  if (kind === "edge" && id !== null) network.selectEdges([id]);
  if (id === null) network.unselectAll();
  if (move && kind === "node") network.focus(id, { scale: Math.max(network.getScale(), 0.8), animation: { duration: 400 } });
  if (move && kind === "edge") { const e = edgeById.get(id); network.fit({ nodes: [e.from, e.to], maxZoomLevel: 1.2, animation: { duration: 400 } }); }
}

/* ---- the panel with the evidence ---- */
function row(edge) {
  const status = legend.statuses[edge.status];
  return element("li", {}, element("button", { type: "button", onclick: () => choose("edge", edge.id, true) },
    element("bdi", { text: label(nodeById.get(edge.from)) }),
    element("span", { class: "pred", colour: edge.color, text: label(legend.predicates[edge.predicate]) }),
    element("bdi", { text: label(nodeById.get(edge.to)) }),
    edge.status === "stated" ? null : element("span", { class: "unsure", text: `(${label(status)})` })));
}
function quote(item, colour) {
  const sentence = sentences[item.sentence];
  const block = element("blockquote", { dir: "auto" });
  const letters = Array.from(sentence.text);  // offsets count code points
  if (item.mark) block.append(letters.slice(0, item.mark[0]).join(""),
    element("mark", { text: letters.slice(item.mark[0], item.mark[1]).join("") }), letters.slice(item.mark[1]).join(""));
  else block.append(sentence.text);
  const about = documents[sentence.document];
  const facts = [item.said_by ? `${say("said")}: ${label(item.said_by)}` : "", item.event ? `${say("event")}: ${label(legend.events[item.event])}` : "",
    item.place ? `${say("place")}: ${label(item.place)}` : "", item.time ? `${say("time")}: ${item.time}` : "",
    item.confidence === undefined ? "" : `${say("sure")}: ${Math.round(item.confidence * 100)}%`,
    [about.title, about.source, (about.date || "").slice(0, 10)].filter(Boolean).join(" — ")].filter(Boolean);
  return element("figure", { class: "quote", colour }, block, element("footer", {}, ...facts.map((fact) => element("div", { dir: "auto", text: fact }))));
}
function heading(entry) {
  const other = state.lang === "en" ? entry.ar : entry.en;
  return [element("h2", { dir: "auto", text: label(entry) }), other && other !== label(entry) ? element("p", { class: "other", dir: "auto", text: other }) : null];
}
function panel() {
  const box = $("panel");
  const chosen = state.chosen;
  if (chosen === null) {
    const shown = data.edges.filter(edgePasses);
    box.replaceChildren(element("p", { class: "other", text: say("hint") }), element("h3", { text: say("all") }),
      element("ul", { class: "triple" }, ...shown.slice(0, 150).map(row)));
    return;
  }
  if (chosen.kind === "node") {
    const node = nodeById.get(chosen.id);
    const rows = edgesOf.get(node.id).filter(edgePasses);
    box.replaceChildren(...heading(node).filter(Boolean),
      element("div", { class: "badges" }, element("span", { class: "badge" }, shapeIcon(legend.types[node.type]), label(legend.types[node.type]))),
      element("h3", { text: say("relations") }), element("ul", { class: "triple" }, ...rows.slice(0, 150).map(row)));
    return;
  }
  const edge = edgeById.get(chosen.id);
  const end = (id) => element("button", { type: "button", onclick: () => choose("node", id, true) },
    shapeIcon(legend.types[nodeById.get(id).type]), element("bdi", { text: label(nodeById.get(id)) }));
  box.replaceChildren(element("h2", { text: label(legend.predicates[edge.predicate]) }),
    element("div", { class: "badges" }, element("span", { class: "badge" }, swatch(legend.families[edge.family]), label(legend.families[edge.family])),
      element("span", { class: "badge" }, lineIcon(legend.statuses[edge.status]), label(legend.statuses[edge.status]))),
    element("ul", { class: "triple" }, element("li", {}, end(edge.from)), element("li", {}, end(edge.to))),
    element("h3", { text: edge.status === "inferred" ? say("chain") : say("evidence") }), ...edge.evidence.map((item) => quote(item, edge.color)));
}

/* ---- search ---- */
const folded = (text) => (text || "").toLowerCase().normalize("NFKD").replace(/[\u064b-\u065f\u0670\u0640\u0300-\u036f]/g, "")
  .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ؤ/g, "و").replace(/ئ/g, "ي");
const keys = data.nodes.map((node) => folded(`${node.ar} ${node.en || ""}`));
let marked = 0;
function hits() {
  const wanted = folded($("search").value.trim());
  const found = wanted ? data.nodes.filter((_, index) => keys[index].includes(wanted)).slice(0, 12) : [];
  marked = 0;
  $("hits").replaceChildren(...found.map((node, index) => {
    const item = element("li", { role: "option", id: `hit-${index}`, "aria-selected": String(index === 0), "data-id": node.id, dir: "auto",
      text: `${label(node)} · ${label(legend.types[node.type])}` });
    item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(node.id); });
    return item;
  }));
  $("hits").hidden = !found.length;
  $("search").setAttribute("aria-expanded", String(found.length > 0));
}
function pick(id) {
  const node = nodeById.get(id);
  offTypes.delete(node.type);
  $("hits").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
  controls();
  choose("node", id, true);
}
$("search").addEventListener("input", hits);
$("search").addEventListener("blur", () => { $("hits").hidden = true; });
$("search").addEventListener("keydown", (event) => {
  const items = [...$("hits").children];
  if (event.key === "Escape") { $("hits").hidden = true; choose(null, null); }
  if (!items.length) return;
  if (event.key === "Enter") pick(items[marked].dataset.id);
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  marked = (marked + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length;
  items.forEach((item, index) => item.setAttribute("aria-selected", String(index === marked)));
  $("search").setAttribute("aria-activedescendant", items[marked].id);
});

/* ---- language, theme, buttons ---- */
function controls() {
  choices($("statuses"), legend.statuses, tally(data.edges, "status"), offStatuses, lineIcon);
  choices($("families"), legend.families, tally(data.edges, "family"), offFamilies, swatch);
  choices($("types"), legend.types, tally(data.nodes, "type"), offTypes, shapeIcon);
}
function dress() {
  document.documentElement.lang = state.lang;
  document.documentElement.dir = state.lang === "ar" ? "rtl" : "ltr";
  document.documentElement.dataset.theme = state.dark ? "dark" : "light";
  for (const [id, key] of [["filters-title", "filters"], ["status-title", "status"], ["family-title", "family"], ["type-title", "type"],
    ["fit", "fit"], ["save", "save"], ["lang", "lang"], ["theme", state.dark ? "light" : "dark"]]) $(id).textContent = say(key);
  $("search").placeholder = say("search");
  $("search").setAttribute("aria-label", say("search"));
  $("network").setAttribute("aria-label", say("graph"));
  $("panel").setAttribute("aria-label", say("evidence"));
  $("hits").setAttribute("aria-label", say("type"));
  controls();
  refresh();
}
$("fit").addEventListener("click", () => network.fit({ animation: { duration: 400 } }));
$("lang").addEventListener("click", () => { state.lang = state.lang === "ar" ? "en" : "ar"; dress(); });
$("theme").addEventListener("click", () => { state.dark = !state.dark; dress(); });
$("save").addEventListener("click", () => {
  const drawn = $("network").querySelector("canvas");
  const copy = document.createElement("canvas");
  copy.width = drawn.width;
  copy.height = drawn.height;
  const brush = copy.getContext("2d");
  brush.fillStyle = paper();
  brush.fillRect(0, 0, copy.width, copy.height);
  brush.drawImage(drawn, 0, 0);
  copy.toBlob((image) => {
    const link = element("a", { download: "hadath.png", href: URL.createObjectURL(image) });
    link.click();
    URL.revokeObjectURL(link.href);
  });
});
network.on("click", (event) => {
  if (event.nodes.length) choose("node", event.nodes[0]);
  else if (event.edges.length) choose("edge", event.edges[0]);
  else choose(null, null);
});
if (matchMedia("(max-width: 860px)").matches) $("filters").open = false;
dress();
network.once("afterDrawing", () => { network.fit(); document.documentElement.dataset.ready = "yes"; });
window.hadath = { network, choose, state };
