// A fixture while it is being marked: which line is of which group, and how to go back. No DOM here.

export const blank = (text) => text.trim() === "";

/** Take what the server says of a fixture into something that can be changed. */
export function opened(sent) {
  return {
    ...sent,
    groups: [...sent.groups],
    note: { ...sent.note },
    still: false, // a draft that stays one when it is saved
    saved: sent,
    done: [],
    undone: [],
    cursor: Math.max(0, sent.lines.findIndex((text) => !blank(text))),
    anchor: Math.max(0, sent.lines.findIndex((text) => !blank(text))),
  };
}

/** Numbers of the lines that stand in the clean text: blank runs folded, none at either end. */
export function cleanNumbers(lines, groups, furniture) {
  const numbers = [];
  let before = "";
  for (let n = 0; n < lines.length; n++) {
    if (furniture.has(groups[n])) continue;
    const text = blank(lines[n]) ? "" : lines[n];
    if (before || text) numbers.push(n);
    before = text;
  }
  if (numbers.length && blank(lines[numbers.at(-1)])) numbers.pop();
  return numbers;
}

/** Give groups to lines, as pairs of number and group; blank lines have none of their own. */
export function change(doc, pairs) {
  const step = pairs
    .filter(([n, group]) => doc.groups[n] !== group)
    .map(([n, group]) => ({ n, before: doc.groups[n], after: group }));
  if (!step.length) return [];
  doc.done.push(step);
  doc.undone = [];
  return apply(doc, step, "after");
}

export function undo(doc) {
  const step = doc.done.pop();
  if (!step) return [];
  doc.undone.push(step);
  return apply(doc, step, "before");
}

export function redo(doc) {
  const step = doc.undone.pop();
  if (!step) return [];
  doc.done.push(step);
  return apply(doc, step, "after");
}

function apply(doc, step, which) {
  for (const change of step) doc.groups[change.n] = change[which];
  return step.map((change) => change.n);
}

/** Whether anything would be lost if the page were closed now. */
export function dirty(doc) {
  return (
    doc.groups.some((group, n) => group !== doc.saved.groups[n]) ||
    Object.keys(doc.note).some((key) => doc.note[key] !== doc.saved.note[key])
  );
}

/** What a line is once it is kept again: article, or what the rules hold for head or caption. */
export const keptAs = (doc, n, furniture) => (furniture.has(doc.guesses[n]) ? "" : doc.guesses[n]);

/** What furniture a line would be: the rules' guess, else more of what goes above it. */
export function droppedAs(doc, n, furniture) {
  if (furniture.has(doc.guesses[n])) return doc.guesses[n];
  for (let m = n - 1; m >= 0; m--) if (furniture.has(doc.groups[m])) return doc.groups[m];
  return "nav";
}

/** What the rules get wrong on a line: "lost" drops what stays, "missed" keeps what goes. */
export function wrong(doc, n, furniture) {
  if (blank(doc.lines[n])) return "";
  const goes = furniture.has(doc.groups[n]);
  const went = doc.marks[n]?.[0] === "drop";
  return goes === went ? "" : went ? "lost" : "missed";
}

/** Put one's own changes on what somebody else saved; `null` where the dump is another. */
export function rebased(doc, theirs) {
  if (doc.lines.length !== theirs.lines.length) return null;
  if (doc.lines.some((text, n) => text !== theirs.lines[n])) return null;
  const merged = opened(theirs);
  const mine = doc.groups.flatMap((group, n) => (group !== doc.saved.groups[n] ? [[n, group]] : []));
  change(merged, mine);
  for (const key of Object.keys(doc.note))
    if (doc.note[key] !== doc.saved.note[key]) merged.note[key] = doc.note[key];
  return { ...merged, still: doc.still, cursor: doc.cursor, anchor: doc.anchor };
}
