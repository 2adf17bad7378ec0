// The topics of Python to JavaScript. Each file registers what it claims.
#pragma once

#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_js {

void RegisterAssign(Topics& topics);          // assignments, unpacking, del, assert
void RegisterAsync(Topics& topics);           // coroutines, tasks, gather, timeouts
void RegisterAwaitables(Topics& topics);      // asend, anext, inspect.isawaitable
void RegisterBigProducts(Topics& topics);   // products past 2**53 that a remainder makes small
void RegisterBuiltins(Topics& topics);        // len, print, sorted, ...
void RegisterUnknownMethods(Topics& topics);   // Python-only methods of something unknown
void RegisterCalls(Topics& topics);           // arguments by the callee's signature, `new`
void RegisterClasses(Topics& topics);
void RegisterClassHooks(Topics& topics);      // __init_subclass__
void RegisterCollections(Topics& topics);     // displays, subscripts, slices, attributes
void RegisterComprehensions(Topics& topics);
void RegisterContainers(Topics& topics);      // Counter, deque, OrderedDict
void RegisterCopies(Topics& topics);        // copy.copy, copy.deepcopy
void RegisterDates(Topics& topics);           // datetime
void RegisterDeclare(Topics& topics);         // const, let, hoisted let
void RegisterEmittedWarnings(Topics& topics);  // warnings.warn; bytes that are joined
void RegisterErrorArgs(Topics& topics);       // what errors carry
void RegisterErrorNames(Topics& topics);      // type(err).__name__
void RegisterExceptionGroups(Topics& topics);
void RegisterExceptions(Topics& topics);
void RegisterFlags(Topics& topics);           // IntEnum, StrEnum, Flag: plain values
void RegisterFrozen(Topics& topics);          // errors of frozen dataclasses
void RegisterFunctions(Topics& topics);
void RegisterHashes(Topics& topics);          // hashlib
void RegisterIteration(Topics& topics);       // itertools
void RegisterLibrary(Topics& topics);         // members of the standard library
void RegisterLoops(Topics& topics);
void RegisterMatch(Topics& topics);
void RegisterMethods(Topics& topics);         // methods of str, list, dict, set
void RegisterImports(Topics& topics);         // imports, and names that come from them
void RegisterModule(Topics& topics);          // entry point
void RegisterNames(Topics& topics);
void RegisterNamedTuples(Topics& topics);
void RegisterConditions(Topics& topics);      // not, and/or, if
void RegisterOperators(Topics& topics);       // ==, in, //
void RegisterRegex(Topics& topics);
void RegisterReturns(Topics& topics);         // None that Python gives by itself
void RegisterStrings(Topics& topics);         // f-strings, %, format
void RegisterSynchronization(Topics& topics); // Event, Lock, Semaphore, Queue, Future
void RegisterContextVars(Topics& topics);
void RegisterExitStacks(Topics& topics);
void RegisterLogging(Topics& topics);
void RegisterStreams(Topics& topics);         // sockets, servers, pipes
void RegisterSubprocesses(Topics& topics);
void RegisterFiles(Topics& topics);           // with open(...)
void RegisterPartials(Topics& topics);      // functools.partial with keywords
void RegisterPaths(Topics& topics);           // pathlib, os, shutil, tempfile
void RegisterTypeAliases(Topics& topics);     // names that only type hints use
void RegisterTasks(Topics& topics);
void RegisterTimeouts(Topics& topics);
void RegisterWith(Topics& topics);

// Takes unused members out of the local classes among the prelude.
void PruneLocals(Context& c, ir::NodeList& prelude, const ir::NodeList& statements);

