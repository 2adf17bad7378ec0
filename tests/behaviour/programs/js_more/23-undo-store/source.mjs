// Undo/redo store with middleware and subscriptions
const createStore = (reducer, initial, middleware = []) => {
  let state = initial;
  const listeners = new Set();
  let dispatch = (action) => {
    const next = reducer(state, action);
    if (next !== state) {
      const prev = state;
      state = next;
      for (const l of [...listeners]) l(state, prev, action);
    }
    return action;
  };
  const api = { getState: () => state, dispatch: (a) => dispatch(a) };
  const chain = middleware.map((m) => m(api));
  dispatch = chain.reduceRight((next, m) => m(next), dispatch);
  return {
    ...api,
    subscribe(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
  };
};
const undoable = (reducer) => {
  const init = { past: [], present: reducer(undefined, { type: '@@init' }), future: [] };
  return (state = init, action) => {
    const { past, present, future } = state;
    switch (action.type) {
      case 'undo': {
        if (past.length === 0) return state;
        return { past: past.slice(0, -1), present: past[past.length - 1], future: [present, ...future] };
      }
      case 'redo': {
        const [next, ...rest] = future;
        return next === undefined ? state : { past: [...past, present], present: next, future: rest };
      }
      default: {
        const next = reducer(present, action);
        return next === present ? state : { past: [...past, present], present: next, future: [] };
      }
    }
  };
};
const todos = (state = { items: [], nextId: 1 }, { type, payload }) => {
  switch (type) {
    case 'add':
      return { items: [...state.items, { id: state.nextId, text: payload, done: false }], nextId: state.nextId + 1 };
    case 'toggle':
      return { ...state, items: state.items.map((t) => (t.id === payload ? { ...t, done: !t.done } : t)) };
    case 'clear':
      return state.items.some((t) => t.done) ? { ...state, items: state.items.filter((t) => !t.done) } : state;
    default:
      return state;
  }
};
const log = [];
const logger = ({ getState }) => (next) => (action) => {
  const before = getState()?.present?.items.length ?? 0;
  const result = next(action);
  log.push(`${action.type}: ${before} -> ${getState().present.items.length}`);
  return result;
};
const reject = () => (next) => (action) => (action.payload === 'spam' ? null : next(action));
const reducer = undoable(todos);
const store = createStore(reducer, reducer(undefined, { type: '@@init' }), [reject, logger]);
let notified = 0;
const off = store.subscribe((s, p) => { notified++; if (s.present === p.present) console.log('same?'); });
store.dispatch({ type: 'add', payload: 'milk' });
store.dispatch({ type: 'add', payload: 'eggs' });
store.dispatch({ type: 'add', payload: 'spam' });
store.dispatch({ type: 'toggle', payload: 1 });
store.dispatch({ type: 'clear' });
store.dispatch({ type: 'clear' });
store.dispatch({ type: 'undo' });
const show = () => store.getState().present.items.map(({ id, text, done }) => `${id}${done ? 'x' : ' '}${text}`).join('|');
console.log(show());
store.dispatch({ type: 'undo' });
console.log(show(), store.getState().future.length);
store.dispatch({ type: 'redo' });
console.log(show(), notified);
console.log(off(), off());
store.dispatch({ type: 'undo' });
console.log(notified, log.length, log.slice(-2));
