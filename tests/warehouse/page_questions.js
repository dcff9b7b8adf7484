// What the tests ask of a page that is open in a browser.

const headings = (table) => [...document.querySelectorAll(`${table} thead th`)];
const headingNamed = (table, name) => headings(table).find((heading) => heading.textContent === name);
const focusOn = (table, name) => headingNamed(table, name).querySelector("button").focus();
const orders = (table) => headings(table).map((heading) => heading.getAttribute("aria-sort")).filter(Boolean);

const rowsShown = (table) => [...document.querySelectorAll(`${table} tbody tr`)].filter((row) => row.offsetHeight);
const column = (table, number) => rowsShown(table).map((row) => row.cells[number].textContent);
const shownSentence = () => document.getElementById("shown").textContent;

function choose(name, value) {
  const field = document.getElementById("filters").elements[name];
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const switchLanguage = () => document.getElementById("language").click();
const hasOwn = (element, test) => [...element.childNodes].some((node) => node.nodeType === 3 && test(node.data));

// The words that are still Bengali, other than those said to be and the plans' words in a list of choices.
function bengaliLeft() {
  return [...document.querySelectorAll("body *:not(script)")]
    .filter((element) => !element.closest("body [lang=bn], option"))
    .filter((element) => hasOwn(element, (words) => /[\u0985-\u09fe]/.test(words)))
    .map((element) => element.textContent);
}

const displayOf = (selector) => getComputedStyle(document.querySelector(selector)).display;

function widthOf(text) {
  const word = document.querySelector("h1").appendChild(document.createElement("span"));
  word.textContent = text;
  const { width } = word.getBoundingClientRect();
  word.remove();
  return width;
}

// Every element that holds words of its own with less contrast to what is behind it than WCAG's AA asks for.
function tooFaint() {
  return [...document.body.querySelectorAll("*:not(script)")]
    .filter((element) => hasOwn(element, (words) => words.trim()) && contrast(element) < 4.5)
    .map((element) => element.outerHTML.slice(0, 90));
}

function contrast(element) {
  const colours = [numbers(getComputedStyle(element).color), behind(element)];
  const [dark, light] = colours.map(luminance).sort((one, two) => one - two);
  return (light + 0.05) / (dark + 0.05);
}

function behind(element) {
  for (let each = element; each; each = each.parentElement) {
    const colour = numbers(getComputedStyle(each).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
}

const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
const linear = (share) => (share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
const luminance = ([red, green, blue]) =>
  0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
