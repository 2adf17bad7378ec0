function createStore(reducer, initial) {
  let state = initial;
  const listeners = [];
  const dispatch = (action) => {
    state = reducer(state, action);
    listeners.forEach((l) => l(state, action));
    return action;
  };
  return {
    getState: () => state,
    dispatch,
    subscribe(listener) {
      listeners.push(listener);
      return () => {
        const i = listeners.indexOf(listener);
        if (i >= 0) listeners.splice(i, 1);
      };
    },
  };
}

const applyMiddleware = (store, ...middlewares) => {
  const api = { getState: store.getState, dispatch: (a) => dispatch(a) };
  const chain = middlewares.map((m) => m(api));
  const dispatch = chain.reduceRight((next, m) => m(next), store.dispatch);
  return { ...store, dispatch };
};

const combineReducers = (reducers) => (state = {}, action) =>
  Object.keys(reducers).reduce((next, key) => ({ ...next, [key]: reducers[key](state[key], action) }), {});

const todos = (state = [], action) => {
  switch (action.type) {
    case 'ADD':
      return [...state, { id: state.length + 1, text: action.text, done: false }];
    case 'TOGGLE':
      return state.map((t) => (t.id === action.id ? { ...t, done: !t.done } : t));
    case 'CLEAR_DONE':
      return state.filter((t) => !t.done);
    default:
      return state;
  }
};
const filter = (state = 'all', action) => (action.type === 'FILTER' ? action.value : state);

const actions = [];
const logger = () => (next) => (action) => {
  actions.push(action.type);
  return next(action);
};
const thunk = ({ dispatch, getState }) => (next) => (action) =>
  typeof action === 'function' ? action(dispatch, getState) : next(action);

const store = applyMiddleware(createStore(combineReducers({ todos, filter }), {}), thunk, logger);
let renders = 0;
const stop = store.subscribe(() => renders++);
store.dispatch({ type: 'ADD', text: 'write code' });
store.dispatch({ type: 'ADD', text: 'test code' });
store.dispatch((dispatch, getState) => {
  const { todos } = getState();
  todos.forEach((t) => dispatch({ type: 'TOGGLE', id: t.id }));
});
store.dispatch({ type: 'TOGGLE', id: 2 });
store.dispatch({ type: 'FILTER', value: 'done' });
stop();
store.dispatch({ type: 'CLEAR_DONE' });
console.log(store.getState());
console.log(actions.join(' '), renders);
