// The page of `cleaner review`: shows a fixture's lines and takes keys and clicks.
import * as text from "./review_text.js";

const $ = (id) => document.getElementById(id);
const CHUNK = 60; // lines that are laid out together
const docs = new Map(); // name -> a fixture being marked, kept until the page is closed
let groups, furniture, names, summaries, doc, rows, cleanRows;

function element(tag, classes = "", content = "") {
  const made = document.createElement(tag);
  made.className = classes;
  made.textContent = content;
  return made;
}

async function ask(path, options) {
  const answer = await fetch(path, options);
  const found = await answer.json().catch(() => ({ error: `${answer.status} ${answer.statusText}` }));
  return { status: answer.status, ...found };
}

// --- what is shown

function chunked(pane, made) {
  pane.replaceChildren();
  for (let at = 0; at < made.length; at += CHUNK) {
    const chunk = element("div", "chunk");
    chunk.append(...made.slice(at, at + CHUNK));
    pane.append(chunk);
  }
}

const neutral = (line) => !/\p{L}/u.test(line); // no letter tells its direction

function makeRow(line, n) {
  const row = element("div", text.blank(line) ? "line blank" : "line");
  row.id = `line-${n}`;
  row.dataset.n = n;
  row.setAttribute("role", "option");
  const words = element("span", neutral(line) ? "text neutral" : "text", line);
  row.append(element("span", "number", n + 1), element("span", "flag"), words, element("span", "why"));
  return row;
}

function paint(n) {
  const row = rows[n];
  const group = doc.groups[n];
  const wrong = text.wrong(doc, n, furniture);
  const goes = furniture.has(group) && !text.blank(doc.lines[n]);
  for (const one of [row, cleanRows[n]]) {
    if (group && !text.blank(doc.lines[n])) one.dataset.group = group;
    else delete one.dataset.group;
  }
  row.classList.toggle("gone", goes);
  row.setAttribute("aria-label", `${n + 1}, ${goes ? `drop, ${group}` : "keep"}: ${doc.lines[n]}`);
  const [, flag, , why] = row.children;
  flag.className = `flag ${wrong}`;
  flag.textContent = { lost: "✕", missed: "○" }[wrong] ?? "";
  const mark = doc.marks[n];
  const reason = mark ? `${mark[0] === "keep" ? "kept by " : ""}${mark[1]} ${mark[2]}` : "";
  const said = { lost: `rules drop it: ${reason}`, missed: reason || "no rule marks it" }[wrong] ?? reason;
  why.replaceChildren(...(group ? [element("b", "", group)] : []), said);
  why.title = said;
  row.classList.toggle("plain", !group && !said);
}

function paintClean() {
  const shown = new Set(text.cleanNumbers(doc.lines, doc.groups, furniture));
  cleanRows.forEach((row, n) => {
    if (row.hidden === shown.has(n)) row.hidden = !row.hidden;
  });
}

function paintCounts() {
  const count = { lost: 0, missed: 0 };
  const byGroup = {};
  let went = 0;
  let filled = 0;
  doc.lines.forEach((line, n) => {
    if (text.blank(line)) return;
    filled++;
    count[text.wrong(doc, n, furniture)]++;
    byGroup[doc.groups[n]] = (byGroup[doc.groups[n]] ?? 0) + 1;
    if (furniture.has(doc.groups[n])) went++;
  });
  const summary = summaries.find((one) => one.name === doc.name);
  const facts = [summary.lang, summary.split, `${went} of ${filled} lines go`];
  if (count.lost) facts.push(`rules lose ${count.lost}`);
  if (count.missed) facts.push(`rules miss ${count.missed}`);
  if (doc.saved.draft) facts.unshift("draft");
  $("counts").textContent = facts.join(" · ");
  for (const button of $("palette").children)
    button.lastChild.textContent = byGroup[button.dataset.group] ? ` ${byGroup[button.dataset.group]}` : "";
  const unsaved = text.dirty(doc);
  $("undo").disabled = !doc.done.length;
  $("redo").disabled = !doc.undone.length;
  $("save").disabled = !(unsaved || doc.saved.draft || !doc.version);
  $("still").hidden = !doc.saved.draft;
  $("draft").checked = doc.still;
  document.title = `${unsaved ? "• " : ""}${doc.name}`;
  $(`fixture-${doc.name}`)?.classList.toggle("unsaved", unsaved);
}

