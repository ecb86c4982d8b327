/* Taking a view along: as a link, a page of its own, a picture, a table. */

import { guarded, request } from "./api.js";
import { csv } from "./cypher.js";
import { $, download, toast } from "./dom.js";
import { nodes, schema, shown } from "./data.js";
import { savePicture } from "./graph.js";
import { link } from "./state.js";
import { label, say } from "./words.js";

const ways = {
  async link() {
    const url = new URL(link(), location.href).href;
    try { await navigator.clipboard.writeText(url); toast(say("copied")); } catch { toast(url); }
  },
  async html() {
    const view = shown();
    const answer = await request("/export/view", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ nodes: view.nodes.map((node) => node.id), edges: view.edges.map((edge) => edge.id), title: document.title }) });
    download("hadath.html", await answer.blob());
  },
  async png() { savePicture(); },
  async csv() {
    const names = ["subject", "predicate", "object", "status", "articles", "first_seen", "last_seen"];
    const rows = shown().edges.map((edge) => ({ subject: label(nodes.get(edge.source)), predicate: label(schema.predicates[edge.predicate]), object: label(nodes.get(edge.target)),
      status: label(schema.statuses[edge.status]), articles: edge.article_count, first_seen: edge.first_seen ?? null, last_seen: edge.last_seen ?? null }));
    download("hadath.csv", new Blob([csv(names, rows)], { type: "text/csv" }));
  },
};

export function startSave() {
  for (const button of $("save").querySelectorAll("[data-save]")) {
    button.addEventListener("click", guarded(async () => { $("save").open = false; await ways[button.dataset.save](); }));
  }
  document.addEventListener("click", (event) => { if (!$("save").contains(event.target)) $("save").open = false; });
}
