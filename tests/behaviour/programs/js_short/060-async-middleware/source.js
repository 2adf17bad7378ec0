const app = {
  stack: [],
  use(fn) {
    this.stack.push(fn);
    return this;
  },
  handle(ctx) {
    const dispatch = (i) => {
      const fn = this.stack[i];
      return fn ? Promise.resolve(fn(ctx, () => dispatch(i + 1))) : Promise.resolve();
    };
    return dispatch(0);
  },
};

app
  .use(async (ctx, next) => {
    console.log('>> logger', ctx.path);
    await next();
    console.log('<< logger', ctx.status);
  })
  .use(async (ctx, next) => {
    ctx.user = ctx.path.startsWith('/admin') ? null : 'guest';
    if (!ctx.user) return void (ctx.status = 403);
    await next();
  })
  .use((ctx) => { ctx.status = 200; });

app.handle({ path: '/home' }).then(() => app.handle({ path: '/admin/x' }));
