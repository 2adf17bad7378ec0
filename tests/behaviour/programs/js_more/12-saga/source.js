const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

class Saga {
  constructor(name) {
    this.name = name;
    this.steps = [];
  }
  step(name, action, compensate) {
    this.steps.push({ name, action, compensate });
    return this;
  }
  async run(ctx = {}) {
    const done = [];
    for (const step of this.steps) {
      try {
        console.log(`[${this.name}] -> ${step.name}`);
        const patch = await step.action(ctx);
        Object.assign(ctx, patch);
        done.push(step);
      } catch (error) {
        console.log(`[${this.name}] !! ${step.name}: ${error.message}`);
        for (const s of done.reverse()) {
          if (s.compensate) {
            await s.compensate(ctx);
            console.log(`[${this.name}] <- ${s.name}`);
          }
        }
        return { ok: false, failedAt: step.name, error: error.message };
      }
    }
    return { ok: true, ctx };
  }
}

const inventory = { apple: 5, pear: 0 };

function checkout(item, card) {
  return new Saga(`checkout:${item}`)
    .step('reserve', async () => {
      await sleep(2);
      if (!inventory[item]) throw new Error(`out of stock: ${item}`);
      inventory[item]--;
      return { reserved: item };
    }, async ({ reserved }) => {
      inventory[reserved]++;
    })
    .step('charge', async (ctx) => {
      await sleep(1);
      if (card.balance < 10) throw new Error('card declined');
      card.balance -= 10;
      return { charged: 10, ref: `${ctx.reserved}-${card.balance}` };
    }, async () => {
      card.balance += 10;
    })
    .step('notify', async ({ ref }) => ({ message: `sent ${ref}` }));
}

async function main() {
  const good = await checkout('apple', { balance: 25 }).run();
  console.log(good.ok, good.ctx.message);
  const poor = await checkout('apple', { balance: 3 }).run();
  console.log(poor);
  const none = await checkout('pear', { balance: 100 }).run();
  console.log(none.failedAt, inventory);
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
