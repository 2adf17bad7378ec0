'use strict';
const { setTimeout: sleep } = require('node:timers/promises');

// Koa-like middleware stack, router included, requests are plain objects.

const compose = (middleware) => (ctx, done = async () => {}) => {
  let last = -1;
  const dispatch = async (i) => {
    if (i <= last) throw new Error('next() called multiple times');
    last = i;
    const fn = middleware[i] ?? done;
    return fn(ctx, () => dispatch(i + 1));
  };
  return dispatch(0);
};

class App {
  stack = [];
  use(fn) {
    return this.stack.push(fn), this;
  }
  async handle(request) {
    const [path, qs = ''] = request.url.split('?');
    const ctx = {
      request,
      path,
      query: Object.fromEntries(new URLSearchParams(qs)),
      status: 404, body: null,
      headers: new Map(),
      state: {},
    };
    await compose(this.stack)(ctx);
    return ctx;
  }
}

function router(routes) {
  const table = Object.entries(routes).map(([key, handler]) => {
    const [method, pattern] = key.split(' ');
    const re = new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    return { method, re, handler };
  });
  return async (ctx, next) => {
    const candidates = table.filter((r) => r.re.test(ctx.path));
    const hit = candidates.find((r) => r.method === ctx.request.method);
    if (hit) {
      ctx.params = { ...hit.re.exec(ctx.path).groups };
      ctx.status = 200;
      return hit.handler(ctx);
    }
    if (candidates.length) {
      ctx.status = 405;
      ctx.headers.set('allow', candidates.map((c) => c.method).join(', '));
      return;
    }
    return next();
  };
}

const httpError = (status, message) => Object.assign(new Error(message), { status, expose: status < 500 });

let counter = 0;
const app = new App()
  .use(async (ctx, next) => {
    ctx.state.id = ++counter;
    await next();
    const { request, status, body, state } = ctx;
    console.log(`#${state.id} ${request.method} ${request.url} -> ${status} ${JSON.stringify(body)}`);
  })
  .use(async (ctx, next) => {
    try {
      await next();
    } catch (err) {
      ctx.status = err.status ?? 500;
      ctx.body = { error: err.expose ? err.message : 'internal error' };
    }
  });

const users = new Map([['7', { id: '7', name: 'Ines' }]]);
app.use(
  router({
    'GET /users/:id': async (ctx) => {
      await sleep(3);
      ctx.body = users.get(ctx.params.id);
      if (!ctx.body) throw httpError(404, `no user ${ctx.params.id}`);
    },
    'GET /users': (ctx) => {
      ctx.body = [...users.values()].slice(0, Number(ctx.query.limit ?? 10));
    },
    'POST /users': async (ctx) => {
      await sleep(2);
      if (!ctx.request.body?.name) throw httpError(422, 'name required');
      const id = String(users.size + 7);
      users.set(id, { id, ...ctx.request.body });
      ctx.status = 201;
      ctx.body = users.get(id);
    },
  })
);
app.use(async (ctx, next) => {
  await next();
  if (ctx.path === '/twice') await next(); // a bug on purpose
});

(async () => {
  const requests = [
    { method: 'GET', url: '/users?limit=1' },
    { method: 'POST', url: '/users', body: { name: 'Omar' } },
    { method: 'POST', url: '/users', body: {} },
    { method: 'GET', url: '/users/99' },
    { method: 'GET', url: '/users/7' },
    { method: 'PUT', url: '/users' },
    { method: 'GET', url: '/nowhere' },
    { method: 'GET', url: '/twice' },
  ];
  for (const r of requests) {
    const { headers } = await app.handle(r);
    if (headers.size) console.log('   headers', Object.fromEntries(headers));
  }
})();
