const log = [];

async function job(name, ms) {
  log.push(`start ${name}`);
  await new Promise((r) => setTimeout(r, ms));
  log.push(`end ${name}`);
  return name;
}

async function sequential() {
  await job('A', 20);
  await job('B', 5);
}

async function parallel() {
  await Promise.all([job('C', 25), job('D', 5)]);
}

sequential()
  .then(parallel)
  .then(() => console.log(log.join('\n')));
