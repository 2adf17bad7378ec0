const assert = require('assert');

class Money {
  static #rates = { USD: 1, EUR: 1.25, GBP: 1.5 };
  constructor(cents, currency = 'USD') {
    if (!Number.isInteger(cents)) throw new TypeError('cents must be an integer');
    if (!(currency in Money.#rates)) throw new Error(`unknown currency ${currency}`);
    this.cents = cents;
    this.currency = currency;
  }
  static parse(text) {
    const m = /^([A-Z]{3})\s*(-?\d+)(?:\.(\d{2}))?$/.exec(text.trim());
    if (!m) throw new SyntaxError(`cannot parse "${text}"`);
    const [, cur, whole, frac = '00'] = m;
    const sign = whole.startsWith('-') ? -1 : 1;
    return new Money(sign * (Math.abs(Number(whole)) * 100 + Number(frac)), cur);
  }
  to(currency) {
    const usd = this.cents * Money.#rates[this.currency];
    return new Money(Math.round(usd / Money.#rates[currency]), currency);
  }
  plus(other) {
    return new Money(this.cents + other.to(this.currency).cents, this.currency);
  }
  valueOf() {
    return this.cents * Money.#rates[this.currency];
  }
  toString() {
    const abs = Math.abs(this.cents);
    return `${this.cents < 0 ? '-' : ''}${this.currency} ${Math.floor(abs / 100)}.${String(abs % 100).padStart(2, '0')}`;
  }
}

class Ledger {
  entries = [];
  post(account, amount, memo = '') {
    this.entries.push(Object.freeze({ account, amount, memo, at: this.entries.length }));
  }
  balance(account, currency = 'USD') {
    return this.entries
      .filter((e) => e.account === account)
      .reduce((sum, e) => sum.plus(e.amount), new Money(0, currency));
  }
  statement(account) {
    let running = new Money(0);
    return this.entries
      .filter((e) => e.account === account)
      .map(({ amount, memo }) => {
        running = running.plus(amount);
        return `${memo.padEnd(10)}${String(amount).padStart(12)}${String(running).padStart(12)}`;
      });
  }
}

const ledger = new Ledger();
ledger.post('cash', Money.parse('USD 100.50'), 'opening');
ledger.post('cash', Money.parse('EUR 20'), 'travel');
ledger.post('cash', Money.parse('USD -3.05'), 'coffee');
ledger.post('bank', Money.parse('GBP 10.10'));
console.log(ledger.statement('cash').join('\n'));
console.log(`${ledger.balance('cash')} | ${ledger.balance('cash', 'EUR')} | ${ledger.balance('bank')}`);
console.log(new Money(100, 'GBP') > new Money(120, 'USD'));
for (const bad of ['12.00', 'XYZ 1', 'USD 1.2']) {
  try {
    console.log(String(Money.parse(bad)));
  } catch (e) {
    console.log(`${e.name}: ${e.message}`);
  }
}
assert.strictEqual(ledger.entries.length, 4);
console.log('ok');
