// A lighthouse radio that needs a few calls before it answers; each wait doubles.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class SilentRadio extends Error {
  constructor(attempt) {
    super(`no answer to call ${attempt}`);
    this.attempt = attempt;
  }
}

function makeRadio(answersAt) {
  let calls = 0;
  return async () => {
    calls += 1;
    await sleep(2);
    if (calls < answersAt) {
      throw new SilentRadio(calls);
    }
    return "light is on";
  };
}

async function withRetry(operation, { attempts = 3, wait = 5 } = {}) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === attempts) {
        throw error;
      }
      console.log(`${error.message}, waiting ${wait} ms`);
      await sleep(wait);
      wait *= 2;
    }
  }
}

async function main() {
  console.log(await withRetry(makeRadio(3)));
  try {
    await withRetry(makeRadio(9), { attempts: 2 });
  } catch (error) {
    console.log(`gave up: ${error.message}`);
  }
}

main();
