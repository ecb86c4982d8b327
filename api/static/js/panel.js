/* The panel beside the picture: what an entity is, and the sentences behind a relation or an event. */

import { get, guarded } from "./api.js";
import { $, badge, element, lineIcon, marked, shapeIcon, swatch } from "./dom.js";
import { edgePasses, edges, ends, familyOf, nodes, schema } from "./data.js";
import { state, update } from "./state.js";
import { day, label, say } from "./words.js";

const ROWS = 120;
let actions;
let turn = 0;

export function startPanel(given) { actions = given; }

const choose = (kind, id) => update({ chosen: { kind, id } });

export function relationRow(edge) {
  return element("li", {}, element("button", { type: "button", onclick: () => choose("edge", edge.id) },
    element("bdi", { text: label(nodes.get(edge.source)) }),
    element("span", { class: "pred", colour: schema.families[familyOf(edge)].colour, text: label(schema.predicates[edge.predicate]) }),
    element("bdi", { text: label(nodes.get(edge.target)) }),
    edge.status === "stated" ? null : element("span", { class: "unsure", text: `(${label(schema.statuses[edge.status])})` })));
}

/** One sentence of an article, with what it shows marked, and where it stands. */
export function quote(item, colour) {
  const facts = [
    item.said_by ? `${say("saidBy")}: ${label(item.said_by)}` : "",
    item.event ? `${say("event")}: ${label(schema.events[item.event.type])}` : "",
    item.place ? `${say("where")}: ${label(item.place)}` : "",
    item.time ? `${say("when")}: ${item.time}` : "",
    item.confidence == null ? "" : `${say("sure")}: ${Math.round(item.confidence * 100)}%`,
    [item.document.title, item.document.source, day(item.document.date)].filter(Boolean).join(" — "),
  ].filter(Boolean);
  return element("figure", { class: "quote", colour }, element("blockquote", { dir: "auto", lang: "ar" }, ...marked(item.sentence, item.marks || [])),
    element("footer", {}, ...facts.map((fact) => element("div", { dir: "auto", text: fact }))));
}

function heading(entity) {
  const other = [entity.label_ar, entity.label_en].find((text) => text && text !== label(entity));
  return [element("h2", { dir: "auto", text: label(entity) }), other ? element("p", { class: "other", dir: "auto", text: other }) : null];
}

async function entityPanel(id) {
  const [entity, mentions] = await Promise.all([get(`/entities/${encodeURIComponent(id)}`), get(`/entities/${encodeURIComponent(id)}/mentions`, { limit: 5 })]);
  const kind = schema.types[entity.type];
  const rows = [...edges.values()].filter((edge) => ends(edge).includes(id) && edgePasses(edge));
  const names = (entity.names || []).filter((name) => name !== entity.label_ar);
  return [...heading(entity),
    element("div", { class: "badges" }, badge(shapeIcon(kind), kind), element("span", { class: "badge", text: `${entity.article_count ?? 0} ${say("articles")}` })),
    names.length ? element("p", { class: "other", dir: "auto", text: `${say("names")}: ${names.slice(0, 12).join("، ")}` }) : null,
    element("div", { class: "row" },
      element("button", { type: "button", class: "first", id: "expand", text: say("expand"), onclick: () => actions.expand(id) }),
      element("button", { type: "button", text: say("hide"), onclick: () => actions.hide(id) }),
      element("button", { type: "button", text: say("showTimeline"), onclick: () => actions.timeline(id) })),
    rows.length ? element("h3", { text: say("relations") }) : null,
    element("ul", { class: "triple" }, ...rows.slice(0, ROWS).map(relationRow)),
    element("h3", { text: say("mentions") }), ...mentions.items.map((item) => quote(item, kind.colour))];
}

async function relationPanel(id) {
  const edge = edges.get(id);
  if (!edge) return overview();
  const evidence = await get("/graph/evidence", { edge: edge.edge_ids.slice(0, 40) });
  const family = schema.families[familyOf(edge)];
  const end = (key) => element("li", {}, element("button", { type: "button", onclick: () => choose("node", key) },
    shapeIcon(schema.types[nodes.get(key).type]), element("bdi", { text: label(nodes.get(key)) })));
  return [element("h2", { text: label(schema.predicates[edge.predicate]) }),
    element("div", { class: "badges" }, badge(swatch(family), family), badge(lineIcon(schema.statuses[edge.status]), schema.statuses[edge.status])),
    element("ul", { class: "triple" }, end(edge.source), end(edge.target)),
    element("h3", { text: say(edge.status === "inferred" ? "chain" : "evidence") }),
    ...evidence.items.map((item) => quote(item, family.colour))];
}

async function eventPanel(id) {
  const event = await get(`/events/${encodeURIComponent(id)}`);
  const family = schema.families[schema.events[event.type].family];
  return [element("h2", { text: label(schema.events[event.type]) }),
    element("div", { class: "badges" }, badge(swatch(family), family), badge(lineIcon(schema.statuses[event.status]), schema.statuses[event.status]),
      event.date ? element("span", { class: "badge", text: event.date }) : null),
    element("ul", { class: "triple" }, ...event.participants.map((participant) => element("li", {},
      element("button", { type: "button", onclick: () => actions.open(participant.id) }, shapeIcon(schema.types[participant.type]),
        element("bdi", { text: label(participant) }), element("span", { class: "unsure", text: label(schema.roles[participant.role]) }))))),
    element("h3", { text: say("evidence") }), ...event.evidence.map((item) => quote(item, family.colour))];
}

function overview() {
  const rows = [...edges.values()].filter(edgePasses);
  return [element("p", { class: "other", text: say("hint") }), rows.length ? element("h3", { text: say("relations") }) : null,
    element("ul", { class: "triple" }, ...rows.slice(0, ROWS).map(relationRow))];
}

const kinds = { node: entityPanel, edge: relationPanel, event: eventPanel };
export const drawPanel = guarded(async () => {
  turn += 1;
  const mine = turn;
  const parts = state.chosen ? await kinds[state.chosen.kind](state.chosen.id) : overview();
  if (mine !== turn) return;
  $("panel").replaceChildren(...parts.filter(Boolean));
});
