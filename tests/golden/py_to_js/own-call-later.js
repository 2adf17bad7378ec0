class Clock {
  constructor() {
    this.calls = [];
  }

  callLater(delay, action) {
    this.calls.push([delay, action]);
  }
}

new Clock().callLater(2, console.log);
