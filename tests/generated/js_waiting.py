"""Random JavaScript that waits: combinators, races, time limits, aborting, queues, limits, streams of values, events.

A mixin of js_programs.Program like js_structures.Structures. Timers differ by STEP at least, so that the order of what
happens does not depend on the machine's load.
"""

STEP = 20


class Waiting:
    """Declarations and statements about promises; only inside async functions."""

    waiting = (
        "task", "race", "any", "with_timeout", "abort", "retry", "limiter", "queue", "emitter", "mutex", "stream", "pool", "then_chain",
        "deferred", "timers", "interval", "async_class", "cache", "chunks", "sequence", "settled_table", "all_object", "all_fails", "finally_wait",
        "semaphore", "event_wait", "barrier", "unawaited", "async_closure", "reject_types", "micro_order", "pipeline", "async_iterator_class", "timeout_signal",
        "cleanup_wait", "debounce", "worker_loop", "first_ok", "poll", "nested_async",
    )  # fmt: skip

    def ms(self, least=1, most=4):
        """A time that no worker's is equal to."""
        return STEP * self.rng.randint(least, most) - STEP // 2

    def delays(self, count):
        return [STEP * n for n in self.rng.sample(range(1, count + 3), count)]

    def worker(self):
        """The name of `async name(label, ms, fails)`, declared once."""
        if not self.worker_name:
            self.worker_name = self.fresh()
            self.lines_of(
                f"async function {self.worker_name}(label, ms, fails = false) {{",
                "  await sleep(ms);",
                f"  if (fails) throw new {self.pick(['Error', 'TypeError', 'RangeError'])}(`${{label}} failed`);",
                f"  {self.pick(['console.log(' + repr('done') + ', label);', 'console.log(`${label} after ${ms}`);'])}",
                f"  return {self.pick(['label', 'label.length + ms', '`<${label}>`'])};",
                "}",
                "",
            )
        return self.worker_name

    def jobs(self, count, failing=0.0):
        name = self.worker()
        return [f"{name}({self.word()}, {ms}{', true' if self.chance(failing) else ''})" for ms in self.delays(count)]

    def declare_task(self):
        self.worker()
        self.use(self.do_many)
        self.use(self.do_many)

    def do_many(self):
        name = self.fresh()
        jobs = ", ".join(self.jobs(self.rng.randint(2, 3)))
        self.emit(self.pick([
            f"console.log(await Promise.all([{jobs}]));",
            f"const [{name}, ...{name}Rest] = await Promise.all([{jobs}]);\n{'  ' * self.depth}console.log({name}, {name}Rest.length);",
            f"const {name} = [{jobs}];\n{'  ' * self.depth}for (const job of {name}) console.log('got', await job);",
            f"const {name} = (await Promise.all([{jobs}])).map((x) => `${{x}}!`);\n{'  ' * self.depth}console.log({name}.join());",
        ]))  # fmt: skip

    def caught(self, line, show=None):
        self.lines_of(
            "try {",
            f"  {line}",
            "} catch (err) {",
            f"  console.log({show or self.pick(['err.message', 'err.name, err.message', '`failed: ${err.message}`'])});",
            "}" if self.chance(0.7) else "} finally {\n" + "  " * self.depth + "  console.log('always');\n" + "  " * self.depth + "}",
        )

    def declare_race(self):
        self.worker()
        self.use(lambda: self.caught(f"console.log('first', await Promise.race([{', '.join(self.jobs(self.rng.randint(2, 3), 0.2))}]));"))

    def declare_any(self):
        self.worker()
        self.use(lambda: self.caught(f"console.log('any', await Promise.any([{', '.join(self.jobs(self.rng.randint(2, 3), 0.6))}]));", "err.constructor.name, err.errors?.length ?? 0"))

    def declare_all_fails(self):
        self.worker()
        self.use(lambda: self.caught(f"console.log(await Promise.all([{', '.join(self.jobs(3, 0.4))}]));"))

    def declare_settled_table(self):
        self.worker()

        def use():
            name, one = self.fresh(), self.fresh()
            self.emit(f"const {name} = await Promise.allSettled([{', '.join(self.jobs(3, 0.4))}]);")
            self.emit(self.pick([
                f"for (const {one} of {name}) console.log({one}.status, {one}.status === 'fulfilled' ? {one}.value : {one}.reason.message);",
                f"console.log({name}.filter((r) => r.status === 'fulfilled').map((r) => r.value), {name}.filter((r) => r.status === 'rejected').length);",
                f"{name}.forEach((r, i) => console.log(i, r.status));",
                f"for (const {one} of {name}) {{\n{'  ' * self.depth}  if ({one}.status === 'rejected') {{\n{'  ' * self.depth}    console.log('no', {one}.reason.message);\n{'  ' * self.depth}    continue;\n{'  ' * self.depth}  }}\n{'  ' * self.depth}  console.log('ok', {one}.value);\n{'  ' * self.depth}}}",
            ]))  # fmt: skip

        self.use(use)

    def declare_all_object(self):
        self.worker()

        def use():
            a, b = self.fresh(), self.fresh()
            first, second = self.jobs(2)
            self.emit(self.pick([f"const [{a}, {b}] = await Promise.all([{first}, {second}]);", f"const {a}Started = {first};\n{'  ' * self.depth}const {b} = await {second};\n{'  ' * self.depth}const {a} = await {a}Started;"]))
            self.emit(f"console.log({{ {a}, other: {b} }});")

        self.use(use)

    def declare_with_timeout(self):
        name = self.fresh()
        worker = self.worker()
        self.lines_of(
            f"function {name}(promise, ms) {{",
            "  let timer;",
            "  const late = new Promise((_, reject) => {",
            f"    timer = setTimeout(() => reject(new Error(`{self.pick(['timeout after', 'late by'])} ${{ms}}`)), ms);",
            "  });",
            "  return Promise.race([promise, late]).finally(() => clearTimeout(timer));",
            "}",
            "",
        )

        def use():
            one, two = self.rng.sample(range(1, 6), 2)
            self.caught(f"console.log(await {name}({worker}({self.word()}, {one * STEP}), {two * STEP}));")

        self.use(use)

    def declare_abort(self):
        name = self.fresh()
        self.lines_of(
            f"function {name}(ms, signal) {{",
            "  return new Promise((resolve, reject) => {",
            f"    {self.pick(['signal?.throwIfAborted();', 'if (signal.aborted) return reject(signal.reason);', ''])}",
            "    const timer = setTimeout(() => resolve(`slept ${ms}`), ms);",
            "    signal.addEventListener('abort', () => {",
            "      clearTimeout(timer);",
            f"      reject(new Error('{self.pick(['aborted', 'cancelled', 'stopped'])}'));",
            "    }, { once: true });",
            "  });",
            "}",
            "",
        )

        def use():
            made = self.fresh()
            one, two = self.rng.sample(range(1, 6), 2)
            self.emit(f"const {made} = new AbortController();")
            self.emit(f"setTimeout(() => {made}.abort(), {one * STEP});")
            self.caught(f"console.log(await {name}({two * STEP}, {made}.signal));", "err.message, " + made + ".signal.aborted")

        self.use(use)

    def declare_retry(self):
        name = self.fresh()
        form = self.pick(["for", "while"])
        self.lines_of(
            f"async function {name}(work, {{ attempts = 3, delay = {STEP}, factor = 2 }} = {{}}) {{",
            "  let last;",
            *(["  for (let attempt = 1; attempt <= attempts; attempt++) {"] if form == "for" else ["  let attempt = 0;", "  while (attempt < attempts) {", "    attempt += 1;"]),
            "    try {",
            "      return await work(attempt);",
            "    } catch (err) {",
            "      last = err;",
            "      console.log(`attempt ${attempt}: ${err.message}`);",
            f"      {self.pick(['await sleep(delay * factor ** (attempt - 1));', 'if (attempt < attempts) await sleep(delay * attempt);', 'await sleep(Math.min(delay * 2 ** attempt, 30));'])}",
            "    }",
            "  }",
            f"  throw {self.pick(['last', 'new Error(`gave up: ${last.message}`)', 'new Error(' + repr('gave up') + ', { cause: last })'])};",
            "}",
            "",
        )

        def use():
            good = self.rng.randint(1, 5)
            options = self.pick(["", ", { attempts: 2 }", f", {{ delay: {STEP}, factor: 1 }}", ", { attempts: 4, factor: 1 }"])
            self.caught(f"console.log(await {name}(async (n) => {{ if (n < {good}) throw new Error(`not yet ${{n}}`); return n * {self.rng.randint(2, 9)}; }}{options}));")

        self.use(use)

    def declare_limiter(self):
        name = self.fresh()
        worker = self.worker()
        self.lines_of(
            f"async function {name}(items, limit, work) {{",
            "  const results = [];",
            "  const running = new Set();",
            "  for (const item of items) {",
            "    const job = work(item).then((value) => {",
            "      running.delete(job);",
            "      return value;",
            "    });",
            "    running.add(job);",
            "    results.push(job);",
            "    if (running.size >= limit) await Promise.race(running);",
            "  }",
            "  return Promise.all(results);",
            "}",
            "",
        )

        def use():
            delays = self.delays(4)
            self.emit(f"console.log(await {name}([{', '.join(map(str, delays))}], {self.rng.randint(1, 3)}, (ms) => {worker}(`t${{ms}}`, ms)));")

        self.use(use)

    def declare_pool(self):
        name = self.fresh()
        worker = self.worker()
        self.lines_of(
            f"async function {name}(items, size, work) {{",
            "  const results = new Array(items.length);",
            "  let next = 0;",
            "  async function run() {",
            "    while (next < items.length) {",
            "      const index = next++;",
            "      results[index] = await work(items[index], index);",
            "    }",
            "  }",
            f"  await Promise.all({self.pick(['Array.from({ length: size }, run)', 'Array.from({ length: size }, () => run())', '[...Array(size)].map(() => run())'])});",
            "  return results;",
            "}",
            "",
        )

        def use():
            delays = self.delays(4)
            self.emit(f"console.log(await {name}([{', '.join(map(str, delays))}], {self.rng.randint(1, 3)}, async (ms, i) => `${{i}}:${{await {worker}(`p${{ms}}`, ms)}}`));")

        self.use(use)

    def declare_queue(self):
        name = self.fresh()[:1].upper() + f"Queue{self.fresh_number()}"
        self.lines_of(
            f"class {name} {{",
            "  #items = [];",
            "  #waiting = [];",
            "  push(item) {",
            "    const taker = this.#waiting.shift();",
            "    if (taker) taker(item);",
            "    else this.#items.push(item);",
            "  }",
            f"  {self.pick(['', 'async '])}take() {{",
            "    if (this.#items.length > 0) return " + "Promise.resolve(this.#items.shift());",
            "    return new Promise((resolve) => this.#waiting.push(resolve));",
            "  }",
            f"  get size() {{ return this.#items.length; }}",
            "}",
            "",
        )

        def use():
            queue = self.fresh()
            count = self.rng.randint(2, 4)
            self.lines_of(
                f"const {queue} = new {name}();",
                f"const {queue}Consumer = (async () => {{",
                f"  const taken = [];",
                f"  for (let i = 0; i < {count}; i++) {{",
                f"    const item = await {queue}.take();",
                "    console.log('took', item);",
                "    taken.push(item);",
                "  }",
                "  return taken;",
                "})();",
                f"for (let i = 0; i < {count}; i++) {{",
                f"  {queue}.push(i * {self.rng.randint(1, 5)});",
                f"  await sleep({STEP});" if self.chance(0.7) else f"  if (i % 2) await sleep({STEP});",
                "}",
                f"console.log(await {queue}Consumer, {queue}.size);",
            )

        self.use(use)

    def declare_emitter(self):
        event = self.pick(["data", "tick", "change"])
        if "const { EventEmitter } = require('events');" not in self.lines:
            self.emit("const { EventEmitter } = require('events');")
        name = self.fresh()
        self.lines_of(f"const {name} = new EventEmitter();", "")

        def use():
            seen = self.fresh()
            self.lines_of(
                f"const {seen} = [];",
                f"const {seen}Listener = (value, extra = 'none') => {seen}.push(`${{value}}:${{extra}}`);",
                f"{name}.on('{event}', {seen}Listener);",
                f"{name}.{self.pick(['once', 'on'])}('end{seen}', () => console.log('end', {seen}.length));",
                f"{name}.emit('{event}', {self.small()});",
                f"{name}.emit('{event}', {self.small()}, 'more');",
                f"{name}.off('{event}', {seen}Listener);",
                f"console.log({name}.emit('{event}', 1), {seen});",
                f"{name}.emit('end{seen}');",
            )

        self.use(use)

    def declare_mutex(self):
        name = self.fresh()[:1].upper() + f"Mutex{self.fresh_number()}"
        self.lines_of(
            f"class {name} {{",
            "  #last = Promise.resolve();",
            "  run(work) {",
            "    const result = this.#last.then(() => work());",
            "    this.#last = result.catch(() => {});",
            "    return result;",
            "  }",
            "}",
            "",
        )

        def use():
            made, balance = self.fresh(), self.fresh()
            self.lines_of(
                f"const {made} = new {name}();",
                f"let {balance} = {self.rng.randint(5, 50)};",
                f"const {balance}Take = (n) => {made}.run(async () => {{",
                f"  const before = {balance};",
                f"  await sleep({STEP});",
                f"  {balance} = before - n;",
                f"  return {balance};",
                "});",
                f"console.log(await Promise.all([{balance}Take({self.small()}), {balance}Take({self.small()})]), {balance});",
            )

        self.use(use)

    def declare_semaphore(self):
        name = self.fresh()[:1].upper() + f"Semaphore{self.fresh_number()}"
        worker = self.worker()
        self.lines_of(
            f"class {name} {{",
            "  constructor(max) {",
            "    this.max = max;",
            "    this.active = 0;",
            "    this.queue = [];",
            "  }",
            "  async acquire() {",
            "    if (this.active < this.max) {",
            "      this.active++;",
            "      return;",
            "    }",
            "    await new Promise((resolve) => this.queue.push(resolve));",
            "  }",
            "  release() {",
            "    const next = this.queue.shift();",
            "    if (next) next();",
            "    else this.active--;",
            "  }",
            "}",
            "",
        )

        def use():
            made = self.fresh()
            delays = self.delays(3)
            self.lines_of(
                f"const {made} = new {name}({self.rng.randint(1, 2)});",
                f"console.log(await Promise.all([{', '.join(map(str, delays))}].map(async (ms) => {{",
                f"  await {made}.acquire();",
                "  try {",
                f"    return await {worker}(`s${{ms}}`, ms);",
                "  } finally {",
                f"    {made}.release();",
                "  }",
                "})));",
            )

        self.use(use)

    def declare_stream(self):
        name = self.fresh()
        self.lines_of(
            f"async function* {name}(count, ms = {STEP}) {{",
            "  try {",
            "    for (let i = 0; i < count; i++) {",
            "      await sleep(ms);",
            f"      yield {self.pick(['i', 'i * i', '`chunk ${i}`', '{ id: i, even: i % 2 === 0 }'])};",
            "    }",
            "  } finally {",
            "    console.log('stream closed');",
            "  }",
            "}",
            "",
        )

        def use():
            one, total = self.fresh(), self.fresh()
            self.lines_of(
                f"let {total} = 0;",
                f"for await (const {one} of {name}({self.rng.randint(1, 4)})) {{",
                f"  console.log({one});",
                f"  {total}++;",
                *([f"  if ({total} === {self.rng.randint(1, 3)}) break;"] if self.chance(0.4) else []),
                "}",
                f"console.log({total});",
            )

        self.use(use)

    def declare_pipeline(self):
        source, twice = self.fresh(), self.fresh()
        self.lines_of(
            f"async function* {source}(items) {{",
            "  for (const item of items) {",
            f"    await sleep({STEP});",
            "    yield item;",
            "  }",
            "}",
            "",
            f"async function* {twice}(values, change) {{",
            "  for await (const value of values) {",
            f"    if (value % {self.rng.randint(2, 4)} !== 0) yield change(value);",
            "  }",
            "}",
            "",
        )

        def use():
            out = self.fresh()
            self.lines_of(f"const {out} = [];", f"for await (const v of {twice}({source}({self.numbers(0)}), (n) => n * {self.small()})) {out}.push(v);", f"console.log({out});")
            self.declare(out, "numbers")

        self.use(use)

    def declare_async_iterator_class(self):
        name = self.fresh()[:1].upper() + f"Ticker{self.fresh_number()}"
        self.lines_of(
            f"class {name} {{",
            "  constructor(limit) {",
            "    this.limit = limit;",
            "  }",
            "  async *[Symbol.asyncIterator]() {",
            "    for (let n = 1; n <= this.limit; n++) {",
            f"      await sleep({STEP});",
            f"      yield n * {self.rng.randint(1, 4)};",
            "    }",
            "  }",
            "}",
            "",
        )
        self.use(lambda: self.emit(f"for await (const n of new {name}({self.rng.randint(1, 3)})) console.log('tick', n);"))

    def declare_async_class(self):
        name = self.fresh()[:1].upper() + f"Store{self.fresh_number()}"
        self.lines_of(
            f"class {name} {{",
            "  #rows = new Map();",
            "  static async open(...names) {",
            f"    const store = new {name}();",
            "    for (const name of names) await store.put(name, name.length);",
            "    return store;",
            "  }",
            "  async put(key, value) {",
            f"    await sleep({self.pick([1, 2])});",
            "    this.#rows.set(key, value);",
            f"    {self.pick(['return this;', 'return this.#rows.size;', ''])}",
            "  }",
            "  async get(key, fallback = null) {",
            "    await sleep(1);",
            f"    if (!this.#rows.has(key) && fallback === null) throw new Error(`no ${{key}}`);",
            "    return this.#rows.get(key) ?? fallback;",
            "  }",
            "  get size() { return this.#rows.size; }",
            "}",
            "",
        )

        def use():
            made = self.fresh()
            self.emit(f"const {made} = await {name}.open({self.word()}, {self.word()});")
            self.emit(f"await {made}.put({self.word()}, {self.small()});")
            self.caught(f"console.log({made}.size, await {made}.get({self.word()}, {self.small()}), await {made}.get({self.word()}));")

        self.use(use)

    def declare_cache(self):
        name = self.fresh()
        self.lines_of(
            f"const {name}Cache = new Map();",
            f"function {name}(id) {{",
            f"  if ({name}Cache.has(id)) return {name}Cache.get(id);",
            "  const loading = (async () => {",
            "    console.log('loading', id);",
            f"    await sleep({STEP});",
            f"    return id * {self.rng.randint(2, 9)};",
            "  })();",
            f"  {name}Cache.set(id, loading);",
            "  return loading;",
            "}",
            "",
        )
        self.use(lambda: self.emit(f"console.log(await Promise.all([{name}(1), {name}({self.rng.randint(1, 3)}), {name}(1)]), {name}Cache.size);"))

    def declare_chunks(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = (list, size) => {{",
            "  const chunks = [];",
            "  for (let i = 0; i < list.length; i += size) chunks.push(list.slice(i, i + size));",
            "  return chunks;",
            "};",
            "",
        )

        def use():
            one = self.fresh()
            self.lines_of(
                f"for (const {one} of {name}({self.numbers(0)}, {self.rng.randint(1, 3)})) {{",
                f"  const done = await Promise.all({one}.map(async (n, i) => {{",
                f"    await sleep({STEP} * (i + 1));",
                f"    return n + {self.small()};",
                "  }));",
                f"  console.log({one}.length, done);",
                "}",
            )

        self.use(use)

    def declare_sequence(self):
        worker = self.worker()
        self.use(lambda: self.emit(f"console.log(await {self.words()}.reduce(async (before, w) => [...(await before), await {worker}(w, {STEP})], Promise.resolve([])));"))

    def declare_then_chain(self):
        worker = self.worker()

        def use():
            fails = self.pick(["", ", true"])
            self.lines_of(
                f"await {worker}({self.word()}, {self.ms()}{fails})",
                f"  .then((value) => {{ console.log('then', value); return {self.number(0)}; }})",
                f"  .then((n) => {self.pick(['n * 2', 'Promise.resolve(n + 1)', 'sleep(2).then(() => n)'])})",
                f"  .catch((err) => {{ console.log('catch', err.message); return {self.small()}; }})",
                "  .finally(() => console.log('finally'))",
                "  .then((last) => console.log('last', last));",
            )

        self.use(use)

    def declare_nested_async(self):
        worker = self.worker()
        name = self.fresh()
        self.lines_of(
            f"async function {name}(label) {{",
            f"  const inner = async (n) => (await {worker}(`${{label}}${{n}}`, {STEP} * n, n > {self.rng.randint(2, 4)}));",
            "  const results = [];",
            "  try {",
            f"    for (const n of [1, 2, {self.rng.randint(1, 4)}]) results.push(await inner(n));",
            "  } catch {",
            "    results.push('stopped');",
            "  }",
            "  return { label, results };",
            "}",
            "",
        )
        self.use(lambda: self.emit(f"console.log(JSON.stringify(await {name}({self.word()})));"))

    def declare_worker_loop(self):
        name = self.fresh()
        self.lines_of(
            f"async function {name}(id, jobs, log) {{",
            "  let job;",
            "  while ((job = jobs.shift()) !== undefined) {",
            f"    await sleep({STEP} * job);",
            "    log.push(`${id}:${job}`);",
            "  }",
            "  return id;",
            "}",
            "",
        )

        def use():
            jobs, log = self.fresh(), self.fresh()
            self.lines_of(f"const {jobs} = [{', '.join(map(str, self.rng.sample([1, 2, 4, 7], 3)))}];", f"const {log} = [];", f"console.log(await Promise.all([{name}('a', {jobs}, {log}), {name}('b', {jobs}, {log})]), {log}, {jobs}.length);")

        self.use(use)

    def declare_poll(self):
        name = self.fresh()
        self.lines_of(
            f"async function {name}(ready, {{ every = {STEP}, limit = {self.rng.randint(2, 4)} }} = {{}}) {{",
            "  for (let i = 0; i < limit; i++) {",
            "    if (ready(i)) return i;",
            "    await sleep(every);",
            "  }",
            "  throw new Error('never ready');",
            "}",
            "",
        )
        self.use(lambda: self.caught(f"console.log(await {name}((n) => n >= {self.rng.randint(0, 4)}{self.pick(['', ', { limit: 5 }', ', { every: 2 }'])}));"))

    # ---- statements without a declaration
    def do_deferred(self):
        name = self.fresh()
        self.lines_of(
            f"let {name}Resolve;",
            f"const {name} = new Promise((resolve) => {{ {name}Resolve = resolve; }});",
            f"setTimeout(() => {name}Resolve({self.any_value(1)}), {self.ms()});",
            f"console.log('waiting', await {name});",
        )

    def do_timers(self):
        name = self.fresh()
        first, second, third = self.delays(3)
        self.lines_of(
            f"const {name} = [];",
            f"setTimeout(() => {name}.push('a'), {first});",
            f"const {name}Timer = setTimeout(() => {name}.push('b'), {second});",
            f"setTimeout((x, y) => {name}.push(x + y), {third}, 'c', {self.small()});" if self.chance(0.5) else f"setTimeout(() => {{ {name}.push('c'); clearTimeout({name}Timer); }}, {third});",
            f"await sleep({STEP * 8});",
            f"console.log({name});",
        )

    def do_interval(self):
        name = self.fresh()
        count = self.rng.randint(1, 4)
        self.lines_of(
            f"let {name} = 0;",
            "await new Promise((resolve) => {",
            "  const timer = setInterval(() => {",
            f"    {name} += 1;",
            f"    console.log('tick', {name});",
            f"    if ({name} >= {count}) {{",
            "      clearInterval(timer);",
            "      resolve();",
            "    }",
            f"  }}, {STEP});",
            "});",
        )

    def do_finally_wait(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = async (n) => {{",
            "  try {",
            f"    await sleep({self.pick([1, 2])});",
            f"    if (n > {self.small()}) throw new RangeError('too big');",
            "    return n;",
            "  } finally {",
            f"    await sleep(1);",
            "    console.log('closed', n);",
            "  }",
            "};",
            f"console.log(await {name}({self.small()}).catch((err) => err.message), await {name}(-9));",
        )

    def do_event_wait(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = {{ open: false, waiters: [] }};",
            f"const {name}Wait = () => ({name}.open ? Promise.resolve() : new Promise((resolve) => {name}.waiters.push(resolve)));",
            f"const {name}Jobs = [1, 2].map(async (n) => {{",
            f"  await {name}Wait();",
            "  console.log('through', n);",
            "  return n;",
            "});",
            f"await sleep({self.ms(1, 2)});",
            f"{name}.open = true;",
            f"for (const go of {name}.waiters.splice(0)) go();",
            f"console.log(await Promise.all({name}Jobs), {name}.waiters.length);",
        )

    def do_barrier(self):
        name = self.fresh()
        self.lines_of(f"let {name} = 0;", f"await Promise.all([{', '.join(map(str, self.delays(3)))}].map(async (ms) => {{", "  await sleep(ms);", f"  {name} += 1;", f"  console.log('arrived', {name}, ms);", "}));", f"console.log('all', {name});")

    def do_unawaited(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = sleep({self.ms(4, 5)}).then(() => console.log('background'));",
            f"console.log('foreground', {self.any_value(1)});",
            f"await sleep({self.pick([STEP, STEP * 7])});",
            "console.log('later');",
            f"await {name};",
        )

    def do_async_closure(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = (() => {{",
            f"  let calls = {self.small()};",
            "  return async (by = 1) => {",
            "    calls += by;",
            "    await sleep(1);",
            "    return calls;",
            "  };",
            "})();",
            f"console.log(await {name}(), await {name}({self.small()}), await Promise.all([{name}(), {name}()]));",
        )

    def do_reject_types(self):
        value = self.pick(["new Error('plain')", "new TypeError('typed')", "Object.assign(new Error('coded'), { code: 'E_CODE' })"])
        self.lines_of("try {", f"  await Promise.reject({value});", "} catch (reason) {", f"  console.log({self.pick(['reason.message', 'reason.code ?? reason.name', 'reason instanceof TypeError, reason.message'])});", "}")

    def do_micro_order(self):
        order = ["console.log('sync');", "Promise.resolve().then(() => console.log('micro'));", "queueMicrotask(() => console.log('queued'));", "setTimeout(() => console.log('macro'), 0);"]
        chosen = self.rng.sample(order, self.rng.randint(2, 4))
        self.lines_of(*chosen, f"await sleep({STEP});")

    def do_timeout_signal(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = new AbortController();",
            f"const {name}Log = [];",
            f"{name}.signal.addEventListener('abort', () => {name}Log.push({name}.signal.reason?.message ?? 'none'));",
            f"{name}.abort({self.pick(['new Error(' + repr('user left') + ')', ''])});" if self.chance(0.5) else f"{name}.abort(new Error('gone'));",
            f"console.log({name}.signal.aborted, {name}Log.length);",
        )

    def do_cleanup_wait(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = [];",
            "try {",
            f"  {name}.push('open');",
            f"  await sleep({self.pick([1, 2])});",
            f"  if ({self.flag(1)}) throw new Error('middle');",
            f"  {name}.push('used');",
            "} catch ({ message }) {",
            f"  {name}.push(message);",
            "} finally {",
            "  await sleep(1);",
            f"  {name}.push('closed');",
            "}",
            f"console.log({name}.join(' > '));",
        )

    def do_debounce(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = ((work, ms) => {{",
            "  let timer = null;",
            "  return (...args) => {",
            "    if (timer) clearTimeout(timer);",
            "    timer = setTimeout(() => work(...args), ms);",
            "  };",
            f"}})((v) => console.log('debounced', v), {STEP * 2});",
            f"for (const v of {self.numbers(0)}) {name}(v);",
            f"await sleep({STEP * 5});",
        )

    def do_first_ok(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = async (ms, ok) => {{",
            "  await sleep(ms);",
            "  if (!ok) throw new Error(`bad ${ms}`);",
            "  return ms;",
            "};",
        )
        one, two = self.delays(2)
        self.caught(f"console.log(await Promise.any([{name}({one}, {self.pick(['true', 'false'])}), {name}({two}, true)]));", "err.message")
