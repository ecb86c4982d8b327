/* The graph that is shown: the neighbourhoods of the seeds, and what the filters let through. */

import { get } from "./api.js";
import { state } from "./state.js";

export const schema = {};
export const nodes = new Map();
export const edges = new Map();
/** the places that edges name, by id */
export const places = new Map();
/** whether the server left out weaker relations */
export let truncated = false;

export async function loadSchema() { Object.assign(schema, await get("/schema")); }

/** Make nodes and edges those of the seeds. Answers with the ids of entities that were not there before. */
export async function loadSeeds() {
  const answer = state.seeds.length ? await get("/graph", { ids: state.seeds, status: "all", limit: 90 * state.seeds.length }) : { nodes: [], edges: [], places: {}, truncated: false };
  const fresh = answer.nodes.filter((node) => !nodes.has(node.id)).map((node) => node.id);
  nodes.clear();
  edges.clear();
  places.clear();
  for (const node of answer.nodes) nodes.set(node.id, node);
  for (const edge of answer.edges) edges.set(edge.id, edge);
  for (const place of Object.values(answer.places)) places.set(place.id, place);
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
    && (!state.place || event.place?.id === state.place) && (!state.source || event.sources.includes(state.source));
}

/** The events of the seeds, or of the whole graph without any, at most 5,000, with entities for their ids. */
export async function loadEvents() {
  const answer = await get("/events/points", { ids: state.seeds });
  const known = (id) => (id === null ? null : answer.entities[id]);
  return answer.items.map((item) => ({ ...item, place: known(item.place), sources: item.documents.map((document) => answer.sources[document]),
    participants: item.participants.filter((participant) => participant.id).map((participant) => ({ ...known(participant.id), role: participant.role })) }));
}
