class Account {
  #balance = 0;
  constructor(owner) { this.owner = owner; }
  static async open(owner, initial) {
    const acc = new Account(owner);
    await acc.deposit(initial);
    return acc;
  }
  async deposit(amount) {
    await new Promise((r) => setTimeout(r, 5));
    this.#balance += amount;
    return this;
  }
  async withdraw(amount) {
    if (amount > this.#balance) throw new Error(`Insufficient funds: ${this.#balance} < ${amount}`);
    this.#balance -= amount;
    return this.#balance;
  }
  get balance() { return this.#balance; }
}

Account.open('Lee', 100)
  .then((acc) => acc.deposit(50))
  .then(async (acc) => {
    console.log(acc.owner, acc.balance);
    console.log('left', await acc.withdraw(30));
    await acc.withdraw(500);
  })
  .catch((e) => console.log(e.message));
