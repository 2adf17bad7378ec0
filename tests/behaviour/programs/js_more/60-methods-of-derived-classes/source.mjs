class Task {
  constructor(name) {
    this.name = name;
    this.log = [];
  }
  steps() {
    throw new Error(`${this.name}: no steps`);
  }
  weight(step) {
    return step.length;
  }
  get title() {
    return this.name;
  }
  async run() {
    let total = 0;
    for (const step of this.steps()) {
      await null;
      const w = this.weight(step);
      total += w;
      this.log.push(`${step}:${w}`);
    }
    return `${this.title} ${this.log.join(' ')} = ${total}`;
  }
}

class Build extends Task {
  steps() {
    return ['fetch', 'compile'];
  }
  weight(step) {
    return step === 'compile' ? step.length * 2 : super.weight(step);
  }
}

class Deploy extends Build {
  constructor(name, hosts) {
    super(name);
    this.hosts = hosts;
  }
  steps() {
    return [...super.steps(), ...this.hosts.map((h) => `push-${h}`)];
  }
  get title() {
    return `[${super.title}]`;
  }
}

class Broken extends Task {}

for (const task of [new Build('app'), new Deploy('site', ['a', 'b']), new Broken('none')]) {
  try {
    console.log(await task.run());
  } catch (error) {
    console.log('failed', error.message);
  }
}
