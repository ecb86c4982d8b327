/* What is shown: one object, kept in the address so that a link restores the view. */

const listeners = new Set();

export const state = {
  view: "graph",
  /** ids of the entities whose neighbourhoods make up the graph, in the order in which they were opened */
  seeds: [],
  /** entities taken out of the view */
  hidden: [],
  /** {kind: "node" | "edge" | "event", id} or null */
  chosen: null,
  offStatuses: [],
  offFamilies: [],
  offTypes: [],
  from: "", to: "", place: "", source: "",
  lang: "ar",
  theme: "",
};

const lists = ["seeds", "hidden", "offStatuses", "offFamilies", "offTypes"];
const texts = ["view", "from", "to", "place", "source", "lang", "theme"];

export function subscribe(listener) { listeners.add(listener); }

/** Change some of it; every listener hears which keys changed. */
export function update(changes) {
  const changed = new Set(Object.keys(changes).filter((key) => JSON.stringify(state[key]) !== JSON.stringify(changes[key])));
  if (!changed.size) return;
  Object.assign(state, changes);
  history.replaceState(null, "", link());
  for (const listener of listeners) listener(changed);
}

export function link() {
  const hash = new URLSearchParams();
  for (const name of lists) for (const item of state[name]) hash.append(name, item);
  for (const name of texts) if (state[name]) hash.set(name, state[name]);
  if (state.chosen) hash.set("chosen", `${state.chosen.kind}:${state.chosen.id}`);
  return `${location.pathname}#${hash}`;
}

/** Read the address; what it does not name keeps the default given. */
export function restore(defaults) {
  Object.assign(state, defaults);
  const hash = new URLSearchParams(location.hash.slice(1));
  if (![...hash].length) return;
  for (const name of lists) state[name] = hash.getAll(name);
  for (const name of texts) if (hash.has(name)) state[name] = hash.get(name);
  const chosen = /^(node|edge|event):(.+)$/.exec(hash.get("chosen") || "");
  state.chosen = chosen ? { kind: chosen[1], id: chosen[2] } : null;
}
