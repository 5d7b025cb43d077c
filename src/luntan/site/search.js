// Looks words up in the index beside this file. Nothing is fetched, and text only ever becomes text nodes.
"use strict";

const STEP = 50; // results of a kind that are shown at first, and at each further click
const BEFORE = 60, LENGTH = 260; // characters of context
const WORD = "[\\p{Script=Latin}\\p{N}]";

const simplified = new Map();
[...luntanIndex.traditional].forEach((character, at) => simplified.set(character, luntanIndex.simplified[at]));
const traditional = simplified.size ? new RegExp(`[${luntanIndex.traditional}]`, "g") : /(?!)/g;

function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(traditional, (character) => simplified.get(character));
}

const entries = luntanIndex.entries.map(([kind, page, anchor, title, text]) => {
  const [file, name] = luntanIndex.pages[page];
  return { kind, url: file + (anchor && `#${anchor}`), name, title, text, folded: fold(`${title}\n${text}`) };
});

// ---- looking up

function termsOf(query) {
  const marked = fold(query).replace(/[“”„「」『』«»]/g, '"');
  const found = [...marked.matchAll(/"([^"]+)"|[^\s"]+/g)].map((hit) => (hit[1] ?? hit[0]).trim().replace(/\s+/g, " "));
  return [...new Set(found.filter(Boolean))];
}

// A Latin word or a number is found from its beginning: AI is not in "said".
function pattern(term, whole = false) {
  const escaped = term.replace(/[.*+?^${}()|[\]\\\/]/g, "\\$&");
  const first = new RegExp(`^${WORD}`, "u").test(term) ? `(?<!${WORD})` : "";
  const last = whole && new RegExp(`${WORD}$`, "u").test(term) ? `(?!${WORD})` : "";
  return new RegExp(first + escaped + last, "gu");
}

// All terms must occur. First comes what has them in its title, then what has them as whole words.
function lookUp(terms) {
  const patterns = terms.map((term) => pattern(term));
  const words = terms.map((term) => pattern(term, true));
  const has = (one, text) => ((one.lastIndex = 0), one.test(text));
  const rank = ({ title, folded }) =>
    (patterns.every((one) => has(one, fold(title))) ? 0 : 2) + (words.every((one) => has(one, folded)) ? 0 : 1);
  return entries
    .filter(({ folded }) => patterns.every((one) => has(one, folded)))
    .map((entry) => ({ entry, rank: rank(entry) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

// Where in the text the terms stand. Folding may change lengths, so every character is folded by itself.
function spansOf(text, terms) {
  const starts = [], ends = [];
  let folded = "", at = 0;
  for (const character of text) {
    const made = fold(character);
    folded += made;
    for (let i = 0; i < made.length; i++) {
      starts.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  const hits = terms.flatMap((term) => [...folded.matchAll(pattern(term))]);
  return hits
    .map((hit) => [starts[hit.index], ends[hit.index + hit[0].length - 1]])
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

// ---- showing

function make(tag, ...inner) {
  const element = document.createElement(tag);
  element.append(...inner);
  return element;
}

// Say which parts of a text are Chinese.
function mixed(text) {
  return text.split(/([“‘《（]?\p{Script=Han}[\p{Script=Han}“”‘’《》（）〈〉，。、：；！？…—]*)/u).map((part, at) => {
    if (at % 2 === 0) return part;
    const chinese = make("span", part);
    chinese.lang = "zh";
    return chinese;
  });
}

// The text around the first hit, with every hit in it marked.
function marked(tag, text, terms) {
  const spans = spansOf(text, terms);
  const first = spans.length ? spans[0][0] : 0;
  const left = text.length <= LENGTH ? 0 : Math.max(0, first - BEFORE);
  const right = Math.min(text.length, left + LENGTH);
  const pieces = [left ? "…" : ""];
  let at = left;
  for (const [start, end] of spans) {
    if (start < at || end > right) continue;
    pieces.push(...mixed(text.slice(at, start)), make("mark", ...mixed(text.slice(start, end))));
    at = end;
  }
  return make(tag, ...pieces, ...mixed(text.slice(at, right)), right < text.length ? "…" : "");
}

function result({ url, name, title, text }, terms) {
  const link = marked("a", title || text, terms);
  link.href = url;
  const item = make("li", link);
  if (title && text) item.append(marked("p", text, terms));
  if (title !== name) item.append(make("small", ...mixed(name)));
  return item;
}

function group(kind, found, terms) {
  const heading = make("h2", ...mixed(luntanIndex.kinds[kind]), " ", make("small", found.length.toLocaleString("en")));
  const list = make("ol");
  const more = make("button");
  more.type = "button";
  const show = () => {
    const shown = list.children.length;
    list.append(...found.slice(shown, shown + STEP).map((entry) => result(entry, terms)));
    const left = found.length - list.children.length;
    more.replaceChildren(...mixed(`Show more 更多 (${left.toLocaleString("en")} left)`));
    more.hidden = left === 0;
    return list.children[shown];
  };
  more.addEventListener("click", () => show().querySelector("a").focus());
  show();
  return make("section", heading, list, more);
}

const form = document.getElementById("search");
const input = document.getElementById("q");
const status = document.getElementById("found");
const results = document.getElementById("results");

function search() {
  const terms = termsOf(input.value);
  const found = terms.length ? lookUp(terms) : [];
  const kinds = luntanIndex.kinds.map((_, kind) => found.filter((entry) => entry.kind === kind));
  results.replaceChildren(...kinds.flatMap((part, kind) => (part.length ? [group(kind, part, terms)] : [])));
  const count = `${found.length.toLocaleString("en")} ${found.length === 1 ? "result" : "results"}`;
  const said = found.length ? `${count} 结果` : "Nothing found 没有结果";
  status.replaceChildren(...mixed(terms.length ? said : ""));
  document.getElementById("all").hidden = found.length > 0;
}

// The address keeps the words, so that the way back from a result leads to the results.
function keep() {
  history.replaceState(null, "", input.value ? `?q=${encodeURIComponent(input.value)}` : location.pathname);
}

function typed(event) {
  if (event.isComposing) return;
  search();
  keep();
}

form.hidden = false;
input.value = new URLSearchParams(location.search).get("q") ?? "";
input.addEventListener("input", typed);
input.addEventListener("compositionend", typed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  typed(event);
});
if (!input.value) input.focus();
search();