// ---- values
// Python truth of the expression, as a JavaScript condition.
ir::NodeId Condition(Context& c, ir::NodeId source_expr);
ir::NodeId Negate(Context& c, ir::NodeId target_expr);
// A function that asks an element of this type for its truth: `Boolean`, or an arrow; `source` is for what has to be said.
ir::NodeId TruthTest(Context& c, facts::TypeId element, ir::NodeId source);
// Is JavaScript's truth of every value of the expression that of Python?
bool HasPlainTruth(Context& c, ir::NodeId source_expr);
ir::NodeId IsNull(Context& c, ir::NodeId target_expr, bool negated = false);
// `a == b` of Python for target values of known types.
ir::NodeId Equal(Context& c, ir::NodeId left_source, ir::NodeId right_source, ir::NodeId origin);
// A test that `x` (a target expression) is in a source container.
ir::NodeId Contains(Context& c, ir::NodeId item_source, ir::NodeId container_source, ir::NodeId origin);
// `str(x)` as it stands inside a template: instances, errors, lists and dicts need a form of their own.
ir::NodeId TextOf(Context& c, ir::NodeId source_expr);
// `repr(x)`.
ir::NodeId ReprOf(Context& c, ir::NodeId source_expr);
// `len(x)`.
ir::NodeId LengthOf(Context& c, ir::NodeId source_expr, ir::NodeId origin);
// Joined literal and interpolated parts; adjoining text is merged. A lone text stays a String.
ir::NodeId NewTemplate(Context& c, ir::NodeList parts, ir::NodeId origin);
// Value formatted by a specification (`.2f`); a String or Template node of the source.
ir::NodeId Formatted(Context& c, ir::NodeId value_source, ir::NodeId target_value, ir::NodeId spec, ir::NodeId origin);

// Do all values that are not primitives show a text of their own when printed (`__str__`, an Enum's member)?
bool ShowsItself(Context& c, facts::TypeId type);
// A member of a Flag, or of an IntEnum by its repr(), is shown as the number that it is: said once.
void SayOfFlag(Context& c, ir::NodeId source_expr, bool repr);
bool HasTextOfItsOwn(Context& c, ir::NodeId class_def);
// Does the file print things that only console.log or inspect can show, and that may hold instances?
bool ShowsThroughInspect(Context& c);
// `[inspect.custom]`, for a class that has a text of its own in a file where that matters.
void AddInspectMethod(Context& c, ir::NodeId class_def, ir::NodeList& members);

// Dates, times (Date objects) and durations (milliseconds) of datetime.
enum class Temporal { kNone, kDate, kDateTime, kDuration };
Temporal TemporalOf(Context& c, ir::NodeId source_expr);
Temporal TemporalOf(Context& c, facts::TypeId type);
// `str()` of such a value; kNoNode for any other.
ir::NodeId TemporalText(Context& c, ir::NodeId source_expr);
// It formatted by a strftime pattern; kNoNode if that cannot be said.
ir::NodeId TemporalFormat(Context& c, ir::NodeId source_expr, std::string_view pattern);

// A function's name as a value follows the letter case of JavaScript: said where some function is renamed.
void SayRenamedFunctions(Context& c, ir::NodeId origin);
// Does the file read names of function values?
bool ReadsFunctionNames(Context& c);
// Must the function keep its Python name as its `name`, since the file reads names of function values?
bool KeepsName(Context& c, ir::NodeId function_def);

// ---- collections
// Members of the Enum that the name stands for, as an array.
ir::NodeId EnumMembersOf(Context& c, ir::NodeId class_name);
// The iterable as something that has `map` and `filter`.
ir::NodeId ArrayOf(Context& c, ir::NodeId source_iterable);
// The iterable as what `for...of` and spread take.
ir::NodeId IterableOf(Context& c, ir::NodeId source_iterable);
// Key of a Map or item of a Set: arrays, Sets and instances are compared by identity (keys.cpp).
ir::NodeId KeyOf(Context& c, ir::NodeId source_key);
// Iterable of keys (a target expression) whose elements have this type.
ir::NodeId KeysOf(Context& c, facts::TypeId element, ir::NodeId items, ir::NodeId origin);
// The value that stands for all equal to this one.
ir::NodeId Interned(Context& c, ir::NodeId target);
// Is a key of this type (surely or perhaps) compared by its contents?
bool NeedsKeyCare(Context& c, facts::TypeId key);
bool IsTupleKey(Context& c, ir::NodeId source_key);
// `[start, end, step]` of a call of range; kNoNode where it is left out.
struct Range {
  ir::NodeId start;
  ir::NodeId end;
  ir::NodeId step;
};
std::optional<Range> AsRange(Context& c, ir::NodeId source_expr);
// Source node of the factory that a defaultdict was made with.
ir::NodeId DefaultFactory(Context& c, ir::NodeId source_dict);
// A function value of the source, called with one target value: lambdas are put in place.
ir::NodeId Apply(Context& c, ir::NodeId source_function, ir::NodeList args, ir::NodeId origin);
// What `asyncio.Queue` and its like make as a factory; kNoNode for any other name.
ir::NodeId EmptySynchronizer(Context& c, std::string_view python_name, ir::NodeId origin);
// An order for Array.sort; kNoNode where JavaScript's own order is right (text).
ir::NodeId Comparator(Context& c, facts::TypeId element, ir::NodeId key_function, bool reverse);
// The order, or its opposite where the source expression is true.
ir::NodeId EitherOrder(Context& c, ir::NodeId order, ir::NodeId reverse_source);
// Must a comprehension be a loop (it awaits)? Then statements that fill `name`.
bool NeedsLoop(Context& c, ir::NodeId source_comprehension);
void FillByLoop(Context& c, ir::NodeId source_comprehension, const std::string& name, ir::DeclKind declares,
                ir::NodeList& out);
