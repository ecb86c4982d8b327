/* The Cypher box: recipes, a query, a table. The server lets it read and nothing else. */

import { post } from "./api.js";
import { $, download, element } from "./dom.js";
import { schema } from "./data.js";
import { label, say } from "./words.js";

let last = "";
const cell = (value) => (value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/** A cell that a spreadsheet could take for a formula gets an apostrophe before it. */
export const csvCell = (value) => quoted(typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : cell(value));
export const csv = (names, rows) => `\uFEFF${[names.map(csvCell).join(","), ...rows.map((row) => names.map((name) => csvCell(row[name])).join(","))].join("\r\n")}\r\n`;

export function drawCypher() {
  const box = $("view-cypher");
  const input = element("textarea", { id: "cypher-query", spellcheck: "false", "aria-label": say("cypher") });
  input.value = last || schema.recipes[0].cypher;
  const result = element("div", { id: "cypher-result" });
  const recipes = element("select", { id: "recipes", "aria-label": say("recipes"), onchange: () => { input.value = schema.recipes[recipes.value].cypher; } },
    ...schema.recipes.map((recipe, index) => element("option", { value: index, text: label(recipe) })));
  const run = async () => {
    last = input.value;
    button.disabled = true;
    try { table(result, await post("/cypher", { query: input.value })); } catch (error) { result.replaceChildren(element("p", { class: "problem", dir: "auto", role: "alert", text: error.message })); }
    button.disabled = false;
  };
  const button = element("button", { type: "button", class: "first", id: "cypher-run", text: say("run"), onclick: run });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
  box.replaceChildren(element("div", { class: "controls" }, recipes, button), input, result);
}

function table(box, answer) {
  const names = answer.columns;
  const info = `${answer.rows.length} ${say("rows")}${answer.truncated ? ` — ${say("cut")}` : ""}`;
  box.replaceChildren(element("div", { class: "controls" }, element("span", { class: "note", text: info }),
    element("button", { type: "button", text: say("saveCsv"), onclick: () => download("hadath.csv", new Blob([csv(names, answer.rows)], { type: "text/csv" })) })),
  element("table", {}, element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col", text: name })))),
    element("tbody", {}, ...answer.rows.slice(0, 500).map((row) => element("tr", {}, ...names.map((name) => element("td", { dir: "auto", text: cell(row[name]) })))))));
}
