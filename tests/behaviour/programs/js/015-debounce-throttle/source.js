const { setTimeout: sleep } = require('timers/promises');

function debounce(fn, ms, { leading = false } = {}) {
  let timer = null;
  let lastArgs;
  function debounced(...args) {
    const first = timer === null;
    lastArgs = args;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      if (!leading) fn.apply(this, lastArgs);
    }, ms);
    if (leading && first) fn.apply(this, args);
  }
  debounced.cancel = () => {
    clearTimeout(timer);
    timer = null;
  };
  debounced.flush = () => {
    if (timer !== null) {
      debounced.cancel();
      fn(...lastArgs);
    }
  };
  return debounced;
}

function throttle(fn, ms) {
  let blocked = false;
  let pendingArgs = null;
  const unblock = () => {
    if (pendingArgs) {
      fn(...pendingArgs);
      pendingArgs = null;
      setTimeout(unblock, ms);
    } else {
      blocked = false;
    }
  };
  return (...args) => {
    if (blocked) {
      pendingArgs = args;
      return false;
    }
    blocked = true;
    fn(...args);
    setTimeout(unblock, ms);
    return true;
  };
}

const editor = {
  saves: 0,
  save: debounce(function (text) {
    this.saves++;
    console.log(`save #${this.saves}: "${text}"`);
  }, 40),
};

async function main() {
  // Each keystroke postpones the save
  for (const text of ['h', 'he', 'hel', 'hell', 'hello']) {
    editor.save(text);
    await sleep(2);
  }
  await sleep(60);
  editor.save('hello world');
  await sleep(60);
  console.log('saves:', editor.saves);

  const resize = debounce((w, h) => console.log(`layout ${w}x${h}`), 50);
  resize(800, 600);
  resize(1024, 768);
  resize.flush();
  resize.flush(); // nothing left
  resize(1, 1);
  resize.cancel();

  const click = debounce((n) => console.log('click', n), 30, { leading: true });
  [1, 2, 3].forEach(click);
  await sleep(60);
  click(4);

  const positions = [];
  const scroll = throttle((y) => positions.push(y), 60);
  const immediate = [];
  for (let y = 0; y <= 500; y += 100) immediate.push(scroll(y));
  console.log(immediate.filter(Boolean).length, 'of', immediate.length, 'ran at once');
  await sleep(150);
  console.log('positions', positions);
}
main().catch(console.error);
