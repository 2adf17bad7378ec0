// Topics for single parts of JavaScript's library; each has a file of its name. The others are in topics.h.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

void RegisterConsoleForms(Topics& topics);  // console.group, table, dir, assert; util.format
void RegisterInstanceValues(Topics& topics);  // valueOf, members under symbols
void RegisterJsonForms(Topics& topics);     // replacers, revivers, what JSON leaves out
void RegisterTruthTests(Topics& topics);    // Boolean(x), filter(Boolean), ...
void RegisterListMethods(Topics& topics);   // with, toSpliced, lastIndexOf, ...
void RegisterRecordParams(Topics& topics);  // ({ a }) => a
void RegisterNumberTexts(Topics& topics);   // toPrecision, Object.is
void RegisterTypedArrays(Topics& topics);
void RegisterUrls(Topics& topics);          // URL, URLSearchParams

}  // namespace asyncport::translate::to_py
