const counter = (function () {
  let count = 0;
  const history = [];
  function record(op) {
    history.push(`${op}:${count}`);
  }
  return {
    inc() { count++; record('inc'); return this; },
    dec() { count--; record('dec'); return this; },
    async incLater(ms) {
      await new Promise(function (r) { setTimeout(r, ms); });
      return this.inc();
    },
    get history() { return history.slice(); },
  };
})();

counter.inc().inc().dec();
(async () => {
  await counter.incLater(5);
  console.log(counter.history);
  console.log(counter.count);
})();