// Parameters and chain for `f(x) for x in xs if c`: an expression that gives an array.
ir::NodeId ArrayComprehension(Context& c, ir::NodeId source_comprehension);

// ---- functions
// Ends the body in `return null` where Python would give None and the function gives values elsewhere.
void FinishReturns(Context& c, ir::NodeId function, ir::NodeList& body);
ir::NodeList TranslateParams(Context& c, std::span<const ir::NodeId> params, ir::NodeId function, ir::NodeList& prologue);
ir::NodeList TranslateArgs(Context& c, ir::NodeId call, std::span<const ir::NodeId> args);
// Arguments as they are, keywords in one object at the end.
ir::NodeList PlainArgs(Context& c, ir::NodeId call, std::span<const ir::NodeId> args);
// Value of the keyword argument, or kNoNode.
ir::NodeId KeywordArg(Context& c, ir::NodeId call, std::string_view name);
std::size_t PositionalCount(Context& c, ir::NodeId call);
// An arrow of statements or one expression.
ir::NodeId Arrow(Context& c, ir::NodeList params, ir::NodeId body_expr, ir::NodeId origin = {});
ir::NodeId ArrowBlock(Context& c, ir::NodeList params, ir::NodeList body, bool is_async, ir::NodeId origin = {});
ir::NodeId NewParam(Context& c, ir::NodeId target);

// ---- patterns
// A source target as a JavaScript pattern (`_` that nobody reads becomes a hole).
ir::NodeId TargetPattern(Context& c, ir::NodeId source_target);
// Statements that give a source target the value.
void AssignTo(Context& c, ir::NodeId source_target, ir::NodeId target_value, ir::NodeId origin, ir::NodeList& out);

// ---- exceptions
// Types that an except clause or isinstance names: one, or those of a tuple.
ir::NodeList TypesOf(Context& c, ir::NodeId source_type);
// Is the node in a try (of its function or of a caller in the file) that catches this builtin error?
bool IsCaught(Context& c, ir::NodeId node, std::string_view error);
// The same, in its own function.
bool IsCaughtHere(Context& c, ir::NodeId node, std::string_view error);
// `xs.pop() if xs else None`, `xs and xs.pop()`: is the list surely not empty at the call?
bool IsFilledThere(Context& c, ir::NodeId source_call, ir::NodeId source_list);
// Does the except clause end a cancellation of its own function, which then goes on?
bool SwallowsAbort(Context& c, ir::NodeId handler);
// The JavaScript class for a builtin error class that is raised or tested.
ir::NodeId ErrorClass(Context& c, std::string_view python_name, ir::NodeId origin);
// Does a test around the name (`if isinstance(result, Exception):`) say that it is an error?
bool IsErrorHere(Context& c, ir::NodeId source_name);
// A class of the file for a builtin error, made now if it is not there.
ir::NodeId NamedErrorClass(Context& c, std::string_view python_name);
// `throw new X(message)`
ir::NodeId ThrowNew(Context& c, std::string_view python_error, ir::NodeId message, ir::NodeId origin = {});
// `err instanceof X || ...` for the type of an except clause; what `isinstance` asks may be no error at all.
ir::NodeId ErrorTest(Context& c, ir::NodeId source_type, ir::NodeId error, bool may_be_other = false);
// Name of the error in the innermost catch around the node.
std::string CatchName(Context& c, ir::NodeId node);

