/* The graph that is shown: the neighbourhoods of the seeds, and what the filters let through. */

import { get } from "./api.js";
import { state } from "./state.js";

export const schema = {};
export const nodes = new Map();
export const edges = new Map();
/** whether the server left out weaker relations */
export let truncated = false;

export async function loadSchema() { Object.assign(schema, await get("/schema")); }

/** Make nodes and edges those of the seeds. Answers with the ids of entities that were not there before. */
export async function loadSeeds() {
  const answer = state.seeds.length ? await get("/graph", { ids: state.seeds, status: "all", limit: 400 }) : { nodes: [], edges: [], truncated: false };
  const fresh = answer.nodes.filter((node) => !nodes.has(node.id)).map((node) => node.id);
  nodes.clear();
  edges.clear();
  for (const node of answer.nodes) nodes.set(node.id, node);
  for (const edge of answer.edges) edges.set(edge.id, edge);
  truncated = answer.truncated;
  return fresh;
}

const within = (edge) => (!state.from || (edge.last_seen || "") >= state.from) && (!state.to || (edge.first_seen && edge.first_seen <= state.to));
export const familyOf = (edge) => schema.predicates[edge.predicate].family;

export function edgePasses(edge) {
  return !state.offStatuses.includes(edge.status) && !state.offFamilies.includes(familyOf(edge)) && within(edge)
    && (!state.place || edge.places.includes(state.place)) && (!state.source || edge.sources.includes(state.source))
    && ends(edge).every((id) => !state.hidden.includes(id) && !state.offTypes.includes(nodes.get(id).type));
}
export const ends = (edge) => [edge.source, edge.target];

/** The nodes and edges that the filters let through; a seed stays without edges too. */
export function shown() {
  const shownEdges = [...edges.values()].filter(edgePasses);
  const ids = new Set(shownEdges.flatMap(ends));
  for (const id of state.seeds) if (nodes.has(id) && !state.hidden.includes(id)) ids.add(id);
  return { nodes: [...ids].map((id) => nodes.get(id)), edges: shownEdges };
}

/** Events pass the same filters as edges. */
export function eventPasses(event) {
  const day = event.date || "";
  return !state.offStatuses.includes(event.status) && !state.offFamilies.includes(schema.events[event.type].family)
    && (!state.from || day >= state.from) && (!state.to || (day && day <= state.to))
    && (!state.place || event.place?.id === state.place) && (!state.source || event.documents.some((document) => document.source === state.source));
}

const EVENT_PAGES = 5;
/** The events of the seeds, or of the whole graph without any, at most 5,000. */
export async function loadEvents() {
  const found = new Map();
  for (const actor of state.seeds.length ? state.seeds.slice(0, 12) : [null]) {
    let after = null;
    for (let page = 0; page < EVENT_PAGES; page += 1) {
      const answer = await get("/events", { actor, after, status: "all", limit: 1000 });
      for (const event of answer.items) found.set(event.id, event);
      after = answer.next;
      if (!after) break;
    }
  }
  return [...found.values()];
}
