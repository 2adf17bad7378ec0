class Logger {
  constructor(name) {
    this.name = name;
    this.lines = 0;
  }

  info(text) {
    this.lines += 1;
    console.log(`[${this.name}] ${text}`);
  }
}

module.exports = Logger;
