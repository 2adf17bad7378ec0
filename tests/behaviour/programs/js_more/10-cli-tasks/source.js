const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

class TaskStore {
  constructor(file) {
    this.file = file;
  }
  load() {
    if (!fs.existsSync(this.file)) return [];
    return JSON.parse(fs.readFileSync(this.file, 'utf8'));
  }
  save(tasks) {
    fs.writeFileSync(this.file, JSON.stringify(tasks, null, 2) + '\n');
  }
}

const commands = {
  add(store, ...words) {
    const tasks = store.load();
    const priority = words[0]?.startsWith('!') ? words.shift().length : 0;
    const id = Math.max(0, ...tasks.map((t) => t.id)) + 1;
    tasks.push({ id, text: words.join(' '), priority, done: false });
    store.save(tasks);
    return `added #${id}`;
  },
  done(store, id) {
    const tasks = store.load();
    const task = tasks.find((t) => t.id === Number(id));
    if (!task) throw new Error(`no task #${id}`);
    task.done = true;
    store.save(tasks);
    return `done #${task.id}`;
  },
  list(store, flag) {
    const tasks = store.load().filter((t) => flag === '--all' || !t.done);
    if (tasks.length === 0) return '(none)';
    return tasks
      .sort((a, b) => b.priority - a.priority || a.id - b.id)
      .map((t) => `${t.done ? '[x]' : '[ ]'} #${t.id} ${t.text}${'!'.repeat(t.priority)}`)
      .join('\n');
  },
};

function run(store, line) {
  const [name, ...args] = line.split(/\s+/);
  const command = commands[name];
  if (typeof command !== 'function') return `unknown command: ${name}`;
  try {
    return command(store, ...args);
  } catch (e) {
    return `error: ${e.message}`;
  }
}

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'tasks-'));
const store = new TaskStore(path.join(dir, 'tasks.json'));
for (const line of ['list', 'add buy milk', 'add !! fix the build', 'add ! call bob', 'done 1', 'done 9', 'list', 'list --all', 'frobnicate']) {
  console.log('> ' + line);
  console.log(run(store, line));
}
console.log(path.basename(store.file), path.extname(store.file), fs.readFileSync(store.file, 'utf8').split('\n').length);
fs.rmSync(dir, { recursive: true });
console.log(fs.existsSync(dir));
