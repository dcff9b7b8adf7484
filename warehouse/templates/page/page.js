"use strict";
// Shows the page in either of its languages, and lets people sort and filter its tables. The page is whole
// without it, in Bengali. Nothing here ever makes markup out of a text.

const LANGUAGES = ["bn", "en"];
const REMEMBERED_AS = "protibedon.language";
const BENGALI_DIGITS = "০১২৩৪৫৬৭৮৯";
const page = document.documentElement;

const asciiDigits = (text) => text.replace(/[০-৯]/g, (digit) => BENGALI_DIGITS.indexOf(digit));
const bengaliDigits = (text) => text.replace(/[0-9]/g, (digit) => BENGALI_DIGITS[digit]);

// --- language --------------------------------------------------------------------------------------------

for (const element of document.querySelectorAll("[data-en]")) element.dataset.bn = element.textContent;
for (const element of document.querySelectorAll(".figure")) {
  element.dataset.bn = element.textContent;
  element.dataset.en = asciiDigits(element.textContent);
}
const spoken = document.querySelectorAll("[data-en]");

function show(language) {
  page.lang = language;
  for (const element of spoken) element.textContent = element.dataset[language];
  languageButton.lang = other(language);
  tellHowManyAreShown();
}

const other = (language) => LANGUAGES.find((each) => each !== language);

// A browser may refuse to remember anything for a page that it opened from a file.
function remember(language) {
  try {
    localStorage.setItem(REMEMBERED_AS, language);
  } catch {
    return;
  }
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED_AS);
  } catch {
    return null;
  }
}

const languageButton = document.getElementById("language");
languageButton.hidden = false;
languageButton.addEventListener("click", () => {
  const language = other(page.lang);
  remember(language);
  show(language);
});

// --- sorting ---------------------------------------------------------------------------------------------

for (const table of document.querySelectorAll("table.sortable")) {
  for (const heading of table.tHead.rows[0].cells) {
    if (!heading.classList.contains("chart")) makeSortable(table, heading);
  }
}

function makeSortable(table, heading) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  button.addEventListener("click", () => sort(table, heading));
  heading.append(button);
}

function sort(table, heading) {
  const isAscending = heading.getAttribute("aria-sort") !== "ascending";
  for (const each of heading.parentNode.cells) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
  const body = table.tBodies[0];
  body.append(...inOrder([...body.rows], heading.cellIndex, isAscending ? 1 : -1));
}

// Figures by their key, words as the language sorts them; whoever has no figure stays at the end either way.
function inOrder(rows, column, direction) {
  const key = (row) => row.cells[column].dataset.key;
  if (rows.some((row) => key(row) !== undefined)) {
    const [known, unknown] = [(row) => key(row) !== undefined, (row) => key(row) === undefined];
    const sorted = rows.filter(known).sort((one, two) => direction * (key(one) - key(two)));
    return [...sorted, ...rows.filter(unknown)];
  }
  const words = (row) => row.cells[column].textContent;
  const { compare } = new Intl.Collator(page.lang, { numeric: true });
  return rows.sort((one, two) => direction * compare(words(one), words(two)));
}

// --- filtering -------------------------------------------------------------------------------------------

const filters = document.getElementById("filters");
const observations = [...document.querySelectorAll(".observations tbody tr")];

// A name is found in either language, and a figure in the digits of either.
const searchable = (text) => asciiDigits(text.normalize("NFC").toLowerCase());
const inBothLanguages = (row) =>
  [row, ...row.querySelectorAll("[data-en]")].map((part) => `${part.textContent} ${part.dataset.en ?? ""}`).join(" ");

function filter() {
  const choices = [...filters.querySelectorAll("select")].filter(({ value }) => value !== "");
  const wanted = searchable(filters.elements.search.value.trim());
  for (const { row, text } of haystacks) {
    const isChosen = choices.every(({ name, value }) => row.dataset[name] === value);
    row.hidden = !(isChosen && text.includes(wanted));
  }
  tellHowManyAreShown();
}

function tellHowManyAreShown() {
  if (!filters) return;
  const status = document.getElementById("shown");
  const counts = { all: observations.length, shown: observations.filter((row) => !row.hidden).length };
  const sentence = status.dataset[page.lang === "bn" ? "sentenceBn" : "sentenceEn"];
  const told = sentence.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
  status.textContent = page.lang === "bn" ? bengaliDigits(told) : told;
}

const haystacks = observations.map((row) => ({ row, text: searchable(inBothLanguages(row)) }));
if (filters) {
  filters.hidden = false;
  filters.addEventListener("input", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
show(LANGUAGES.includes(remembered()) ? remembered() : "bn");
