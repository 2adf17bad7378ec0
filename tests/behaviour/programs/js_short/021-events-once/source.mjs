import { EventEmitter, once } from 'node:events';

const emitter = new EventEmitter();

setTimeout(() => emitter.emit('ready', 'db', 5432), 10);
const [name, port] = await once(emitter, 'ready');
console.log(`${name} ready on ${port}`);

setTimeout(() => emitter.emit('error', new Error('connection lost')), 5);
try {
  await once(emitter, 'data');
} catch ({ message }) {
  console.log('error:', message);
}
console.log(emitter.eventNames());
