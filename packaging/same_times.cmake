# Before cpack packs: gives every file the time of the change log's last entry (SOURCE_DATE_EPOCH, where it is set), and
# the rights that packages have.
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  set(_epoch "$ENV{SOURCE_DATE_EPOCH}")
else()
  file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/debian/changelog" _lines REGEX "^ -- ")
  list(GET _lines 0 _line)
  string(REGEX REPLACE "^.*>  " "" _date "${_line}")
  execute_process(COMMAND date -d "${_date}" +%s OUTPUT_VARIABLE _epoch
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
endif()
set(ENV{SOURCE_DATE_EPOCH} "${_epoch}")
execute_process(COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" -exec touch -h -d "@${_epoch}" {} +
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND chmod -R u=rwX,go=rX "${CPACK_TEMPORARY_DIRECTORY}"
  COMMAND_ERROR_IS_FATAL ANY)
