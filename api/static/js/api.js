/* Talking to the API. The key, where one is needed, stays in this window's session storage. */

import { $, toast } from "./dom.js";
import { say } from "./words.js";

const KEY = "hadath-key";

export class Problem extends Error {
  constructor(body) {
    super(body.detail || say("failed"));
    this.status = body.status;
  }
}

function headers(extra) {
  const key = sessionStorage.getItem(KEY);
  return key ? { ...extra, Authorization: `Bearer ${key}` } : extra;
}

let asking = null;
function askForKey() {
  asking ??= new Promise((resolve) => {
    const dialog = $("key-dialog");
    $("key").value = "";
    dialog.showModal();
    dialog.addEventListener("close", () => {
      asking = null;
      if (dialog.returnValue === "ok") sessionStorage.setItem(KEY, $("key").value.trim());
      resolve(dialog.returnValue === "ok");
    }, { once: true });
  });
  return asking;
}

/** The answer to a request; `Problem` says what the server said against it. */
export async function request(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: headers(options.headers || {}) });
  if (answer.ok) return answer;
  if (answer.status === 401 && await askForKey()) return request(path, options);
  let body = { status: answer.status };
  try { body = await answer.json(); } catch { /* not every proxy answers with a problem document */ }
  throw new Problem(body);
}

/** Parameters that are null, undefined or "" are left out; lists are repeated. */
export function query(path, parameters = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== null && item !== undefined && item !== "") search.append(name, item);
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export const get = async (path, parameters) => (await request(query(path, parameters))).json();
export const post = async (path, body) => (await request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).json();

/** Show what went wrong in one line, instead of an unhandled rejection. */
export const guarded = (work) => async (...given) => {
  try { return await work(...given); } catch (error) { toast(error.message); return null; }
};
