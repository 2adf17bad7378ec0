class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
  }
  get retryable() {
    return this.status >= 500;
  }
}

async function request(path) {
  await null;
  if (path === '/missing') throw new HttpError(404, 'Not Found');
  if (path === '/crash') throw new HttpError(503, 'Unavailable');
  return { path, status: 200 };
}

(async () => {
  for (const p of ['/', '/missing', '/crash']) {
    try {
      console.log(await request(p));
    } catch (err) {
      if (!(err instanceof HttpError)) throw err;
      console.log(String(err), err.status, err.retryable ? 'retry' : 'give up');
    }
  }
})();
