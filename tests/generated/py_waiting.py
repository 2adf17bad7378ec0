"""Random Python that waits: gather, wait, task groups, time limits, cancelling, queues, locks, async generators, callbacks.

A mixin of py_programs.Program like py_structures.Structures. Timers differ by STEP at least, so that the order of what
happens does not depend on the machine's load.
"""

STEP = 20


class Waiting:
    """Declarations and statements about coroutines and tasks."""

    waiting = (
        "task", "as_completed", "wait", "group", "group_fails", "timeout", "wait_for", "cancel", "retry", "semaphore", "queue", "queue_join", "lock", "event", "condition",
        "stream", "pipeline", "async_context", "async_class", "cache", "chunks", "shield", "call_later", "done_callback", "exceptions", "gather_fails", "sequence",
        "async_comprehension", "worker_pool", "poll", "future", "background", "periodic", "nested_async", "cleanup", "producer_sentinel", "async_iterator_class",
        "priority_queue", "barrier_list", "to_thread", "rate", "task_names", "exit_stack", "current_order", "finally_cancel", "wait_timeout",
    )  # fmt: skip

    def seconds(self, least=1, most=4):
        """A time that no worker's is equal to."""
        return f"{(STEP * self.rng.randint(least, most) - STEP / 2) / 1000:g}"

    def delays(self, count):
        return [f"{STEP * n / 1000:g}" for n in self.rng.sample(range(1, count + 3), count)]

    def worker(self):
        """The name of `async def name(label, delay, fails)`, declared once."""
        if not self.worker_name:
            self.worker_name = self.fresh()
            self.lines_of(
                f"async def {self.worker_name}(label, delay, fails=False):",
                "    await asyncio.sleep(delay)",
                "    if fails:",
                f"        raise {self.pick(['ValueError', 'RuntimeError', 'KeyError'])}(f'{{label}} failed')",
                f"    {self.pick(['print(' + repr('done') + ', label)', 'print(f' + repr('{label} after {delay}') + ')'])}",
                f"    return {self.pick(['label', 'len(label)', 'f' + repr('<{label}>')])}",
                "",
            )
        return self.worker_name

    def jobs(self, count, failing=0.0):
        name = self.worker()
        return [f"{name}({self.word()}, {delay}{self.pick([', True', ', fails=True']) if self.chance(failing) else ''})" for delay in self.delays(count)]

    def caught(self, lines, errors="Exception"):
        self.emit("try:")
        for line in lines:
            self.emit(f"    {line}")
        self.emit(f"except {errors} as err:")
        self.emit(f"    print({self.pick(['type(err).__name__', 'type(err).__name__, err', repr('failed') + ', type(err).__name__'])})")
        if self.chance(0.3):
            self.lines_of("else:", "    print('fine')")
        if self.chance(0.3):
            self.lines_of("finally:", "    print('always')")

    def declare_task(self):
        self.worker()
        self.use(self.do_many)
        self.use(self.do_many)

    def do_many(self):
        name = self.fresh()
        jobs = ", ".join(self.jobs(self.rng.randint(2, 3)))
        indent = "    " * self.depth
        self.emit(self.pick([
            f"print(await asyncio.gather({jobs}))",
            f"{name}, *{name}_rest = await asyncio.gather({jobs})\n{indent}print({name}, len({name}_rest))",
            f"{name} = [asyncio.create_task(c) for c in ({jobs})]\n{indent}for t in {name}:\n{indent}    print('got', await t)",
            f"{name} = [f'{{x}}!' for x in await asyncio.gather({jobs})]\n{indent}print(','.join({name}))",
            f"{name} = [asyncio.create_task(c) for c in [{jobs}]]\n{indent}await asyncio.sleep({self.seconds()})\n{indent}print([t.done() for t in {name}].count(True) > 9)\n{indent}print(await asyncio.gather(*{name}))",
        ]))  # fmt: skip

    def declare_gather_fails(self):
        self.worker()
        self.use(lambda: self.caught([f"print(await asyncio.gather({', '.join(self.jobs(3, 0.4))}))"]))

    def declare_exceptions(self):
        self.worker()

        def use():
            name, one = self.fresh(), self.fresh()
            self.lines_of(
                f"{name} = await asyncio.gather({', '.join(self.jobs(3, 0.4))}, return_exceptions=True)",
                f"for {one} in {name}:",
                f"    if isinstance({one}, {self.pick(['Exception', 'BaseException'])}):",
                f"        print('error', type({one}).__name__, {one})",
                "    else:",
                f"        print('value', {one})",
                f"print(sum(isinstance(r, Exception) for r in {name}))",
            )

        self.use(use)

    def declare_as_completed(self):
        self.worker()

        def use():
            one = self.fresh()
            if self.chance(0.6):
                self.lines_of(f"for {one} in asyncio.as_completed([{', '.join(self.jobs(3))}]):", f"    print('next', await {one})")
            else:
                self.lines_of(f"for {one} in asyncio.as_completed([{', '.join(self.jobs(3, 0.4))}]):", "    try:", f"        print('next', await {one})", "    except Exception as err:", "        print('bad', type(err).__name__)")

        self.use(use)

    def declare_wait(self):
        self.worker()

        def use():
            done, pending, tasks = self.fresh(), self.fresh(), self.fresh()
            when = self.pick(["FIRST_COMPLETED", "ALL_COMPLETED", "FIRST_EXCEPTION"])
            self.lines_of(
                f"{tasks} = [asyncio.create_task(c) for c in [{', '.join(self.jobs(3, 0.2))}]]",
                f"{done}, {pending} = await asyncio.wait({tasks}, return_when=asyncio.{when})",
                f"print(len({done}), len({pending}))",
                f"for t in {pending}:",
                "    t.cancel()",
                f"await asyncio.gather(*{pending}, return_exceptions=True)",
                f"print([t.cancelled() for t in {tasks}], sorted(str(t.exception() or t.result()) for t in {done}))",
            )

        self.use(use)

    def declare_wait_timeout(self):
        self.worker()

        def use():
            done, pending, tasks = self.fresh(), self.fresh(), self.fresh()
            self.lines_of(
                f"{tasks} = {{asyncio.create_task(c) for c in ({', '.join(self.jobs(2))},)}}",
                f"{done}, {pending} = await asyncio.wait({tasks}, timeout=0.05)",
                f"print(len({done}), len({pending}))",
                f"print(sorted(await asyncio.gather(*{pending}), key=str))",
            )

        self.use(use)

    def declare_group(self):
        self.worker()

        def use():
            group = self.fresh()
            first, second = self.jobs(2)
            self.lines_of(f"async with asyncio.TaskGroup() as {group}:", f"    one = {group}.create_task({first})", f"    two = {group}.create_task({second})", f"    print('started', {self.any_value(1)})", "print(one.result(), two.result())")

        self.use(use)

    def declare_group_fails(self):
        self.worker()

        def use():
            group = self.fresh()
            self.lines_of(
                "try:",
                f"    async with asyncio.TaskGroup() as {group}:",
                *(f"        {group}.create_task({job})" for job in self.jobs(3, 0.5)),
                *self.pick([
                    ["except* (ValueError, KeyError, RuntimeError) as err:", "    print('group', len(err.exceptions), type(err.exceptions[0]).__name__)"],
                    ["except ExceptionGroup as err:", "    print('group', [str(e) for e in err.exceptions])"],
                    ["except* ValueError as err:", "    print('values', len(err.exceptions))", "except* (KeyError, RuntimeError):", "    print('others')"],
                ]),
                "else:",
                "    print('all fine')",
            )  # fmt: skip

        self.use(use)

    def declare_timeout(self):
        worker = self.worker()

        def use():
            one, two = self.rng.sample(range(1, 6), 2)
            self.caught([f"async with asyncio.timeout({two * STEP / 1000:g}):", f"    print(await {worker}({self.word()}, {one * STEP / 1000:g}))", *(["    print('inside')"] if self.chance(0.5) else [])], self.pick(["TimeoutError", "asyncio.TimeoutError"]))

        self.use(use)

    def declare_wait_for(self):
        worker = self.worker()

        def use():
            one, two = self.rng.sample(range(1, 6), 2)
            self.caught([f"print(await asyncio.wait_for({worker}({self.word()}, {one * STEP / 1000:g}), {self.pick(['timeout=', ''])}{two * STEP / 1000:g}))"], self.pick(["TimeoutError", "asyncio.TimeoutError", "(TimeoutError, ValueError)"]))

        self.use(use)

    def declare_cancel(self):
        name = self.fresh()
        self.lines_of(
            f"async def {name}(label, steps={self.rng.randint(2, 4)}):",
            "    try:",
            "        for i in range(steps):",
            f"            await asyncio.sleep({STEP / 1000:g})",
            "            print(label, i)",
            "    except asyncio.CancelledError:",
            f"        print(label, '{self.pick(['cancelled', 'stopped'])}')",
            "        raise" if self.chance(0.7) else "        return 'swallowed'",
            "    finally:",
            "        print(label, 'cleanup')",
            "    return label",
            "",
        )

        def use():
            task = self.fresh()
            self.lines_of(
                f"{task} = asyncio.create_task({name}({self.word()}))",
                f"await asyncio.sleep({STEP * self.rng.randint(1, 4) / 1000 + 0.01:g})",
                f"{task}.cancel()",
                "try:",
                f"    print(await {task})",
                "except asyncio.CancelledError:",
                "    print('was cancelled')",
                f"print({task}.done(), {task}.cancelled())",
            )

        self.use(use)

    def declare_finally_cancel(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(log):", "    try:", "        log.append('start')", f"        await asyncio.sleep(10)", "        log.append('never')", "    finally:", f"        {self.pick(['await asyncio.sleep(0)', 'pass'])}", "        log.append('end')", "")

        def use():
            log, task = self.fresh(), self.fresh()
            self.lines_of(f"{log} = []", f"{task} = asyncio.create_task({name}({log}))", f"await asyncio.sleep({self.pick(['0', '0.01'])})", f"{task}.cancel()", f"await asyncio.gather({task}, return_exceptions=True)", f"print({log}, {task}.cancelled())")

        self.use(use)

    def declare_retry(self):
        name = self.fresh()
        self.lines_of(
            f"async def {name}(work, attempts=3, *, delay=0.002, errors=(ValueError,)):",
            "    for attempt in range(1, attempts + 1):",
            "        try:",
            "            return await work(attempt)",
            "        except errors as err:",
            "            print(f'attempt {attempt}: {err}')",
            "            if attempt == attempts:",
            f"                {self.pick(['raise', 'raise RuntimeError(' + repr('gave up') + ') from err'])}",
            "            await asyncio.sleep(delay * 2 ** attempt)",
            "",
        )

        def use():
            work = self.fresh()
            self.lines_of(f"async def {work}(n):", f"    if n < {self.rng.randint(1, 5)}:", "        raise ValueError(f'not yet {n}')", f"    return n * {self.rng.randint(2, 9)}")
            self.caught([f"print(await {name}({work}{self.pick(['', ', 2', ', attempts=4', ', delay=0.001'])}))"])

        self.use(use)

    def declare_semaphore(self):
        worker = self.worker()

        def use():
            name, limit = self.fresh(), self.rng.randint(1, 2)
            self.lines_of(
                f"{name} = asyncio.{self.pick(['Semaphore', 'BoundedSemaphore'])}({limit})",
                f"async def {name}_run(delay):",
                f"    async with {name}:",
                f"        return await {worker}(f's{{delay}}', delay)",
                f"print(await asyncio.gather(*({name}_run(d) for d in ({', '.join(self.delays(3))}))))",
            )

        self.use(use)

    def declare_lock(self):
        name = self.fresh()
        self.lines_of(
            f"class {name.title().replace('_', '')}Account:",
            f"    def __init__(self, balance={self.rng.randint(1, 50)}):",
            "        self.balance = balance",
            "        self._lock = asyncio.Lock()",
            "",
            "    async def take(self, n):",
            "        async with self._lock:",
            "            before = self.balance",
            f"            await asyncio.sleep({STEP / 1000:g})",
            f"            if before < n:",
            "                raise ValueError(f'only {before}')",
            "            self.balance = before - n",
            "            return self.balance",
            "",
        )

        def use():
            made = self.fresh()
            self.lines_of(f"{made} = {name.title().replace('_', '')}Account()", f"print(await asyncio.gather(*({made}.take(n) for n in {self.small_list(2, 3)}), return_exceptions=True), {made}.balance)")

        self.use(use)

    def declare_queue(self):
        name = self.fresh()
        self.lines_of(
            f"async def {name}_produce(queue, items):",
            "    for item in items:",
            f"        await queue.put(item)",
            f"        await asyncio.sleep({self.pick(['0.02', '0'])})",
            "    await queue.put(None)",
            "",
            f"async def {name}_consume(queue):",
            "    taken = []",
            "    while True:",
            "        item = await queue.get()",
            "        if item is None:",
            "            break",
            "        taken.append(item)",
            "        print('took', item)",
            "    return taken",
            "",
        )

        def use():
            queue = self.fresh()
            self.lines_of(f"{queue} = asyncio.Queue({self.pick(['', 'maxsize=2', '1'])})", f"print(await asyncio.gather({name}_produce({queue}, {self.small_list()}), {name}_consume({queue})))", f"print({queue}.qsize(), {queue}.empty())")

        self.use(use)

    def declare_queue_join(self):
        name = self.fresh()
        self.lines_of(
            f"async def {name}(worker_id, queue, results):",
            "    while True:",
            "        delay = await queue.get()",
            "        await asyncio.sleep(delay)",
            "        results.append(f'{worker_id}:{delay}')",
            "        queue.task_done()",
            "",
        )

        def use():
            queue, results, workers = self.fresh(), self.fresh(), self.fresh()
            self.lines_of(
                f"{queue}, {results} = asyncio.Queue(), []",
                f"for delay in ({', '.join(self.rng.sample(['0.02', '0.04', '0.1', '0.18'], 3))}):",
                f"    {queue}.put_nowait(delay)",
                f"{workers} = [asyncio.create_task({name}(i, {queue}, {results})) for i in range(2)]",
                f"await {queue}.join()",
                f"for w in {workers}:",
                "    w.cancel()",
                f"await asyncio.gather(*{workers}, return_exceptions=True)",
                f"print({results}, all(w.cancelled() for w in {workers}))",
            )

        self.use(use)

    def declare_producer_sentinel(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(queue, count):", "    for i in range(count):", f"        await asyncio.sleep({STEP / 1000:g})", "        queue.put_nowait(i * i)", "    queue.put_nowait('stop')", "")

        def use():
            queue, task, one = self.fresh(), self.fresh(), self.fresh()
            self.lines_of(f"{queue} = asyncio.Queue()", f"{task} = asyncio.create_task({name}({queue}, {self.rng.randint(1, 4)}))", f"while ({one} := await {queue}.get()) != 'stop':", f"    print('item', {one})", f"await {task}")

        self.use(use)

    def declare_event(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(event, label):", "    print(label, 'waiting')", "    await event.wait()", "    print(label, 'through')", "    return label", "")

        def use():
            event, tasks = self.fresh(), self.fresh()
            self.lines_of(f"{event} = asyncio.Event()", f"{tasks} = [asyncio.create_task({name}({event}, label)) for label in ('a', 'b')]", f"await asyncio.sleep({self.seconds()})", f"print({event}.is_set())", f"{event}.set()", f"print(await asyncio.gather(*{tasks}), {event}.is_set())")

        self.use(use)

    def declare_condition(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(condition, items, wanted):", "    async with condition:", "        await condition.wait_for(lambda: len(items) >= wanted)", "        print('enough', len(items))", "        return items[wanted - 1]", "")

        def use():
            condition, items, task = self.fresh(), self.fresh(), self.fresh()
            self.lines_of(
                f"{condition}, {items} = asyncio.Condition(), []",
                f"{task} = asyncio.create_task({name}({condition}, {items}, {self.rng.randint(1, 3)}))",
                "for n in range(3):",
                f"    await asyncio.sleep({STEP / 1000:g})",
                f"    async with {condition}:",
                f"        {items}.append(n * 10)",
                f"        {condition}.notify_all()",
                f"print(await {task})",
            )

        self.use(use)

    def declare_stream(self):
        name = self.fresh()
        self.lines_of(
            f"async def {name}(count, delay={STEP / 1000:g}):",
            "    try:",
            "        for i in range(count):",
            "            await asyncio.sleep(delay)",
            f"            yield {self.pick(['i', 'i * i', 'f' + repr('chunk {i}'), '(i, i % 2 == 0)'])}",
            "    finally:",
            "        print('stream closed')",
            "",
        )

        def use():
            one, total = self.fresh(), self.fresh()
            self.lines_of(f"{total} = 0", f"async for {one} in {name}({self.rng.randint(1, 4)}):", f"    print({one})", f"    {total} += 1", *(["else:", "    print('exhausted')"] if self.chance(0.3) else []), f"print({total})")

        self.use(use)

    def declare_pipeline(self):
        source, twice = self.fresh(), self.fresh()
        self.lines_of(
            f"async def {source}(items):", "    for item in items:", "        await asyncio.sleep(0.002)", "        yield item", "",
            f"async def {twice}(values, change):", "    async for value in values:", f"        if value % {self.rng.randint(2, 4)} != 0:", "            yield change(value)", "",
        )  # fmt: skip

        def use():
            out = self.fresh()
            self.lines_of(f"{out} = [v async for v in {twice}({source}({self.numbers(0)}), lambda n: n * {self.small()})]", f"print({out}, sum({out}))")
            self.declare(out, "numbers")

        self.use(use)

    def declare_async_comprehension(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(n):", "    await asyncio.sleep(0.001)", f"    return n {self.pick(['* 2', '+ 1', '% 3', '// 2'])}", "")
        self.use(lambda: self.emit(self.pick([f"print([await {name}(n) for n in {self.small_list()}])", f"print({{n: await {name}(n) for n in range({self.rng.randint(1, 4)})}})", f"print(sum([await {name}(n) for n in {self.small_list()} if n > 0]))"])))

    def declare_async_iterator_class(self):
        name = self.pick(["Ticker", "Countdown"]) + str(self.fresh_number())
        self.lines_of(f"class {name}:", "    def __init__(self, limit):", "        self.limit = limit", "        self.n = 0", "", "    def __aiter__(self):", "        return self", "", "    async def __anext__(self):", "        if self.n >= self.limit:", "            raise StopAsyncIteration", "        self.n += 1", "        await asyncio.sleep(0.002)", f"        return self.n * {self.rng.randint(1, 4)}", "")
        one = self.fresh()
        self.use(lambda: self.lines_of(f"async for {one} in {name}({self.rng.randint(1, 3)}):", f"    print('tick', {one})"))

    def declare_async_context(self):
        name = self.fresh()
        if self.chance(0.5):
            self.need("from contextlib import asynccontextmanager")
            self.lines_of("@asynccontextmanager", f"async def {name}(label):", "    print('open', label)", "    await asyncio.sleep(0.001)", "    try:", "        yield {'label': label}", "    finally:", "        print('close', label)", "")
        else:
            self.lines_of(f"class {name}:", "    def __init__(self, label):", "        self.label = label", "", "    async def __aenter__(self):", "        print('open', self.label)", "        return {'label': self.label}", "", "    async def __aexit__(self, kind, problem, trace):", "        await asyncio.sleep(0.001)", "        print('close', self.label, kind is None)", "")
        self.use(lambda: self.caught([f"async with {name}({self.word()}) as opened:", f"    print(opened['label'], {self.any_value(1)})", f"    {self.pick(['raise ValueError(' + repr('inside') + ')', 'await asyncio.sleep(0.001)'])}"], "ValueError"))

    def declare_async_class(self):
        name = self.pick(["Store", "Client", "Repo"]) + str(self.fresh_number())
        self.lines_of(
            f"class {name}:",
            "    def __init__(self):",
            "        self._rows = {}",
            "",
            "    @classmethod",
            "    async def open(cls, *names):",
            "        store = cls()",
            "        for name in names:",
            "            await store.put(name, len(name))",
            "        return store",
            "",
            "    async def put(self, key, value):",
            "        await asyncio.sleep(0.001)",
            "        self._rows[key] = value",
            "",
            "    async def get(self, key, default=None):",
            "        await asyncio.sleep(0.001)",
            "        if key not in self._rows and default is None:",
            "            raise KeyError(key)",
            "        return self._rows.get(key, default)",
            "",
            "    @property",
            "    def size(self):",
            "        return len(self._rows)",
            "",
        )

        def use():
            made = self.fresh()
            self.lines_of(f"{made} = await {name}.open({self.word()}, {self.word()})", f"await {made}.put({self.word()}, {self.small()})")
            self.caught([f"print({made}.size, await {made}.get({self.word()}, {self.rng.randint(1, 9)}), await {made}.get({self.word()}))"], "KeyError")

        self.use(use)

    def declare_cache(self):
        name = self.fresh()
        self.lines_of(
            f"{name}_cache = {{}}", "", f"async def {name}_load(key):", "    print('loading', key)", f"    await asyncio.sleep({STEP / 1000:g})", f"    return key * {self.rng.randint(2, 9)}", "",
            f"async def {name}(key):", f"    if key not in {name}_cache:", f"        {name}_cache[key] = asyncio.{self.pick(['create_task', 'ensure_future'])}({name}_load(key))", f"    return await {name}_cache[key]", "",
        )  # fmt: skip
        self.use(lambda: self.emit(f"print(await asyncio.gather({name}(1), {name}({self.rng.randint(1, 3)}), {name}(1)), len({name}_cache))"))

    def declare_chunks(self):
        name = self.fresh()
        self.lines_of(f"def {name}(items, size):", "    for start in range(0, len(items), size):", "        yield items[start:start + size]", "", f"async def {name}_work(n, place):", "    await asyncio.sleep(0.02 * (place + 1))", f"    return n + {self.small()}", "")

        def use():
            one = self.fresh()
            self.lines_of(f"for {one} in {name}({self.small_list(2, 5)}, {self.rng.randint(1, 3)}):", f"    print(len({one}), await asyncio.gather(*({name}_work(n, i) for i, n in enumerate({one}))))")

        self.use(use)

    def declare_shield(self):
        worker = self.worker()

        def use():
            task = self.fresh()
            self.lines_of(f"{task} = asyncio.create_task({worker}({self.word()}, 0.1))", "try:", f"    await asyncio.wait_for(asyncio.shield({task}), 0.04)", "except TimeoutError:", f"    print('late', {task}.cancelled())", f"print(await {task})")

        self.use(use)

    def declare_sequence(self):
        worker = self.worker()

        def use():
            results = self.fresh()
            self.lines_of(f"{results} = []", f"for w in {self.words()}:", f"    {results}.append(await {worker}(w, 0.001))", f"print({results}, len({results}))")

        self.use(use)

    def declare_nested_async(self):
        worker = self.worker()
        name = self.fresh()
        self.lines_of(
            f"async def {name}(label):", "    results = []", "    async def inner(n):", f"        return await {worker}(f'{{label}}{{n}}', 0.002 * n, n > {self.rng.randint(2, 4)})", "    try:", f"        for n in (1, 2, {self.rng.randint(1, 4)}):", "            results.append(await inner(n))",
            "    except Exception:", "        results.append('stopped')", "    return {'label': label, 'results': results}", "",
        )  # fmt: skip
        self.use(lambda: self.emit(f"print(await {name}({self.word()}))"))

    def declare_worker_pool(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(pool_id, jobs, log):", "    while jobs:", f"        job = jobs.pop({self.pick(['0', ''])})", "        await asyncio.sleep(0.02 * job)", "        log.append(f'{pool_id}:{job}')", "    return pool_id", "")

        def use():
            jobs, log = self.fresh(), self.fresh()
            self.lines_of(f"{jobs}, {log} = [{', '.join(map(str, self.rng.sample([1, 2, 4, 7], 3)))}], []", f"print(await asyncio.gather({name}('a', {jobs}, {log}), {name}('b', {jobs}, {log})), {log}, {jobs})")

        self.use(use)

    def declare_poll(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(ready, *, every=0.001, limit={self.rng.randint(2, 4)}):", "    for i in range(limit):", "        if ready(i):", "            return i", "        await asyncio.sleep(every)", "    raise TimeoutError('never ready')", "")
        self.use(lambda: self.caught([f"print(await {name}(lambda n: n >= {self.rng.randint(0, 4)}{self.pick(['', ', limit=5', ', every=0.002'])}))"], "TimeoutError"))

    def declare_periodic(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(log, every={STEP / 1000:g}):", "    count = 0", "    while True:", "        await asyncio.sleep(every)", "        count += 1", "        log.append(count)", "")

        def use():
            log, task = self.fresh(), self.fresh()
            self.lines_of(f"{log} = []", f"{task} = asyncio.create_task({name}({log}))", f"await asyncio.sleep({STEP * self.rng.randint(1, 4) / 1000 + 0.01:g})", f"{task}.cancel()", "try:", f"    await {task}", "except asyncio.CancelledError:", f"    print('stopped after', {log})")

        self.use(use)

    def declare_rate(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(items, *, limit, work):", "    semaphore = asyncio.Semaphore(limit)", "    async def run(item):", "        async with semaphore:", "            return await work(item)", "    return await asyncio.gather(*[run(item) for item in items])", "")
        worker = self.worker()
        self.use(lambda: self.emit(f"print(await {name}([{', '.join(self.delays(3))}], limit={self.rng.randint(1, 3)}, work=lambda d: {worker}(f'r{{d}}', d)))"))

    def declare_exit_stack(self):
        self.need("from contextlib import asynccontextmanager")
        name = self.fresh()
        self.lines_of("@asynccontextmanager", f"async def {name}(label):", "    print('acquire', label)", "    yield label", "    print('release', label)", "")
        a, b = self.fresh(), self.fresh()
        self.use(lambda: self.lines_of(f"async with {name}({self.word()}) as {a}, {name}({self.word()}) as {b}:", f"    print({a}, {b})"))

    # ---- statements without a declaration
    def do_call_later(self):
        name = self.fresh()
        first, second, third = self.delays(3)
        self.lines_of(
            f"{name} = []",
            "loop = asyncio.get_running_loop()",
            f"loop.call_later({first}, {name}.append, 'a')",
            f"{name}_handle = loop.call_later({second}, lambda: {name}.append('b'))",
            f"loop.call_later({third}, {self.pick([f'{name}_handle.cancel', f'{name}.append, ' + repr('c')])})",
            f"loop.call_soon({name}.append, 'soon')",
            "await asyncio.sleep(0.15)",
            f"print({name})",
        )

    def do_done_callback(self):
        name = self.fresh()
        self.lines_of(
            f"async def {name}(n):",
            "    await asyncio.sleep(0.002)",
            f"    return n * {self.rng.randint(2, 5)}",
            f"{name}_task = asyncio.create_task({name}({self.small()}))",
            f"{name}_task.add_done_callback(lambda t: print('finished', t.result()))",
            f"print('value', await {name}_task, {name}_task.done())",
            "await asyncio.sleep(0)",
        )

    def do_future(self):
        name = self.fresh()
        self.lines_of(f"{name} = asyncio.get_running_loop().create_future()", f"asyncio.get_running_loop().call_later({self.seconds()}, {name}.set_result, {self.any_value(1)})", f"print('waiting', {name}.done())", f"print(await {name}, {name}.done())")

    def do_background(self):
        name = self.fresh()
        self.lines_of(f"async def {name}():", f"    print('begun')", f"    await asyncio.sleep({self.seconds(2, 3)})", "    print('background')", f"    return {self.small()}", f"{name}_task = asyncio.create_task({name}())", f"print('foreground', {self.any_value(1)})", f"await asyncio.sleep({self.pick(['0.02', '0.1', '0'])})", "print('later')", f"print(await {name}_task)")

    def do_cleanup(self):
        name = self.fresh()
        self.lines_of(f"{name} = []", "try:", f"    {name}.append('open')", "    await asyncio.sleep(0.001)", f"    if {self.flag(1)}:", "        raise RuntimeError('middle')", f"    {name}.append('used')", "except RuntimeError as err:", f"    {name}.append(str(err))", "finally:", "    await asyncio.sleep(0.001)", f"    {name}.append('closed')", f"print(' > '.join({name}))")

    def do_priority_queue(self):
        name = self.fresh()
        self.lines_of(f"{name} = asyncio.{self.pick(['PriorityQueue', 'LifoQueue'])}()", f"for n in {self.small_list(2, 4)}:", f"    await {name}.put((n, f'job {{n}}'))", f"while not {name}.empty():", f"    print(await {name}.get())")

    def do_barrier_list(self):
        name = self.fresh()
        self.lines_of(f"{name} = []", f"async def {name}_arrive(delay):", "    await asyncio.sleep(delay)", f"    {name}.append(delay)", f"    print('arrived', len({name}))", f"await asyncio.gather(*map({name}_arrive, [{', '.join(self.delays(3))}]))", f"print({name} == sorted({name}))")

    def do_to_thread(self):
        self.emit(f"print(await asyncio.to_thread({self.pick(['sum', 'max', 'sorted', 'len'])}, {self.small_list()}))")

    def do_task_names(self):
        name = self.fresh()
        self.lines_of(f"async def {name}():", "    await asyncio.sleep(0)", "    return asyncio.current_task().get_name()", f"print(await asyncio.create_task({name}(), name={self.word()}))")

    def do_current_order(self):
        name = self.fresh()
        self.lines_of(f"async def {name}(label, turns):", "    for i in range(turns):", "        print(label, i)", "        await asyncio.sleep(0)", f"await asyncio.gather({name}('a', {self.rng.randint(1, 3)}), {name}('b', {self.rng.randint(1, 3)}))")
