import save, { load, counter, bump } from "./lib/data-store.mjs";
import * as format from "./lib/format.mjs";
import { User, describe as tell } from "./models/index.mjs";
import Queue from "./queue.mjs";
import { LIMIT, join } from "./lib/all.mjs";

const users = [new User("Ada", 36), new User("Grace", 45)];

async function main() {
  for (const user of users) {
    await save(user.name);
    bump();
  }
  const names = await Promise.all([load(0), load(1)]);
  console.log(names.join(", "), counter);
  console.log(format.upper(names[0]), format.shout("hey"));
  console.log(tell(users[1]));
  const queue = new Queue("jobs");
  queue.put("first");
  console.log(queue.size(), queue.name, LIMIT, join(["x", "y"]));
  const pending = load(1);
  bump();
  console.log(await pending, counter);
}

main();
