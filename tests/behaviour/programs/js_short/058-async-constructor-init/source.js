class Database {
  constructor() {
    this.ready = this.#init();
  }
  async #init() {
    await new Promise((r) => setTimeout(r, 10));
    this.tables = { users: ['ann', 'bob'] };
    console.log('init complete');
  }
  async query(table) {
    await this.ready;
    return this.tables[table] ?? [];
  }
}

const db = new Database();
console.log('tables before ready:', db.tables);
db.query('users').then((u) => console.log('users', u));
db.query('pets').then((p) => console.log('pets', p));
