/* The casualty ledger: what the articles report, as ranges; kinds are never added to each other. */

import { get } from "./api.js";
import { $, element } from "./dom.js";
import { schema } from "./data.js";
import { state } from "./state.js";
import { day, getLanguage, label, say } from "./words.js";

const groups = ["victim", "by", "place", "month", "source"];
let group = "victim";

export const range = (row) => (row.max === null ? `${row.min}+` : row.min === row.max ? String(row.min) : `${row.min}–${row.max}`);

export async function drawLedger() {
  const box = $("view-ledger");
  if (!box.childElementCount) box.replaceChildren(element("p", { class: "note", text: say("loading") }));
  const filter = { actor: state.seeds.length === 1 ? state.seeds[0] : null, place: state.place, since: state.from, until: state.to, source: state.source };
  const [sums, rows] = await Promise.all([get("/casualties/ledger", { ...filter, by: group }), get("/casualties", { ...filter, limit: 200 })]);
  const note = { ar: "حصيلة ما تذكره المقالات، وقد يذكر مقالان الضحايا أنفسهم. لا يُجمع نوع مع نوع آخر.",
    en: "Sums of what articles report; two articles may report the same people. Kinds are never added to each other." }[getLanguage()];
  const pick = element("select", { id: "ledger-by", "aria-label": say("ledger"), onchange: (event) => { group = event.target.value; drawLedger(); } },
    ...groups.map((name) => element("option", { value: name, text: say(name) })));
  pick.value = group;
  const kindsShown = Object.keys(schema.casualty_kinds).filter((kind) => sums.items.some((item) => item.kind === kind));
  const names = new Map();
  for (const item of sums.items) { const key = item.group?.id ?? item.group?.label_ar ?? ""; if (!names.has(key)) names.set(key, { label: item.group ? label(item.group) : "—", kinds: new Map() }); names.get(key).kinds.set(item.kind, item); }
  const summary = element("table", { id: "ledger-sums" }, element("thead", {}, element("tr", {}, element("th", { scope: "col", text: say(group) }),
    ...kindsShown.map((kind) => element("th", { scope: "col", class: "number", text: label(schema.casualty_kinds[kind]) })))),
  element("tbody", {}, ...[...names.values()].map((entry) => element("tr", {}, element("th", { scope: "row", dir: "auto", text: entry.label }),
    ...kindsShown.map((kind) => element("td", { class: "number" }, entry.kinds.has(kind) ? element("bdi", { dir: "ltr", text: range(entry.kinds.get(kind)) }) : ""))))));
  const list = element("table", { id: "ledger-rows" }, element("thead", {}, element("tr", {}, ...["kind", "count", "victim", "by", "text"].map((key) => element("th", { scope: "col", class: key === "count" ? "number" : null, text: say(key) })))),
    element("tbody", {}, ...rows.items.map((row) => element("tr", {}, element("td", { text: label(schema.casualty_kinds[row.kind]) }), element("td", { class: "number" }, element("bdi", { dir: "ltr", text: range(row) })),
      element("td", { dir: "auto", text: row.victim ? label(row.victim) : "—" }), element("td", { dir: "auto", text: row.by ? label(row.by) : "—" }),
      element("td", { dir: "auto" }, row.evidence, element("div", { class: "note", text: [row.document.source, day(row.document.date)].filter(Boolean).join(" — ") }))))));
  box.replaceChildren(element("div", { class: "controls" }, pick, element("span", { class: "note", text: note })),
    ...(rows.items.length ? [summary, element("h2", { class: "minor", text: say("articles") }), list] : [element("p", { class: "note", text: say("none") })]));
}
