class Router {
  constructor() {
    this.routes = [];
    this.middleware = [];
  }
  use(fn) {
    this.middleware.push(fn);
    return this;
  }
  add(method, pattern, handler) {
    const keys = [];
    const source = pattern.replace(/:(\w+)/g, (_, key) => {
      keys.push(key);
      return '([^/]+)';
    });
    this.routes.push({ method, regex: new RegExp(`^${source}$`), keys, handler });
    return this;
  }
  get(p, h) {
    return this.add('GET', p, h);
  }
  post(p, h) {
    return this.add('POST', p, h);
  }
  async handle(method, url, body = null) {
    const [path, query = ''] = url.split('?');
    const params = {};
    for (const pair of query.split('&').filter(Boolean)) {
      const [k, v] = pair.split('=').map(decodeURIComponent);
      params[k] = v;
    }
    const req = { method, path, query: params, body, user: null };
    const run = async (i) => {
      if (i < this.middleware.length) return this.middleware[i](req, () => run(i + 1));
      for (const route of this.routes) {
        const match = route.method === method && route.regex.exec(path);
        if (!match) continue;
        req.params = Object.fromEntries(route.keys.map((k, n) => [k, match[n + 1]]));
        return { status: 200, body: await route.handler(req) };
      }
      return { status: 404, body: `No route for ${method} ${path}` };
    };
    try {
      return await run(0);
    } catch (err) {
      return { status: err.status ?? 500, body: err.message };
    }
  }
}

class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const users = new Map([[1, { id: 1, name: 'Ada' }], [2, { id: 2, name: 'Lin' }]]);
const app = new Router()
  .use(async (req, next) => {
    const res = await next();
    console.log(`${req.method} ${req.path} -> ${res.status}`);
    return res;
  })
  .use((req, next) => {
    if (req.path.startsWith('/admin')) throw new HttpError(401, 'login required');
    return next();
  })
  .get('/users', ({ query }) => {
    const list = [...users.values()];
    return query.sort === 'desc' ? list.reverse() : list;
  })
  .get('/users/:id', ({ params }) => {
    const user = users.get(Number(params.id));
    if (!user) throw new HttpError(404, `user ${params.id} not found`);
    return user;
  })
  .post('/users', ({ body }) => {
    const id = users.size + 1;
    users.set(id, { id, ...body });
    return users.get(id);
  });

(async () => {
  for (const [m, u, b] of [
    ['GET', '/users'],
    ['GET', '/users?sort=desc&x=a%20b'],
    ['GET', '/users/2'],
    ['GET', '/users/9'],
    ['POST', '/users', { name: 'Zed' }],
    ['GET', '/admin/panel'],
    ['PUT', '/nothing'],
  ]) {
    const res = await app.handle(m, u, b);
    console.log(JSON.stringify(res.body));
  }
})();
