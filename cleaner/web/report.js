// The report's page: lays out a fixture's lines when it is opened, and filters the list.
"use strict";

const CONTEXT = 2; // lines shown around a wrong one
const FLAGS = { right: "✓", lost: "✕", missed: "○" };
const WORDS = { lost: "is-lost", missed: "is-missed", right: "right-removed" };
const $ = (id) => document.getElementById(id);
const all = [...document.querySelectorAll("details")];

function element(tag, classes, content) {
  const made = document.createElement(tag);
  made.className = classes;
  made.textContent = content ?? "";
  return made;
}

function lineOf(entry, n) {
  const [text, state, group, reason, since] = typeof entry === "string" ? [entry, "", "", "", ""] : entry;
  const row = element("div", `line ${WORDS[state] ?? ""}`);
  if (group) row.dataset.group = group;
  const flag = element("span", `flag ${state}`, FLAGS[state]);
  row.append(element("span", "number", n + 1), flag, element("span", "text", text));
  if (!group && !reason && !since) return row;
  const why = element("span", "why");
  if (since) why.append(element("span", `since ${since === "fixed" ? "right" : "lost"}`, `${since} `));
  if (group) why.append(element("b", "", group), " ");
  why.append(state === "missed" && !reason ? "no rule marks it" : reason);
  row.append(why);
  return row;
}

function layOut(details) {
  const data = details.querySelector("script");
  if (!data) return;
  details.querySelector(".lines")?.remove();
  const lines = JSON.parse(data.textContent);
  const wrong = (entry) => typeof entry !== "string" && (entry[1] !== "right" || entry[4]);
  const near = new Set();
  lines.forEach((entry, n) => {
    if ($("whole").checked || wrong(entry)) for (let m = n - CONTEXT; m <= n + CONTEXT; m++) near.add(m);
  });
  const box = element("div", "lines");
  let left = 0;
  const gap = () => {
    if (left) box.append(element("div", "gap", left === 1 ? "1 line" : `${left} lines`));
    left = 0;
  };
  lines.forEach((entry, n) => {
    if (!near.has(n)) return left++;
    gap();
    box.append(lineOf(entry, n));
  });
  gap();
  details.append(box);
}

function filter() {
  const wanted = $("filter").value.toLowerCase();
  for (const one of all)
    one.hidden =
      !one.id.includes(wanted) ||
      ($("split").value && one.dataset.split !== $("split").value) ||
      ($("changed").checked && !("changed" in one.dataset));
}

function openNamed() {
  const named = $(decodeURIComponent(location.hash.slice(1)));
  if (named?.matches("details")) named.open = true;
}

for (const one of all) one.addEventListener("toggle", () => one.open && layOut(one));
$("whole").onchange = () => all.filter((one) => one.open).forEach(layOut);
for (const id of ["filter", "split", "changed"]) $(id).oninput = filter;
document.forms[0].onsubmit = (event) => event.preventDefault();
$("changed-box").hidden = !$("changes");
addEventListener("hashchange", openNamed);
filter();
openNamed();
