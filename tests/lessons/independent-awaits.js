// Reads that do not know of each other.
async function found(id, a) {
  const user = await fetchUser(id);
  const posts = await fetchPosts(id); //~ independent-awaits
  console.log(user, posts);
  const { rights } = await loadRights(id);
  const theme = await loadTheme("dark"); //~ independent-awaits
  if (a) {
    const one = await api.getOrders(id);
    const two = await api.getInvoices(id); //~ independent-awaits
    return [rights, theme, one, two];
  }
}
const arrow = async (id) => {
  const x = await findFriends(id);
  const y = await findGroups(id); //~ independent-awaits
  return [x, y];
};
async function fine(id, db) {
  const user = await fetchUser(id);
  const posts = await fetchPosts(user.id); // ok
  await saveUser(user); // ok
  const saved = await fetchUser(id); // ok
  const next = await db.getNextMessage(); // ok
  const after = await db.getNextMessage(); // ok
  const one = await run(id); // ok
  const two = await run(id); // ok
  const [a, b] = await Promise.all([fetchUser(id), fetchPosts(id)]); // ok
  return [posts, saved, next, after, one, two, a, b];
}
