Promise.reject(new RangeError('out of range'))
  .catch((e) => {
    console.log('1', e.name);
    throw new TypeError('converted');
  })
  .then(() => console.log('skipped'))
  .catch((e) => {
    console.log('2', e.name);
    return 'fallback';
  })
  .then((v) => {
    console.log('3', v);
    return Promise.reject('string reason');
  })
  .finally(() => {
    console.log('4 finally');
    return 'ignored';
  })
  .then(
    (v) => console.log('value', v),
    (r) => console.log('5', r)
  );
