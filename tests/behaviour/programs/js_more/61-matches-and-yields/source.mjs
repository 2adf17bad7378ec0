const NAMES = ["Zoë", "Ada", "Núria", "Bo"];

function initials(text) {
  const found = text.match(/[A-Z]/g);
  return found === null ? "none" : found.join("");
}

const slug = (text) => text.toLowerCase().replace(/\W+/g, "-");

async function look(name) {
  await null;
  return `${name}: ${initials(name)} ${slug(name)} at ${name.search(/[aeiou]/)}`;
}

async function* lines(names) {
  for (const name of names) yield look(name);
  const last = look("zzz");
  yield last;
}

for await (const line of lines(NAMES)) console.log(line);
if ("ada".match(/[A-Z]/g) === null) console.log("no capitals");
console.log("a1b22".match(/\d+/g).length, "no digits".search(/\d/));
