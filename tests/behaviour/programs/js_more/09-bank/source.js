class InsufficientFunds extends Error {
  constructor(needed, available) {
    super(`Need ${needed}, have ${available}`);
    this.name = this.constructor.name;
    this.needed = needed;
    this.available = available;
  }
}

class Account {
  static #count = 0;
  #balance;
  constructor(owner, balance = 0) {
    this.owner = owner;
    this.#balance = balance;
    this.id = ++Account.#count;
    this.history = [];
  }
  static get count() {
    return Account.#count;
  }
  get balance() {
    return this.#balance;
  }
  deposit(amount) {
    if (typeof amount !== 'number' || Number.isNaN(amount) || amount <= 0) {
      throw new TypeError(`Invalid amount: ${amount}`);
    }
    this.#balance += amount;
    this.history.push({ type: 'deposit', amount });
    return this;
  }
  withdraw(amount) {
    if (amount > this.#balance) throw new InsufficientFunds(amount, this.#balance);
    this.#balance -= amount;
    this.history.push({ type: 'withdraw', amount });
    return this;
  }
  toString() {
    return `${this.owner} [${this.id}]: ${this.#balance}`;
  }
  toJSON() {
    return { id: this.id, owner: this.owner, balance: this.#balance };
  }
}

class SavingsAccount extends Account {
  constructor(owner, balance, rate) {
    super(owner, balance);
    this.rate = rate;
  }
  addInterest() {
    const interest = Math.round(this.balance * this.rate * 100) / 100;
    return this.deposit(interest);
  }
  toString() {
    return `${super.toString()} @ ${(this.rate * 100).toFixed(1)}%`;
  }
}

function transfer(from, to, amount) {
  from.withdraw(amount);
  try {
    to.deposit(amount);
  } catch (e) {
    from.deposit(amount);
    throw e;
  }
}

const alice = new Account('Alice', 100);
const bob = new SavingsAccount('Bob', 50, 0.05);
transfer(alice, bob, 30);
bob.addInterest();
console.log(`${alice}`);
console.log(String(bob));
try {
  transfer(alice, bob, 500);
} catch (err) {
  if (err instanceof InsufficientFunds) console.log(err.name, err.needed - err.available);
  else throw err;
}
try {
  alice.deposit(-5);
} catch (err) {
  console.log(`${err.name}: ${err.message}`);
}
console.log(JSON.stringify([alice, bob]));
console.log(JSON.stringify(bob.history, null, 2));
console.log(Account.count, bob instanceof Account, alice instanceof SavingsAccount);
