async function risky(mode) {
  try {
    if (mode === 'throw') throw new Error('oops');
    if (mode === 'reject') await Promise.reject('plain string');
    return 'ok';
  } catch (e) {
    console.log('catch', typeof e, e.message ?? e);
    return 'recovered';
  } finally {
    console.log('finally', mode);
    if (mode === 'override') return 'from finally';
  }
}

async function main() {
  for (const mode of ['normal', 'throw', 'reject', 'override']) {
    console.log('=>', await risky(mode));
  }
}

main();
