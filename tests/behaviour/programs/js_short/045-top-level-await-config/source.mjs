const loadConfig = async (env) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  const configs = {
    dev: { url: 'http://localhost', debug: true },
    prod: { url: 'https://example.com' },
  };
  if (!(env in configs)) throw new Error(`Unknown env "${env}"`);
  return configs[env];
};

const { url, debug = false } = await loadConfig('prod');
console.log(url, debug);

const fallback = await loadConfig('staging').catch(() => loadConfig('dev'));
console.log(fallback);

export default fallback;
console.log(this === undefined);
