const providers = [
  async (q) => { throw new Error(`A cannot handle ${q}`); },
  async (q) => (q.length > 3 ? `B:${q}` : Promise.reject(new Error('B needs longer'))),
  async (q) => `C:${q}`,
];

async function firstSuccessful(query) {
  const errors = [];
  for (const provider of providers) {
    try {
      return { answer: await provider(query), errors };
    } catch ({ message }) {
      errors.push(message);
    }
  }
  throw new AggregateError(errors, 'all failed');
}

(async () => {
  console.log(await firstSuccessful('weather'));
  console.log(await firstSuccessful('hi'));
  providers.length = 1;
  await firstSuccessful('x').catch((e) => console.log(e.name, e.message, e.errors));
})();
