function cancellableSleep(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const t = setTimeout(() => resolve('slept'), ms);
    signal.addEventListener('abort', () => {
      clearTimeout(t);
      reject(signal.reason);
    }, { once: true });
  });
}

(async () => {
  const ac = new AbortController();
  console.log(await cancellableSleep(5, ac.signal));
  setTimeout(() => ac.abort(new Error('user cancelled')), 10);
  try {
    await cancellableSleep(50, ac.signal);
  } catch (e) {
    console.log('aborted:', e.message, ac.signal.aborted);
  }
  await cancellableSleep(5, ac.signal).catch((e) => console.log('again:', e.message));
})();