// Does the file read more of an error's `args` than the first, so that its classes keep them?
bool KeepsArgs(Context& c);
// Does the file read caught errors as text?
bool PrintsErrors(Context& c);
// Does the file ask for the names of errors, so that each keeps Python's?
bool ReadsErrorNames(Context& c);
// Which errors of the file go by other names in JavaScript (`AggregateError`, `AbortError`)?
bool FileHasGroups(Context& c);
bool RaisesPlainErrors(Context& c);
bool ReadsJson(Context& c);
bool ErrorsAreRenamed(Context& c);
bool CancelsWithMessage(Context& c);
// `str()` of a CancelledError; kNoNode for any other.
ir::NodeId CancelText(Context& c, ir::NodeId source_error);
// `repr()` of an error, and the text of a list that holds errors.
ir::NodeId ErrorRepr(Context& c, ir::NodeId target);
bool HoldsErrors(Context& c, ir::NodeId source_list);
// May the value be an error or something else (a result of `gather(..., return_exceptions=True)`)? Its str() and repr().
bool MayBeError(Context& c, ir::NodeId source_expr);
ir::NodeId MixedText(Context& c, ir::NodeId source_expr, ir::NodeId target);
ir::NodeId MixedRepr(Context& c, ir::NodeId source_expr, ir::NodeId target);
ir::NodeId ErrorListText(Context& c, ir::NodeId source_list);
// Does the file read the key that a KeyError carries, so that its class keeps it?
bool KeepsKeys(Context& c);
// Message of a KeyError: the repr of its key, where the file reads errors as text.
ir::NodeId KeyErrorMessage(Context& c, ir::NodeId source_key, ir::NodeId target_key);
void AddArgsConstructor(Context& c, ir::NodeId class_def, ir::NodeList& members);

// ---- classes
// What Python's `__len__` and its like are called here; empty if the name is no such method.
std::string_view DunderName(std::string_view python_name);
// The same for `__enter__`, `__exit__` and their asynchronous sisters.
std::string_view ManagerName(Context& c, std::string_view python_name);
std::string MemberName(Context& c, ir::NodeId object_source, std::string_view name);
bool IsDataclass(Context& c, ir::NodeId class_def);
// Have its instances an order (`__lt__`, order=True)?
bool HasOrder(Context& c, ir::NodeId class_def);
bool IsEnum(Context& c, ir::NodeId class_def);
// IntEnum and its like: a frozen object of plain values.
bool IsIntEnum(Context& c, ir::NodeId class_def);
// `class Kind(str, Enum)`: members that are equal to their values, and stand for them in JSON and in arithmetic.
bool IsMixedEnum(Context& c, ir::NodeId class_def);
// `Level(value)` of such a class.
ir::NodeId IntEnumOf(Context& c, ir::NodeId class_def, ir::NodeId source_value, ir::NodeId origin);
bool IsNamedTuple(Context& c, ir::NodeId class_def);
// Does a pattern of the file take its instances apart, so that they must be iterable?
bool IsUnpacked(Context& c, ir::NodeId named_tuple);
// A class whose instances are equal by their contents: no key for a Map or Set.
bool IsValueClass(Context& c, ir::NodeId class_def);
// Field nodes of a dataclass or NamedTuple, bases first.
ir::NodeList DataFields(Context& c, ir::NodeId class_def);

// ---- types
// Is the assignment one whose name only type hints use?
bool IsTypeAlias(Context& c, ir::NodeId assign);
// `Union[A, B]`, `A | B` or `(A, B)` that the name stands for; kNoNode if it is none.
ir::NodeId AliasedType(Context& c, ir::NodeId name);

// ---- async
// The method that `__await__` becomes.
ir::NodeId ThenMethod(Context& c, ir::NodeId await_method);
// Target expression in milliseconds for a source expression in seconds.
ir::NodeId Milliseconds(Context& c, ir::NodeId source_seconds);
bool IsCoroutineCall(Context& c, ir::NodeId source_expr);
// Does the awaited expression itself end when the signal at its place is aborted?
bool HandlesAbort(Context& c, ir::NodeId source_expr);
// A pool of threads or processes of concurrent.futures: in Node, what it is given is called or awaited.
bool IsExecutor(Context& c, ir::NodeId source_expr);
// Are futures asked for their state, so that they are objects of the local class Future?
bool UsesFutureClass(Context& c);

}  // namespace asyncport::translate::to_js