function paintCursor(scroll = true) {
  for (const row of document.querySelectorAll(".selected, .cursor")) {
    row.classList.remove("selected", "cursor");
    row.removeAttribute("aria-selected");
  }
  for (const n of selection()) {
    rows[n].classList.toggle("selected", doc.anchor !== doc.cursor);
    rows[n].setAttribute("aria-selected", "true");
  }
  rows[doc.cursor].classList.add("cursor");
  cleanRows[doc.cursor].classList.add("cursor");
  $("dump").setAttribute("aria-activedescendant", `line-${doc.cursor}`);
  if (!scroll) return;
  rows[doc.cursor].scrollIntoView({ block: "nearest" });
  follow(doc.cursor);
}

/** Bring the clean text to where the dump is. */
function follow(n) {
  let near = n;
  while (near > 0 && cleanRows[near].hidden) near--;
  if (!cleanRows[near].hidden) cleanRows[near].scrollIntoView({ block: "nearest" });
}

function show(found) {
  doc = found;
  docs.set(doc.name, doc);
  rows = doc.lines.map(makeRow);
  cleanRows = doc.lines.map((line, n) => {
    const row = element("div", neutral(line) ? "row neutral" : "row", line);
    row.dataset.n = n;
    return row;
  });
  rows.forEach((_, n) => paint(n));
  paintClean();
  const dir = /^(ar|fa|he|iw|ps|sd|ug|ur|yi)$/.test(doc.note.lang) ? "rtl" : "ltr";
  $("dump").dir = $("clean").dir = dir;
  chunked($("dump"), rows);
  chunked($("clean"), cleanRows);
  $("name").textContent = doc.name;
  $("place").textContent = `${names.indexOf(doc.name) + 1}/${names.length}`;
  for (const button of document.querySelectorAll("#fixtures button"))
    button.setAttribute("aria-current", String(button.id === `fixture-${doc.name}`));
  $(`fixture-${doc.name}`)?.scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", `#${doc.name}`);
  paintCounts();
  paintCursor();
  $("dump").focus();
}

function say(message) {
  $("status").textContent = message;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => ($("status").textContent = ""), 2500);
}

/** Ask what to do about something that went wrong; answers are pairs of label and action. */
function banner(message, answers) {
  const buttons = answers.map(([label, act]) => {
    const button = element("button", "", label);
    button.onclick = () => {
      $("banner").hidden = true;
      act();
      $("dump").focus();
    };
    return button;
  });
  $("banner").replaceChildren(element("p", "", message), ...buttons);
  $("banner").hidden = false;
  buttons[0].focus();
}

// --- what is done

const selection = () => {
  const [first, last] = [Math.min(doc.anchor, doc.cursor), Math.max(doc.anchor, doc.cursor)];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
};
const filled = () => selection().filter((n) => !text.blank(doc.lines[n]));

function repaint(changed) {
  changed.forEach(paint);
  paintClean();
  paintCounts();
  if (changed.length) follow(doc.cursor);
}

function give(pairOf) {
  const pairs = new Map(filled().map((n) => [n, pairOf(n)]));
  // A blank line inside a run belongs to the article again, so that no run spans what it does not say.
  for (const n of selection()) if (text.blank(doc.lines[n])) pairs.set(n, "");
  repaint(text.change(doc, [...pairs]));
}

const keep = () => give((n) => text.keptAs(doc, n, furniture));
const drop = () =>
  give((n) => (furniture.has(doc.groups[n]) ? doc.groups[n] : text.droppedAs(doc, n, furniture)));
const flip = () => (filled().every((n) => furniture.has(doc.groups[n])) ? keep() : drop());
const assign = (group) =>
  filled().every((n) => doc.groups[n] === group)
    ? give((n) => (furniture.has(group) ? text.keptAs(doc, n, furniture) : ""))
    : give(() => group);

function move(to, extend) {
  doc.cursor = Math.max(0, Math.min(doc.lines.length - 1, to));
  if (!extend) doc.anchor = doc.cursor;
  paintCursor();
}

