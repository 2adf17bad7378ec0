'use strict';
const { EventEmitter } = require('node:events');
const { PassThrough } = require('node:stream');
const readline = require('node:readline');

// Chat server over in-memory streams instead of sockets.

class ChatServer extends EventEmitter {
  clients = new Map();

  connect(stream) {
    const rl = readline.createInterface({ input: stream.toServer, crlfDelay: Infinity });
    const session = { nick: null, write: (s) => stream.toClient.write(`${s}\n`) };
    session.write('nick?');

    rl.on('line', (line) => {
      try {
        this.#handle(session, line.trim(), rl);
      } catch (err) {
        session.write(`! ${err.message}`);
      }
    });
    rl.on('close', () => {
      if (session.nick && this.clients.delete(session.nick)) this.#broadcast(`* ${session.nick} left`);
      stream.toClient.end();
      if (this.clients.size === 0) this.emit('empty');
    });
  }

  #handle(session, line, rl) {
    if (!session.nick) {
      if (!/^\w{2,8}$/.test(line)) throw new Error('bad nick, try again');
      if (this.clients.has(line)) throw new Error(`${line} is taken`);
      session.nick = line;
      this.clients.set(line, session);
      this.#broadcast(`* ${line} joined`);
      return;
    }
    if (!line.startsWith('/')) {
      this.#broadcast(`<${session.nick}> ${line}`);
      return;
    }
    const [cmd, ...args] = line.slice(1).split(' ');
    switch (cmd) {
      case 'who':
        session.write([...this.clients.keys()].sort().join(' '));
        break;
      case 'msg': {
        const [to, ...words] = args;
        const target = this.clients.get(to);
        if (!target) throw new Error(`nobody called ${to}`);
        target.write(`[${session.nick}] ${words.join(' ')}`);
        break;
      }
      case 'quit':
        rl.close();
        break;
      default:
        throw new Error(`unknown command /${cmd}`);
    }
  }

  #broadcast(text) {
    this.emit('broadcast', text);
    for (const c of this.clients.values()) c.write(text);
  }
}

function openClient(server) {
  const stream = { toServer: new PassThrough(), toClient: new PassThrough() };
  const transcript = [];
  const closed = (async () => {
    for await (const line of readline.createInterface({ input: stream.toClient })) transcript.push(line);
    return transcript;
  })();
  server.connect(stream);
  return {
    say: async (text) => {
      stream.toServer.write(`${text}\n`);
      await new Promise((r) => setTimeout(r, 5)); // let it travel
    },
    hangUp: () => stream.toServer.end(),
    closed,
  };
}

(async () => {
  const server = new ChatServer();
  let broadcasts = 0;
  server.on('broadcast', () => broadcasts++);
  const empty = new Promise((resolve) => server.once('empty', resolve));

  const ann = openClient(server);
  await ann.say('ann');
  const bob = openClient(server);
  await bob.say('b');
  await bob.say('ann');
  await bob.say('bob');
  await ann.say('hi all');
  await bob.say('/who');
  await bob.say('/msg ann psst, secret');
  await bob.say('/msg zoe hello');
  await ann.say('/dance');
  await bob.say('/quit');
  await ann.say('gone already?');
  ann.hangUp();

  await empty;
  for (const [name, c] of Object.entries({ ann, bob })) {
    console.log(`--- what ${name} saw`);
    for (const line of await c.closed) console.log(line);
  }
  console.log('broadcasts:', broadcasts);
})();
