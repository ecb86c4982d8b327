/* The legend, which is also the filter. */

import { $, element, lineIcon, shapeIcon, swatch } from "./dom.js";
import { edges, familyOf, nodes, places, schema } from "./data.js";
import { state, update } from "./state.js";
import { label, say } from "./words.js";

const tally = (items, key) => items.reduce((sum, item) => sum.set(key(item), (sum.get(key(item)) || 0) + 1), new Map());

function choices(box, entries, counts, name, icon) {
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.name : null;
  const listed = Object.keys(entries).filter((key) => counts.has(key) || name === "offStatuses");
  box.replaceChildren(...listed.map((key) => {
    const input = element("input", { type: "checkbox", "data-name": key });
    input.checked = !state[name].includes(key);
    input.addEventListener("change", () => update({ [name]: input.checked ? state[name].filter((other) => other !== key) : [...state[name], key] }));
    return element("label", { class: "choice" }, input, icon(entries[key]), element("span", { text: label(entries[key]) }),
      element("span", { class: "count", text: String(counts.get(key) || 0) }));
  }));
  if (focused) box.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
}

function options(select, value, entries) {
  select.replaceChildren(element("option", { value: "", text: say("any") }), ...entries.map(([key, text]) => element("option", { value: key, text })));
  if (value && !entries.some(([key]) => key === value)) select.append(element("option", { value, text: value }));
  select.value = value;
}

export function drawFilters() {
  const all = [...edges.values()];
  choices($("statuses"), schema.statuses, tally(all, (edge) => edge.status), "offStatuses", lineIcon);
  choices($("families"), schema.families, tally(all, familyOf), "offFamilies", swatch);
  choices($("types"), schema.types, tally([...nodes.values()], (node) => node.type), "offTypes", shapeIcon);
  options($("place"), state.place, [...places.values()].map((place) => [place.id, label(place)]));
  options($("source"), state.source, [...new Set(all.flatMap((edge) => edge.sources))].sort().map((source) => [source, source]));
  $("from").value = state.from;
  $("to").value = state.to;
}

export function startFilters() {
  for (const name of ["from", "to", "place", "source"]) $(name).addEventListener("change", () => update({ [name]: $(name).value }));
  if (matchMedia("(max-width: 900px)").matches) $("filters").open = false;
}
