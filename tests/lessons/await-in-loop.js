// Awaits in loops whose rounds could run together; loops that show why they cannot are left alone.
async function loops(ids, table) {
  const out = [];
  for (const id of ids) {
    out.push(await fetchUser(id)); //~ await-in-loop
  }
  for (const id of ids) await saveUser(id); //~ await-in-loop
  for (let i = 0; i < ids.length; i++) {
    const user = await fetchUser(ids[i]); //~ await-in-loop
    out.push(user);
  }
  for (const key in table) {
    if (table[key]) await send(key); //~ await-in-loop
  }
  let i = 0;
  while (i < ids.length) {
    out.push(await fetchUser(ids[i])); //~ await-in-loop
    i++;
  }
  do {
    out.push(await fetchUser(ids[i])); //~ await-in-loop
    i += 1;
  } while (i < 10);
  for (const id of ids) {
    try {
      out.push((await fetchUser(id)).name); //~ await-in-loop
    } catch (error) {
      console.error(error);
    } finally {
      await release(id); //~ await-in-loop
    }
  }
  for (const id of ids) {
    for (const post of await fetchPosts(id)) { //~ await-in-loop
      out.push(post);
    }
  }
  for (const [id, name] of Object.entries(table)) {
    await rename(id, name); //~ await-in-loop
  }
  return out;
}

async function fine(ids, stream, queue, client, writer) {
  const out = [];
  for (const user of await fetchAll(ids)) { // ok
    out.push(user);
  }
  for await (const chunk of stream) {
    await write(chunk); // ok
  }
  let token = null;
  for (let page = 0; page < 10; page++) {
    const result = await client.list(token); // ok
    token = result.next;
  }
  for (const id of ids) {
    const user = await fetchUser(id); // ok
    if (user.ok) return user;
  }
  for (const id of ids) {
    console.log(id);
    await sleep(100); // ok
  }
  let sum = 0;
  for (const id of ids) {
    sum = await add(sum, id); // ok
  }
  while (queue.length) {
    await tick(); // ok
  }
  for (const id of ids) {
    await writer.write(id); // ok
  }
  await Promise.all(ids.map(async (id) => { await fetchUser(id); })); // ok
  for (const id of ids) {
    out.push(async () => { await fetchUser(id); }); // ok
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      out.push(await fetchUser(attempt)); // ok
      break;
    } catch { /* again */ }
  }
  await fetchUser(1); // ok
  return out;
}
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
