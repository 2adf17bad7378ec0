// The topics of JavaScript to Python. Each file registers what it claims.
#pragma once

#include <span>
#include <string>
#include <unordered_set>

#include "translate/context.h"

namespace asyncport::translate::to_py {

void RegisterAbort(Topics& topics);       // AbortController, AbortSignal
void RegisterAbsence(Topics& topics);     // optional chains, ??
void RegisterArguments(Topics& topics);   // process.argv[2]
void RegisterBranches(Topics& topics);    // effects inside of ?:, && and ||
void RegisterBuffers(Topics& topics);     // bytes, base64, hashes
void RegisterCodeUnits(Topics& topics);   // texts counted in UTF-16
void RegisterCollections(Topics& topics); // values of the changing methods of Map and Set
void RegisterAssign(Topics& topics);      // declarations, assignments, ++
void RegisterAsserts(Topics& topics);     // node:assert
void RegisterAsync(Topics& topics);       // await, start or drop of calls
void RegisterCallables(Topics& topics);   // bind, call, apply, library functions as values
void RegisterChains(Topics& topics);      // .then / .catch / .finally
void RegisterClasses(Topics& topics);
void RegisterCombinators(Topics& topics);  // Promise.race, any, allSettled
void RegisterConsole(Topics& topics);      // console.time
void RegisterDates(Topics& topics);
void RegisterDestructuring(Topics& topics);
void RegisterEach(Topics& topics);        // for-of, for-in, forEach
void RegisterEvents(Topics& topics);      // EventEmitter, once, on
void RegisterErrorText(Topics& topics);   // errors as text
void RegisterExceptions(Topics& topics);  // throw, try, Error
void RegisterFunctions(Topics& topics);
void RegisterFutures(Topics& topics);     // new Promise
void RegisterIteration(Topics& topics);   // async iterators by hand
void RegisterIterators(Topics& topics);   // next, done, Symbol.iterator
void RegisterJumps(Topics& topics);       // labels, break, continue
void RegisterLocaleNumbers(Topics& topics);  // Intl.NumberFormat
void RegisterLoops(Topics& topics);
void RegisterExports(Topics& topics);
void RegisterGathering(Topics& topics);   // combinators over plain values too
void RegisterGrouping(Topics& topics);    // groupBy
void RegisterImports(Topics& topics);
void RegisterModule(Topics& topics);      // entry point
void RegisterMerging(Topics& topics);     // Object.assign onto objects
void RegisterNode(Topics& topics);        // child processes, promisify, AsyncLocalStorage, streams, files
void RegisterNumbers(Topics& topics);     // %, 32 bits, BigInt
void RegisterObjectLiterals(Topics& topics);
void RegisterObjects(Topics& topics);     // properties by name
void RegisterOperators(Topics& topics);   // ===, +, templates, conditions
void RegisterPadding(Topics& topics);     // padStart, padEnd
void RegisterParsing(Topics& topics);     // Number(x), parseInt(x)
void RegisterParsedLiterals(Topics& topics);  // parseInt("42px")
void RegisterReduce(Topics& topics);      // reduce over promises
void RegisterReferences(Topics& topics);  // names, new, calls
void RegisterUnknownMethods(Topics& topics);
void RegisterJoins(Topics& topics);
void RegisterReflection(Topics& topics);  // objects as tables of their properties
void RegisterRegex(Topics& topics);
void RegisterReturns(Topics& topics);     // promises that are handed back
void RegisterRoundedProducts(Topics& topics);  // products past 2**53
void RegisterScanners(Topics& topics);    // lastIndex, RegExp at run time
void RegisterSystemErrors(Topics& topics);  // ENOENT
void RegisterTagged(Topics& topics);      // tagged templates
void RegisterSelves(Topics& topics);      // this
void RegisterSequences(Topics& topics);  // results of push and splice, reduce with a body
void RegisterSorting(Topics& topics);     // values of sort and reverse
void RegisterShown(Topics& topics);       // instances that are printed
void RegisterSleeps(Topics& topics);      // promises that only wait
void RegisterSlots(Topics& topics);       // lists filled by position
void RegisterStarts(Topics& topics);      // create_task, and the turn that it needs
void RegisterStreams(Topics& topics);     // Transform, Writable, pipeline
void RegisterSubscripts(Topics& topics);  // computed keys and positions
void RegisterSwitch(Topics& topics);
void RegisterThenables(Topics& topics);   // objects with a then of their own
void RegisterTimers(Topics& topics);
void RegisterTurns(Topics& topics);       // locks and queues made by hand

// ---- shared between the files

// Imports a package for a name that no card replaced, and reports it once; false if the name is none of a package.
bool UsePackage(Context& context, ir::NodeId source_name);

// Inlines or defines a function-valued expression. A Lambda if one expression says it, else a `def` placed before the
// statement; `hint` is a wanted name ("handle_item").
ir::NodeId FunctionValue(Context& context, ir::NodeId source_function, std::string_view hint);

// `def` for a source function under a target name; params, async colour and body translated.
ir::NodeId Define(Context& context, ir::NodeId source_function, std::string_view name, ir::NodeId origin);

// Puts `nonlocal x` / `global x` before the target statements of a function that assign outer variables.
void DeclareOuter(Context& context, ir::NodeId source_function, ir::NodeList& target_statements);
// The same for several functions that become one.
void DeclareOuterOf(Context& context, std::span<const ir::NodeId> source_functions, ir::NodeList& target_statements);
// What the statements assign, functions and classes inside left out.
std::unordered_set<std::string> AssignedNames(Context& context, std::span<const ir::NodeId> target_statements);

// A closure made in a loop sees the loop variable's last value in Python unless it is bound as a default: appends those.
void BindLoopVariables(Context& context, ir::NodeId source_function, ir::NodeList& params);

// A class statement for a class expression.
ir::NodeId DefineClass(Context& context, ir::NodeId class_expr, std::string_view name, ir::NodeId origin);

// Parameters, and the statements that the body needs before its own (defaults, destructuring).
struct Params {
  ir::NodeList params;
  ir::NodeList prologue;
};
Params TranslateParams(Context& context, ir::NodeId source_function);

// Statements that assign `value` (a target expression, evaluated once) to a source pattern.
void Destructure(Context& context, ir::NodeId source_pattern, ir::NodeId target_value, bool value_is_simple,
                 ir::NodeList& out);
// The except clauses that a catch clause becomes.
void TranslateHandler(Context& context, ir::NodeId source_clause, ir::NodeList& handlers);
// The parts of a caught error that a pattern takes, out of the name that it has.
void DestructureError(Context& context, ir::NodeId source_pattern, std::string_view error, ir::NodeList& out);
// Is it `xs.forEach(...)` with a callback that runs to its end each time? Then as a loop, appended to `out`.
bool IsForEachCall(Context& context, ir::NodeId source_expr);
bool ForEachCall(Context& context, ir::NodeId source_expr, ir::NodeId origin, ir::NodeList& out);
// A source expression whose value nobody takes, as statements.
void StatementOf(Context& context, ir::NodeId source_expr, ir::NodeId origin, ir::NodeList& out);
// `return` of a source expression; branches with effects of their own become if and else.
void ReturnOf(Context& context, ir::NodeId source_expr, ir::NodeId origin, ir::NodeList& out);
// What an f-string shows for a source expression in a template literal or a text sum.
ir::NodeId TextPart(Context& context, ir::NodeId source_expr);
// Source statements with the function declarations that are used before their line moved up (JavaScript hoists them).
ir::NodeList InDefinitionOrder(Context& context, std::span<const ir::NodeId> statements);
// The same, read by position (the target value is a list).
void DestructureByPosition(Context& context, ir::NodeId source_list_pattern, ir::NodeId target_list, ir::NodeList& out);
// Statements for a list pattern over a match object; `groups` of its regular expression, 0 if not known.
void UnpackMatch(Context& context, ir::NodeId source_list_pattern, ir::NodeId target_match, std::size_t groups, ir::NodeList& out);
// The exception for what is thrown or rejected with: errors as they are, texts and the like inside RuntimeError.
ir::NodeId ErrorValue(Context& context, ir::NodeId source_value);
// `Promise.resolve(x)`, a chain, or a choice among such: async functions return its outcome (ReturnOutcome).
bool IsMadeToReturn(Context& context, ir::NodeId source_value);
void ReturnOutcome(Context& context, ir::NodeId source_value, ir::NodeId origin, ir::NodeList& out);
// What Python calls a property that every error has (message, name, cause); none for others.
bool IsError(Context& context, ir::NodeId source_expr);
// Parts of an f-string that shows an error as JavaScript does, `Name: message`; false if the value is no error.
bool AppendErrorText(Context& context, ir::NodeId source_expr, ir::NodeList& parts);
// The class of the same name for a built-in error of JavaScript that has another one in Python, where the file shows the
// names of errors and makes such ones; none elsewhere, and none for `Error` as what all are instances of.
ir::NodeId NamedErrorClass(Context& context, std::string_view js);
ir::NodeId NamedErrorToRaise(Context& context, std::string_view js);
// Does the file collect what are no exceptions in an AggregateError? Then it has a class of that name.
bool HasOwnAggregate(Context& context);
ir::NodeId AggregateClass(Context& context);
// Says that the names of built-in errors differ, where one of them may be shown.
void SayErrorName(Context& context, ir::NodeId source_error);
// The same for a class of the file whose errors JavaScript shows by another name than its own.
void SayOwnErrorName(Context& context, ir::NodeId source_class);
ir::NodeId ErrorProperty(Context& context, std::string_view name, ir::NodeId target_error, ir::NodeId origin);
// Should properties of this source expression be read as `x["k"]`?
bool IsDictLike(Context& context, ir::NodeId source_object);
// The condition for `if`/`while`: JavaScript truth of the expression, said in Python.
ir::NodeId Condition(Context& context, ir::NodeId source_expr);
// `bool(x)` of a condition that is no comparison with None, which is a bool already.
ir::NodeId AsBool(Context& context, ir::NodeId condition, ir::NodeId origin);
ir::NodeId Negate(Context& context, ir::NodeId target_expr);
// `typeof operand === type`; no node where `type` is nothing that `typeof` says.
ir::NodeId TypeTest(Context& context, ir::NodeId operand, std::string_view type, ir::NodeId origin);

// Is it a Set whose order shows: a dict in Python?
bool IsOrderedSet(Context& context, ir::NodeId source_expr);
// Is the object literal one with behaviour, which Python reads by attribute?
bool IsObjectLiteral(Context& context, ir::NodeId source_dict);
// Appends what a method, getter or setter becomes; `siblings` are the members of the same class or literal.
void TranslateMethod(Context& context, ir::NodeId source_method, std::span<const ir::NodeId> siblings, ir::NodeList& out);
// A closure made in a loop sees the loop variable's last value in Python unless it is bound as a default.
void BindLoopVariables(Context& context, ir::NodeId source_function, ir::NodeList& params);

// The Python callable for a library function that is handed on; none if it has no short one.
ir::NodeId LibraryFunction(Context& context, std::string_view path, ir::NodeId origin);
// Does the function read `arguments`?
bool ReadsArguments(Context& context, ir::NodeId source_function);
// What the function calls them in Python.
std::string ArgumentsName(Context& context, ir::NodeId source_function);

// Does the source expression name a regular expression that remembers where it stopped?
bool IsScanner(Context& context, ir::NodeId source_expr);

// The options-bag parameter that becomes keyword-only, if every call site in the file allows it.
bool TakesKeywords(Context& context, ir::NodeId source_function);

// Is the call (or new) a promise made to wait: `new Promise((r) => setTimeout(r, ms))`? Gives the milliseconds and value.
struct Sleep {
  ir::NodeId milliseconds;  // source expression
  ir::NodeId value;         // source expression; none: nothing is passed on
};
std::optional<Sleep> AsSleep(Context& context, ir::NodeId source_expr);
// A function of the file that only makes such a promise out of its parameter; its declaration disappears.
bool IsSleepHelper(Context& context, ir::NodeId source_function);
// Target expression in seconds for a source expression in milliseconds: 1500 -> 1.5, `ms` -> `ms / 1000`.
ir::NodeId Seconds(Context& context, ir::NodeId milliseconds);

// Is it a call of `const f = promisify(g)`, which gives a future?
bool IsPromisifiedCall(Context& context, ir::NodeId source_call);

// Statement(s) that start work nobody awaits and keep a reference: task, add, discard.
void StartInBackground(Context& context, ir::NodeId target_coroutine, ir::NodeId origin, ir::NodeList& out);

// The `signal` of an options literal that says no more than that (and `ref`); kNoNode inside if it says nothing.
std::optional<ir::NodeId> SignalOption(Context& context, ir::NodeId source_options);
// The exception that ends aborted work.
ir::NodeId AbortErrorClass(Context& context);
// A coroutine that awaits the target awaitable until the signal ends it.
ir::NodeId Abortable(Context& context, ir::NodeId awaitable, ir::NodeId source_signal, ir::NodeId origin);
// Is the method the `next` of a class that iterates over itself asynchronously: Python's `__anext__`?
bool IsAsyncIteratorStep(Context& context, ir::NodeId source_method);
// Does the source expression give a promise on some paths, or may functions of the file that it calls?
bool MayGivePromise(Context& context, ir::NodeId source_expr);
// Does the code itself wait for something, functions inside it left out?
bool ContainsAwait(Context& context, ir::NodeId source_node);
// A task was made of this source call: gives the loop its turn behind the statement where JavaScript has run the call's
// beginning by then.
void NoteEagerStart(Context& context, ir::NodeId source_call);
// A coroutine that gives what the target value gives: of an awaitable its outcome, of anything else itself.
ir::NodeId ValueOf(Context& context, ir::NodeId target_value);
ir::NodeId ValueOfFunction(Context& context);
// Arguments for gather and its like over a collection of which some may be plain values; nothing if none is.
std::optional<ir::NodeList> MixedAwaitables(Context& context, ir::NodeId source_collection);
// A name that nothing around the place uses; other functions may have the same.
std::string FreshIn(Context& context, ir::NodeId place, std::string_view wanted);
// `background_tasks`, with its definition at the head of the file; main() waits for what is in it.
ir::NodeId BackgroundTasks(Context& context);
// Notes that this target call gives a future, which runs by itself: no create_task around it. Gives the call back.
ir::NodeId MarkFuture(Context& context, ir::NodeId target_call);
bool IsFuture(Context& context, ir::NodeId target);

// Translates `.then/.catch/.finally` into statements; where the value goes is the sink's business.
enum class SinkKind { kDiscard, kReturn, kAssign };
struct Sink {
  SinkKind kind = SinkKind::kDiscard;
  ir::NodeId target;  // kAssign: target-tree pattern
  ir::NodeId origin;
};
bool IsChain(Context& context, ir::NodeId source_expr);
// What a chain hangs on: the promise before its first link. The expression itself if it is no chain.
ir::NodeId ChainHead(Context& context, ir::NodeId source_expr);
void FlattenChain(Context& context, ir::NodeId source_chain, const Sink& sink, ir::NodeList& out);
// From now on the source expression stands for a value where it was a promise: nothing awaits it.
void MarkSettled(Context& context, ir::NodeId source_expr);
// The chain as a coroutine function of its own, and a call of it; what changes before a task runs is passed along.
struct ChainFunction {
  ir::NodeId definition;
  ir::NodeId call;
};
ChainFunction ChainAsFunction(Context& context, ir::NodeId source_chain, std::string_view wanted, SinkKind kind);

}  // namespace asyncport::translate::to_py
