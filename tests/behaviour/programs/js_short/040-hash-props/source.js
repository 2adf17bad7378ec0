async function props(obj) {
  const entries = await Promise.all(
    Object.entries(obj).map(async ([k, v]) => [k, await v])
  );
  return Object.fromEntries(entries);
}

const later = (v, ms) => new Promise((r) => setTimeout(() => r(v), ms));

props({
  id: 12,
  name: later('widget', 15),
  tags: later(['a', 'b'], 5),
  stock: null,
}).then(({ name, ...rest }) => {
  console.log(name);
  console.log(rest);
  console.log(JSON.stringify(rest));
});
