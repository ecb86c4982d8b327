/* Search as you type, usable from the keyboard. */

import { get, guarded } from "./api.js";
import { $, element, shapeIcon } from "./dom.js";
import { schema } from "./data.js";
import { label, say } from "./words.js";

let timer;
let asked = 0;
let at = 0;

export function startSearch(onPick) {
  const input = $("search");
  const box = $("hits");
  const close = () => { box.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const pick = (item) => { close(); input.value = ""; onPick(item.dataset.id); };
  const point = (index) => {
    const items = [...box.children];
    at = (index + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  };
  const look = guarded(async () => {
    const wanted = input.value.trim();
    asked += 1;
    const turn = asked;
    if (!wanted) { close(); return; }
    const found = await get("/entities", { search: wanted, limit: 12 });
    if (turn !== asked) return;
    box.replaceChildren(...found.items.map((entity, index) => {
      const item = element("li", { role: "option", id: `hit-${index}`, "data-id": entity.id, "aria-selected": String(index === 0) },
        shapeIcon(schema.types[entity.type]), element("bdi", { text: label(entity) }), element("small", { text: `${label(schema.types[entity.type])} · ${entity.article_count ?? 0} ${say("articles")}` }));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(item); });
      return item;
    }));
    if (!found.items.length) box.replaceChildren(element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", text: say("none") }));
    at = 0;
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
  });
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 140); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const items = [...box.querySelectorAll("[data-id]")];
    if (event.key === "Escape") close();
    if (box.hidden || !items.length) return;
    if (event.key === "Enter") { event.preventDefault(); pick(items[at]); }
    if (event.key === "ArrowDown") { event.preventDefault(); point(at + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); point(at - 1); }
  });
}