function step(by, extend) {
  let to = doc.cursor + by;
  while (to > 0 && to < doc.lines.length - 1 && text.blank(doc.lines[to])) to += Math.sign(by);
  move(to, extend);
}

function nextWrong(by) {
  for (let n = doc.cursor + by; n >= 0 && n < doc.lines.length; n += by)
    if (text.wrong(doc, n, furniture)) return move(n, false);
  say("The rules differ on no further line.");
}

async function open(name) {
  if (docs.has(name)) return show(docs.get(name));
  const found = await ask(`fixtures/${name}`);
  if (found.error) return banner(found.error, [["Close", () => {}]]);
  show(text.opened(found));
}

function turn(by) {
  const at = names.indexOf(doc.name) + by;
  if (at < 0 || at >= names.length) return say("There are no more fixtures.");
  open(names[at]);
}

async function save() {
  if ($("save").disabled) return;
  const saving = doc;
  const sent = { version: doc.version, groups: [...doc.groups], note: { ...doc.note }, draft: doc.saved.draft && doc.still };
  $("save").disabled = true;
  const found = await ask(`fixtures/${doc.name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(sent),
  }).catch((error) => ({ error: `Not saved: ${error.message}. Is \`cleaner review\` still running?` }));
  if (found.theirs) return changedMeanwhile(saving, found);
  if (found.error) {
    paintCounts();
    return banner(found.error, [["Close", () => {}]]);
  }
  saving.saved = { ...saving.saved, ...sent, version: found.version };
  saving.version = found.version;
  paintCounts();
  say(`Saved ${saving.name}.`);
  await list();
}

function changedMeanwhile(mine, { error, theirs }) {
  paintCounts();
  const merged = text.rebased(mine, theirs);
  const answers = [["Show theirs and drop my changes", () => show(text.opened(theirs))]];
  if (merged) answers.unshift(["Put my changes on theirs", () => show(merged)]);
  banner(`${error}. Nothing has been written.`, answers);
}

function editNote() {
  const form = $("note").querySelector("form");
  for (const [key, value] of Object.entries(doc.note)) form.elements[key].value = value;
  $("note").returnValue = "";
  $("note").showModal();
}

$("note").onclose = () => {
  if ($("note").returnValue === "done") {
    const form = $("note").querySelector("form");
    for (const key of Object.keys(doc.note)) doc.note[key] = form.elements[key].value.trim();
    paintCounts();
  }
  $("dump").focus();
};

// --- what is asked for

const lineOf = (event) => event.target.closest("[data-n]");

$("dump").onclick = (event) => {
  const row = lineOf(event);
  if (!row || !getSelection().isCollapsed) return;
  const n = Number(row.dataset.n);
  if (event.shiftKey) {
    const gone = furniture.has(doc.groups[doc.anchor]);
    doc.cursor = n;
    paintCursor(false);
    gone ? drop() : keep();
  } else {
    doc.cursor = doc.anchor = n;
    paintCursor(false);
    if (!text.blank(doc.lines[n])) flip();
  }
};
$("dump").onmousedown = (event) => event.shiftKey && event.preventDefault(); // selects no text
$("clean").onclick = (event) => lineOf(event) && move(Number(lineOf(event).dataset.n), false);

let scrolling = 0;
$("dump").addEventListener("scroll", () => {
  if (scrolling || document.activeElement === $("clean")) return;
  scrolling = requestAnimationFrame(() => {
    scrolling = 0;
    const box = $("dump").getBoundingClientRect();
    const row = document.elementFromPoint(box.left + 60, box.top + box.height / 2)?.closest(".line");
    if (row) follow(Number(row.dataset.n));
  });
});

