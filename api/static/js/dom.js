/* Making elements. Text is set as text always: nothing that an article says becomes HTML. */

import { label } from "./words.js";

export const $ = (id) => document.getElementById(id);

/** element("button", { type: "button", onclick: run, text: "…" }, ...children); null children are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") made.textContent = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "colour") made.style.setProperty("--c", value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") made.textContent = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const icon = (width, height, shape) => svg("svg", { width, height, "aria-hidden": "true" }, shape);
const outlines = {
  square: "2,2 14,2 14,14 2,14", triangle: "8,1 15,14 1,14", triangleDown: "1,2 15,2 8,15", diamond: "8,0 16,8 8,16 0,8",
  hexagon: "4,1 12,1 16,8 12,15 4,15 0,8", star: "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6", box: "0,4 16,4 16,12 0,12",
};
export const shapeIcon = (type) => icon(16, 16, outlines[type.shape]
  ? svg("polygon", { points: outlines[type.shape], fill: type.colour })
  : svg("circle", { cx: 8, cy: 8, r: 7, fill: type.colour }));
export const lineIcon = (status) => icon(34, 10, svg("line", { x1: 0, y1: 5, x2: 34, y2: 5, stroke: "currentColor", "stroke-width": 2.4,
  "stroke-dasharray": status.dash.join(" "), opacity: status.opacity }));
export const swatch = (family) => icon(16, 10, svg("rect", { width: 16, height: 10, rx: 3, fill: family.colour }));
export const badge = (mark, entry) => element("span", { class: "badge" }, mark, label(entry));

let hiding;
export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { $("toast").hidden = true; }, 4000);
}

export function download(name, blob) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The text with the ranges of `marks` ({start, end, colour?}, in code points) marked. */
export function marked(text, marks) {
  const letters = Array.from(text);
  const parts = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.start < at || mark.end > letters.length || mark.end <= mark.start) continue;
    parts.push(letters.slice(at, mark.start).join(""),
      element("mark", { text: letters.slice(mark.start, mark.end).join(""), colour: mark.colour, title: mark.title }));
    at = mark.end;
  }
  parts.push(letters.slice(at).join(""));
  return parts;
}
