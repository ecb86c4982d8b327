/* The network: draws what is shown, lets new neighbours settle, tells what was clicked. */

import { $, download } from "./dom.js";
import { edges, familyOf, nodes, schema, shown } from "./data.js";
import { state } from "./state.js";
import { getLanguage, label } from "./words.js";

/* global vis */
const SETTLE_LIMIT = 300;
/** Past this many edges their labels are in the tooltips only. */
const LABEL_LIMIT = 45;
const face = "Noto Sans Arabic, Segoe UI, Geeza Pro, Tahoma, DejaVu Sans, sans-serif";
const drawnNodes = new vis.DataSet();
const drawnEdges = new vis.DataSet();
let network;
const dark = () => document.documentElement.dataset.theme === "dark";
const ink = () => (dark() ? "#eceae4" : "#1d2126");
const paper = () => (dark() ? "#14161a" : "#ffffff");
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function startGraph({ onChoose, onExpand }) {
  network = new vis.Network($("network"), { nodes: drawnNodes, edges: drawnEdges }, {
    physics: { enabled: false, solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -160, springLength: 150, springConstant: 0.05, avoidOverlap: 0.8, centralGravity: 0.01 },
      stabilization: { enabled: true, iterations: 220, fit: false } },
    layout: { randomSeed: 7, improvedLayout: false },
    interaction: { hover: true, tooltipDelay: 150, keyboard: { enabled: true, bindToWindow: false } },
    nodes: { font: { face, size: 17, strokeWidth: 4 }, scaling: { label: { enabled: false } } },
    edges: { arrows: { to: { scaleFactor: 0.6 } }, arrowStrikethrough: false, selectionWidth: 1.6, font: { face, size: 13, strokeWidth: 5, align: "horizontal" } },
  });
  network.on("click", (event) => {
    if (event.nodes.length) onChoose({ kind: "node", id: event.nodes[0] });
    else if (event.edges.length) onChoose({ kind: "edge", id: event.edges[0] });
    else onChoose(null);
  });
  network.on("doubleClick", (event) => { if (event.nodes.length) onExpand(event.nodes[0]); });
  network.on("stabilizationIterationsDone", rest);
  $("fit").addEventListener("click", () => fit());
}

function rest() {
  network.setOptions({ physics: { enabled: false } });
  fit();
}
export const fit = () => network.fit({ animation: calm() ? false : { duration: 350 }, maxZoomLevel: 1.15 });

const wrapped = (text) => {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1) && lines.at(-1).length + word.length > 20) lines.push("");
    lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines.slice(0, 3).join("\n");
};

function lookOfNode(node, degree) {
  const kind = schema.types[node.type];
  const box = kind.shape === "box";
  const fill = box ? paper() : kind.colour;
  return { id: node.id, label: wrapped(label(node)), title: `${label(node)}\n${label(kind)}`, shape: kind.shape,
    size: Math.min(34, 14 + 4 * Math.sqrt(Math.max(degree - 1, 0))), margin: 8, borderWidth: state.seeds.includes(node.id) ? 4 : 2, borderWidthSelected: 5,
    color: { background: fill, border: box ? kind.colour : state.seeds.includes(node.id) ? ink() : paper(), highlight: { background: fill, border: ink() }, hover: { background: fill, border: ink() } },
    font: { color: ink(), strokeColor: paper(), size: box ? 15 : 17 }, shapeProperties: { borderRadius: 6 } };
}

function lookOfEdge(edge, lane, alone, crowded) {
  const predicate = schema.predicates[edge.predicate];
  const status = schema.statuses[edge.status];
  const colour = schema.families[familyOf(edge)].colour;
  return { id: edge.id, from: edge.source, to: edge.target, arrows: predicate.symmetric ? "" : "to", dashes: status.dash.length ? status.dash : false,
    width: Math.min(6, 1.6 + Math.log2(Math.max(edge.article_count, 1))), color: { color: colour, highlight: colour, hover: colour, opacity: status.opacity },
    label: crowded ? undefined : label(predicate) + (edge.article_count > 1 ? ` ×${edge.article_count}` : ""),
    title: `${label(nodes.get(edge.source))} ${getLanguage() === "en" ? "→" : "←"} ${label(predicate)} ${getLanguage() === "en" ? "→" : "←"} ${label(nodes.get(edge.target))} (${label(status)})`,
    font: { color: ink(), strokeColor: paper() },
    smooth: alone ? { enabled: false } : { enabled: true, type: "curvedCW", roundness: Math.min(0.6, 0.14 * (lane + 1)) } };
}

function replace(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

/** Draw what is shown; `fresh` neighbours start round the one that brought them in, and settle. */
export function draw({ fresh = [], around = null } = {}) {
  const view = shown();
  const degree = new Map();
  const pairs = new Map();
  for (const edge of view.edges) {
    for (const id of [edge.source, edge.target]) degree.set(id, (degree.get(id) || 0) + 1);
    const pair = [edge.source, edge.target].sort().join(" ");
    pairs.set(pair, (pairs.get(pair) || 0) + 1);
  }
  const lanes = new Map();
  const news = new Set(fresh);
  const middle = around && drawnNodes.get(around) ? network.getPosition(around) : { x: 0, y: 0 };
  let turn = 0;
  replace(drawnNodes, view.nodes.map((node) => {
    const look = lookOfNode(node, degree.get(node.id) || 0);
    if (!news.has(node.id) && drawnNodes.get(node.id)) return look;
    turn += 1;
    const reach = node.id === around ? 0 : 90 + 26 * Math.sqrt(turn);
    return { ...look, x: middle.x + reach * Math.cos(turn * 2.4), y: middle.y + reach * Math.sin(turn * 2.4) };
  }));
  replace(drawnEdges, view.edges.map((edge) => {
    const lane = lanes.get(`${edge.source} ${edge.target}`) || 0;
    lanes.set(`${edge.source} ${edge.target}`, lane + 1);
    return lookOfEdge(edge, lane, pairs.get([edge.source, edge.target].sort().join(" ")) === 1, view.edges.length > LABEL_LIMIT);
  }));
  if (turn && view.nodes.length <= SETTLE_LIMIT) { network.setOptions({ physics: { enabled: true } }); network.stabilize(220); }
  else if (turn) fit();
  mark();
  return view;
}

/** Select what is chosen, where it is drawn. */
export function mark() {
  const chosen = state.chosen;
  network.unselectAll();
  if (chosen?.kind === "node" && drawnNodes.get(chosen.id)) network.selectNodes([chosen.id], true);
  if (chosen?.kind === "edge" && drawnEdges.get(chosen.id)) network.selectEdges([chosen.id]);
}

export function savePicture() {
  const canvas = $("network").querySelector("canvas");
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const brush = copy.getContext("2d");
  brush.fillStyle = paper();
  brush.fillRect(0, 0, copy.width, copy.height);
  brush.drawImage(canvas, 0, 0);
  copy.toBlob((image) => download("hadath.png", image));
}

/** For tests and the curious: where a node is on the page. */
export const positionOf = (id) => network.canvasToDOM(network.getPosition(id));
export const edgeCount = () => edges.size;
