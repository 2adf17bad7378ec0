function promiseAll(iterable) {
  return new Promise((resolve, reject) => {
    const items = [...iterable];
    const out = [];
    let pending = items.length;
    if (pending === 0) return resolve(out);
    items.forEach((item, i) => {
      Promise.resolve(item).then((value) => {
        out[i] = value;
        if (--pending === 0) resolve(out);
      }, reject);
    });
  });
}

const later = (v, ms) => new Promise((r) => setTimeout(r, ms, v));

promiseAll([later('x', 20), 'y', later('z', 5)]).then((r) => console.log(r));
promiseAll(new Set()).then((r) => console.log('empty', r));
promiseAll([later(1, 5), Promise.reject('bad')]).catch((e) => console.log('rejected', e));