const page = () => Math.max(1, Math.floor($("dump").clientHeight / 26) - 2);
const KEYS = {
  ArrowDown: (event) => step(1, event.shiftKey),
  ArrowUp: (event) => step(-1, event.shiftKey),
  PageDown: (event) => step(page(), event.shiftKey),
  PageUp: (event) => step(-page(), event.shiftKey),
  Home: (event) => move(0, event.shiftKey),
  End: (event) => move(doc.lines.length - 1, event.shiftKey),
  ArrowRight: () => turn(1),
  ArrowLeft: () => turn(-1),
  " ": flip,
  j: () => nextWrong(1),
  k: () => nextWrong(-1),
  z: () => repaint(text.undo(doc)),
  y: () => repaint(text.redo(doc)),
  o: editNote,
  x: () => {
    if (!doc.saved.draft) return;
    doc.still = !doc.still;
    paintCounts();
  },
  "?": () => $("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "s") {
    event.preventDefault();
    return save();
  }
  if (!doc || event.altKey || document.querySelector("dialog[open]") || event.target.matches("input, textarea, select")) return;
  if (event.target.matches("button") && [" ", "Enter"].includes(event.key)) return;
  if (event.target === $("clean") && /^(Arrow(Up|Down)|Page|Home|End)/.test(event.key)) return;
  if (command && !["z", "y"].includes(event.key.toLowerCase())) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const redo = command && event.shiftKey && key === "z";
  const act = KEYS[redo ? "y" : key] ?? (groups.has(key) && !event.shiftKey ? () => assign(groups.get(key)) : null);
  if (!act) return;
  event.preventDefault();
  act(event);
});

addEventListener("beforeunload", (event) => [...docs.values()].some(text.dirty) && event.preventDefault());
addEventListener("hashchange", () => open(decodeURIComponent(location.hash.slice(1))));
$("undo").onclick = () => KEYS.z();
$("redo").onclick = () => KEYS.y();
$("save").onclick = save;
$("note-open").onclick = editNote;
$("help-open").onclick = KEYS["?"];
$("help").onclose = () => $("dump").focus();
$("draft").onchange = KEYS.x;
$("menu").onclick = () => {
  const alone = $("main").classList.toggle("alone");
  $("menu").setAttribute("aria-expanded", String(!alone));
};

// --- at the start

function palette(found) {
  groups = new Map(found.map(([name, key]) => [key, name]));
  furniture = new Set(found.filter(([, , goes]) => goes).map(([name]) => name));
  $("palette").replaceChildren(
    ...found.map(([name, key, goes]) => {
      const button = element("button", goes ? "" : "apart");
      button.dataset.group = name;
      button.title = goes ? `Drop as ${name}` : `Keep as ${name}, which goes when only the body is wanted`;
      const at = name.indexOf(key);
      button.append(name.slice(0, at), element("u", "", key), name.slice(at + 1), element("span", "count"));
      button.onclick = () => {
        assign(name);
        $("dump").focus();
      };
      return button;
    }),
  );
}

async function list() {
  const found = await ask("fixtures");
  if (!found.fixtures) return banner(found.error, [["Try again", list]]);
  summaries = found.fixtures;
  // The order of the first look stays: a fixture that was just mended does not jump away.
  names ??= summaries.filter((one) => !one.error).map((one) => one.name);
  if (!groups) {
    palette(found.groups);
    $("note").querySelector("select").replaceChildren(...found.splits.map((split) => element("option", "", split)));
  }
  const order = new Map(names.map((name, at) => [name, at]));
  const sorted = [...summaries].sort((a, b) => (order.get(a.name) ?? -1) - (order.get(b.name) ?? -1));
  $("fixtures").firstElementChild.replaceChildren(...sorted.map(listed));
  if (doc) paintCounts();
}

function listed(one) {
  const item = element("li");
  const button = element("button");
  button.id = `fixture-${one.name}`;
  button.setAttribute("aria-current", String(one.name === doc?.name));
  button.append(element("span", "who", one.name), element("span", "f1", one.error ? "" : one.f1.toFixed(2)));
  const facts = [one.draft ? "draft" : "", one.lost ? `loses ${one.lost}` : "", one.missed ? `misses ${one.missed}` : ""];
  button.append(element("span", "more", one.error || facts.filter(Boolean).join(" · ")));
  if (docs.has(one.name) && text.dirty(docs.get(one.name))) button.classList.add("unsaved");
  button.disabled = Boolean(one.error);
  button.onclick = () => open(one.name);
  item.append(button);
  return item;
}

await list();
if (names.length < 2) $("menu").click();
if (matchMedia("(max-width: 60rem)").matches && !$("main").classList.contains("alone")) $("menu").click();
const wanted = decodeURIComponent(location.hash.slice(1));
if (names.length) await open(names.includes(wanted) ? wanted : names[0]);
else banner("No fixture can be shown; the list says why.", [["Close", () => {}]]);
