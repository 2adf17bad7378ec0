# What `cmake --install` and cpack give out, by component: `runtime` (the program, its manual page and completions),
# `license` (which Debian's packages only name) and `development` (the library as asyncport::asyncport, for find_package).
# Example: cmake --install build/release --prefix ~/.local; cpack --config build/release/CPackConfig.cmake -G DEB
include(CMakePackageConfigHelpers)
# Installing and packing build what they need, and not all tests.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

# ---- the program
install(TARGETS asyncport RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT runtime)

# Written by the program itself, of the table that parses its options.
set(_pages "${PROJECT_BINARY_DIR}/pages")
set(_page_files)
foreach(_page IN ITEMS "man asyncport.1" "bash asyncport.bash" "zsh _asyncport" "fish asyncport.fish")
  separate_arguments(_page)
  list(GET _page 0 _kind)
  list(GET _page 1 _file)
  add_custom_command(OUTPUT "${_pages}/${_file}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${_pages}"
    COMMAND asyncport completion ${_kind} > "${_pages}/${_file}"
    DEPENDS asyncport COMMENT "Writing ${_file}" VERBATIM)
  list(APPEND _page_files "${_pages}/${_file}")
endforeach()
find_program(GZIP_EXECUTABLE gzip REQUIRED)
set(_changelog "${PROJECT_SOURCE_DIR}/packaging/debian/changelog")
foreach(_packed IN ITEMS "${_pages}/asyncport.1 asyncport.1.gz" "${_changelog} changelog.gz")
  separate_arguments(_packed)
  list(GET _packed 0 _from)
  list(GET _packed 1 _file)
  # -n: no time in it, so that the same page gives the same bytes.
  add_custom_command(OUTPUT "${_pages}/${_file}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${_pages}"
    COMMAND "${GZIP_EXECUTABLE}" -9nc "${_from}" > "${_pages}/${_file}"
    DEPENDS "${_from}" COMMENT "Packing ${_file}" VERBATIM)
  list(APPEND _page_files "${_pages}/${_file}")
endforeach()
add_custom_target(asyncport_pages ALL DEPENDS ${_page_files})
install(FILES "${_pages}/asyncport.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1"
  COMPONENT runtime)
install(FILES "${_pages}/asyncport.bash" RENAME asyncport COMPONENT runtime
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${_pages}/_asyncport" COMPONENT runtime
  DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
install(FILES "${_pages}/asyncport.fish" COMPONENT runtime
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES packaging/debian/copyright DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT license)
install(FILES "${_pages}/changelog.gz" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime)

# ---- the library: one archive of everything, so that who uses it links one thing
add_library(asyncport_library STATIC
  $<TARGET_OBJECTS:asyncport_core> $<TARGET_OBJECTS:asyncport_base>
  $<TARGET_OBJECTS:ts_core> $<TARGET_OBJECTS:ts_javascript> $<TARGET_OBJECTS:ts_python>)
set_target_properties(asyncport_library PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME asyncport
  EXPORT_NAME asyncport)
target_compile_features(asyncport_library INTERFACE cxx_std_20)
target_link_libraries(asyncport_library INTERFACE Threads::Threads)
target_include_directories(asyncport_library INTERFACE
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>"
  "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/asyncport>")
add_library(asyncport::asyncport ALIAS asyncport_library)
install(TARGETS asyncport_library EXPORT asyncport-targets COMPONENT development
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
# The border of the library, and what it is made of.
foreach(_header IN ITEMS
    pipeline/pipeline.h pipeline/check.h pipeline/draw.h pipeline/line_map.h
    diag/diagnostic.h diag/sinks/texts.h
    support/language.h support/result.h support/source.h support/span.h)
  get_filename_component(_folder "${_header}" DIRECTORY)
  install(FILES "src/${_header}" COMPONENT development
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/asyncport/${_folder}")
endforeach()
set(_package "${CMAKE_INSTALL_LIBDIR}/cmake/asyncport")
install(EXPORT asyncport-targets NAMESPACE asyncport:: DESTINATION "${_package}"
  COMPONENT development)
configure_package_config_file(cmake/asyncport-config.cmake.in
  "${PROJECT_BINARY_DIR}/asyncport-config.cmake" INSTALL_DESTINATION "${_package}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/asyncport-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/asyncport-config.cmake"
  "${PROJECT_BINARY_DIR}/asyncport-config-version.cmake"
  DESTINATION "${_package}" COMPONENT development)

# ---- packages of the program
set(CPACK_PACKAGE_NAME asyncport)
set(CPACK_PACKAGE_VENDOR asyncport)
set(CPACK_PACKAGE_CONTACT "The asyncport authors <asyncport@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "translator between JavaScript and Python asynchronous code")
set(CPACK_PACKAGE_DESCRIPTION_FILE "${PROJECT_SOURCE_DIR}/packaging/debian/description")
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_COMPONENTS_ALL runtime license)
# The components of each kind of package: see there.
set(CPACK_PROJECT_CONFIG_FILE "${PROJECT_SOURCE_DIR}/packaging/components.cmake")
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
# Files are as old as the change log says, so that packing twice gives the same bytes.
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/packaging/same_times.cmake")
include(CPack)
