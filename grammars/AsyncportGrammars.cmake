# Gets the pinned tree-sitter sources from npm into the build tree and compiles them: ts_core, ts_javascript, ts_python.
# Keyed by the lock file's hash, so a second configure does not touch the network. Does not know asyncport's own code.
# Offline: cmake -DASYNCPORT_GRAMMARS_DIR=<folder with tree-sitter, tree-sitter-javascript, tree-sitter-python>
set(ASYNCPORT_GRAMMARS_DIR "" CACHE PATH
  "folder with the tree-sitter packages already unpacked (skips npm)")
set(_src "${CMAKE_CURRENT_LIST_DIR}")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  "${_src}/package.json" "${_src}/package-lock.json")

if(ASYNCPORT_GRAMMARS_DIR)
  set(_mods "${ASYNCPORT_GRAMMARS_DIR}")
else()
  set(_work "${CMAKE_BINARY_DIR}/grammars")
  set(_mods "${_work}/node_modules")
  file(SHA256 "${_src}/package-lock.json" _lock)
  set(_stamp "${_work}/lock-${_lock}.stamp")
  if(NOT EXISTS "${_stamp}")
    find_program(NPM_EXECUTABLE npm REQUIRED)
    message(STATUS "Fetching the tree-sitter grammars with npm")
    file(REMOVE_RECURSE "${_work}")
    file(MAKE_DIRECTORY "${_work}")
    file(COPY "${_src}/package.json" "${_src}/package-lock.json" "${_src}/.npmrc"
      DESTINATION "${_work}")
    execute_process(COMMAND "${NPM_EXECUTABLE}" ci --ignore-scripts --no-audit --no-fund
      WORKING_DIRECTORY "${_work}" RESULT_VARIABLE _rc OUTPUT_VARIABLE _out ERROR_VARIABLE _out)
    if(NOT _rc EQUAL 0)
      message(FATAL_ERROR "npm ci failed (${_rc}):\n${_out}\nOffline: unpack tree-sitter, "
        "tree-sitter-javascript and tree-sitter-python and pass "
        "-DASYNCPORT_GRAMMARS_DIR=<their folder>")
    endif()
    file(TOUCH "${_stamp}")
  endif()
endif()
set(ASYNCPORT_GRAMMARS_MODULES "${_mods}")

# What --version says: read from the pinned list, so there is one place to change.
file(READ "${_src}/package.json" _package)
foreach(_l IN ITEMS "tree-sitter" "tree-sitter-javascript" "tree-sitter-python")
  string(JSON _version GET "${_package}" dependencies "${_l}")
  string(MAKE_C_IDENTIFIER "${_l}" _id)
  string(TOUPPER "${_id}_VERSION" _id)
  set(${_id} "${_version}")
endforeach()

set(_lib "${_mods}/tree-sitter/vendor/tree-sitter/lib")
add_library(ts_core STATIC "${_lib}/src/lib.c")
target_include_directories(ts_core SYSTEM PUBLIC "${_lib}/include" PRIVATE "${_lib}/src")
target_compile_definitions(ts_core PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
target_compile_options(ts_core PRIVATE -w)
# The grammars' own headers lie beside their parser.c: PRIVATE, so that the copies never mix.
foreach(_l IN ITEMS javascript python)
  set(_scan "${_mods}/tree-sitter-${_l}/src/scanner.c")
  if(_l STREQUAL "python")
    set(_scan "${_src}/python_scanner_guard.c")
  endif()
  add_library(ts_${_l} STATIC "${_mods}/tree-sitter-${_l}/src/parser.c" "${_scan}")
  target_include_directories(ts_${_l} PRIVATE "${_mods}/tree-sitter-${_l}/src")
  target_compile_options(ts_${_l} PRIVATE -w)
  target_link_libraries(ts_${_l} PUBLIC ts_core)
endforeach()
