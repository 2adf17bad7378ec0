// Saga with compensation + typed errors + audit log
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
class StepError extends Error {
  constructor(step, options) {
    super(`step "${step}" failed`, options);
    this.name = 'StepError';
    this.step = step;
  }
}
class CompensationError extends AggregateError {
  constructor(errors) {
    super(errors, `${errors.length} compensation(s) failed`);
    this.name = 'CompensationError';
  }
}
class Saga {
  #steps = [];
  audit = [];
  step(name, run, undo = null) {
    this.#steps.push({ name, run, undo });
    return this;
  }
  async execute(ctx = {}) {
    const done = [];
    for (const step of this.#steps) {
      try {
        const out = await step.run(ctx);
        Object.assign(ctx, out);
        done.unshift(step);
        this.audit.push(`+${step.name}`);
      } catch (cause) {
        this.audit.push(`!${step.name}`);
        await this.#rollback(done, ctx);
        throw new StepError(step.name, { cause });
      }
    }
    return ctx;
  }
  async #rollback(done, ctx) {
    const errors = [];
    for (const { name, undo } of done) {
      if (!undo) continue;
      try {
        await undo(ctx);
        this.audit.push(`-${name}`);
      } catch (e) {
        errors.push(e);
        this.audit.push(`x${name}`);
      }
    }
    if (errors.length) throw new CompensationError(errors);
  }
}
const stock = { widget: 2 };
const balance = { ann: 100 };
const order = (qty, price, { shipFails = false, undoFails = false } = {}) =>
  new Saga()
    .step('reserve', async () => {
      await sleep(1);
      if (stock.widget < qty) throw new RangeError(`only ${stock.widget} left`);
      stock.widget -= qty;
      return { reserved: qty };
    }, async ({ reserved }) => {
      await sleep(1);
      if (undoFails) throw new Error('warehouse offline');
      stock.widget += reserved;
    })
    .step('charge', async ({ reserved }) => {
      const total = reserved * price;
      if (balance.ann < total) throw new Error(`insufficient funds: ${balance.ann} < ${total}`);
      balance.ann -= total;
      return { total };
    }, ({ total }) => { balance.ann += total; })
    .step('ship', async (ctx) => {
      await sleep(1);
      if (shipFails) throw new Error('no carrier');
      return { tracking: `T-${ctx.total}` };
    });
async function attempt(label, saga) {
  try {
    const { tracking, ...rest } = await saga.execute();
    console.log(label, 'ok', tracking, JSON.stringify(rest));
  } catch (e) {
    if (e instanceof CompensationError) console.log(label, e.name, e.message, e.errors.map((x) => x.message));
    else if (e instanceof StepError) console.log(label, e.message, '<-', e.cause.message);
    else throw e;
  } finally {
    console.log('  ', saga.audit.join(' '), JSON.stringify({ ...stock, ...balance }));
  }
}
await attempt('first', order(1, 30));
await attempt('second', order(5, 1));
await attempt('third', order(1, 300));
await attempt('fourth', order(1, 10, { shipFails: true }));
await attempt('fifth', order(1, 10, { shipFails: true, undoFails: true }));
