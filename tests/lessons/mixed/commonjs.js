// only: floating-promise
const fsp = require("fs").promises;
const { readFile } = require("fs/promises");
const { promisify } = require("util");
const exec = promisify(require("child_process").exec);
function go() {
  fsp.writeFile("a", "b"); //~ floating-promise
  readFile("a"); //~ floating-promise
  exec("ls"); //~ floating-promise
  fetch("/x"); //~ floating-promise
  fetch("/x").then((r) => r.json()); //~ floating-promise
  fetch("/x").then((r) => r.json()).catch(console.error);
  fetch("/x").then((r) => r.json(), console.error);
  globalThis.fetch("/x"); //~ floating-promise
  return readFile("a");
}
go(); //~ floating-promise
go().then(console.log); //~ floating-promise
