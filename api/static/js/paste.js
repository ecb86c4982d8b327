/* Paste an article: its text with what was found in it, beside the relations that it gives. */

import { post } from "./api.js";
import { $, element, marked } from "./dom.js";
import { schema } from "./data.js";
import { label, say } from "./words.js";

export function drawPaste(onOpen) {
  const box = $("view-paste");
  if (box.dataset.made) return;
  const field = (id, key, type = "text") => element("input", { id, type, "aria-label": say(key), placeholder: type === "date" ? null : say(key), title: say(key) });
  const [title, date, source] = [field("paste-title", "title"), field("paste-date", "date", "date"), field("paste-source", "outlet")];
  const text = element("textarea", { id: "paste-text", dir: "auto", "aria-label": say("pasteHint"), placeholder: say("pasteHint") });
  const result = element("div", { id: "paste-result", "aria-live": "polite" });
  const send = async (store) => {
    for (const button of buttons) button.disabled = true;
    result.replaceChildren(element("p", { class: "note", text: say("reading") }));
    try {
      const body = { text: text.value, title: title.value || null, date: date.value || null, source: source.value || null };
      show(result, await post(`/articles?store=${store}`, body), text.value, store ? onOpen : null);
    } catch (error) { result.replaceChildren(element("p", { class: "problem", dir: "auto", role: "alert", text: error.message })); }
    for (const button of buttons) button.disabled = false;
  };
  const buttons = [element("button", { type: "button", class: "first", id: "paste-store", text: say("store"), onclick: () => send(true) }),
    element("button", { type: "button", id: "paste-read", text: say("read"), onclick: () => send(false) })];
  box.replaceChildren(element("div", { class: "controls" }, title, date, source), text, element("div", { class: "row" }, ...buttons), result);
  box.dataset.made = "yes";
}

function show(box, answer, text, onOpen) {
  const found = answer.extraction;
  const names = new Map([...found.actors, ...found.places].map((entity) => [entity.id, entity]));
  const marks = [...found.actors, ...found.places].flatMap((entity) => entity.mentions.map((span) => ({ ...span, colour: schema.types[entity.type].colour, title: label(entity) })));
  const triggers = found.events.map((event) => ({ ...event.trigger, colour: schema.families[schema.events[event.type].family].colour, title: label(schema.events[event.type]) }));
  const rows = found.triples.map((triple) => {
    const predicate = schema.predicates[triple.predicate];
    return element("li", {}, element("button", { type: "button", onclick: () => highlight(reading, text, [{ ...triple.evidence, colour: schema.families[predicate.family].colour }]) },
      element("bdi", { text: label(names.get(triple.subject)) }), element("span", { class: "pred", colour: schema.families[predicate.family].colour, text: label(predicate) }),
      element("bdi", { text: label(names.get(triple.object)) }),
      triple.status === "stated" ? null : element("span", { class: "unsure", text: `(${label(schema.statuses[triple.status])})` })));
  });
  const reading = element("div", { class: "reading", dir: "auto", lang: "ar", id: "paste-reading" });
  highlight(reading, answer.text ?? text, [...marks, ...triggers]);
  box.replaceChildren(
    element("div", { class: "controls" }, element("strong", { text: answer.changes ? say("stored") : "" }),
      onOpen ? element("button", { type: "button", id: "paste-open", text: say("openInGraph"), onclick: () => onOpen([...new Set(found.triples.flatMap((triple) => [triple.subject, triple.object]))].slice(0, 12)) }) : null),
    element("div", { class: "split" }, reading,
      element("div", {}, rows.length ? element("ul", { class: "triple" }, ...rows) : element("p", { class: "note", text: say("none") }))));
}

function highlight(box, text, marks) {
  box.replaceChildren(...marked(text, marks));
  if (marks.length === 1) box.querySelector("mark")?.scrollIntoView({ block: "nearest" });
}
