# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` and the Debian package hold: the program, the libraries with their headers, the
# bundle (schema/), man pages and shell completion, and the file that find_package(Amparo) reads.
include(CMakePackageConfigHelpers)

get_property(amparo_modules GLOBAL PROPERTY AMPARO_MODULES)
install(TARGETS ${amparo_modules} EXPORT AmparoTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
foreach(target ${amparo_modules})
  string(REPLACE "amparo_" "" module "${target}")
  string(REPLACE "_" "/" module "${module}")
  if(NOT IS_DIRECTORY "${PROJECT_SOURCE_DIR}/${module}")
    continue()
  endif()
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/${module}/"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/amparo/${module}" FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(EXPORT AmparoTargets NAMESPACE amparo:: DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Amparo")
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/AmparoConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/AmparoConfig.cmake"
  INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Amparo" PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/AmparoConfigVersion.cmake"
  COMPATIBILITY SameMajorVersion)
install(FILES "${PROJECT_BINARY_DIR}/AmparoConfig.cmake" "${PROJECT_BINARY_DIR}/AmparoConfigVersion.cmake"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Amparo")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/schema" DESTINATION "${CMAKE_INSTALL_DATADIR}/amparo")
install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
  "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

# Man pages and completion come out of the program itself: one table of options makes them all.
if(TARGET amparo)
  set(pages "${PROJECT_BINARY_DIR}/pages")
  set(made "")
  foreach(verb amparo validate convert sample)
    set(page "${pages}/amparo-${verb}.1")
    if(verb STREQUAL amparo)
      set(page "${pages}/amparo.1")
    endif()
    add_custom_command(OUTPUT "${page}" COMMAND "${CMAKE_COMMAND}" -E make_directory "${pages}"
      COMMAND amparo --man ${verb} > "${page}" DEPENDS amparo VERBATIM)
    list(APPEND made "${page}")
  endforeach()
  foreach(shell bash zsh fish)
    add_custom_command(OUTPUT "${pages}/amparo.${shell}"
      COMMAND "${CMAKE_COMMAND}" -E make_directory "${pages}"
      COMMAND amparo --completion ${shell} > "${pages}/amparo.${shell}" DEPENDS amparo VERBATIM)
    list(APPEND made "${pages}/amparo.${shell}")
  endforeach()
  add_custom_target(amparo_pages ALL DEPENDS ${made})
  install(TARGETS amparo RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
  install(FILES "${pages}/amparo.1" "${pages}/amparo-validate.1" "${pages}/amparo-convert.1"
    "${pages}/amparo-sample.1"
    DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  install(FILES "${pages}/amparo.bash" RENAME amparo
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(FILES "${pages}/amparo.zsh" RENAME _amparo
    DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
  install(FILES "${pages}/amparo.fish"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME amparo)
set(CPACK_PACKAGE_CONTACT "Amparo project <amparo@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "checks protection records of unaccompanied migrant children")
set(CPACK_PACKAGE_DESCRIPTION "The reference toolkit of the Amparo standard: it converts what an office holds\
 into records of the standard and validates them. It opens no network connection and shows no child's data in a report.")
set(CPACK_PACKAGE_FILE_NAME "amparo_${PROJECT_VERSION}")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS
  "libxerces-c-dev, libxml2-dev, libssl-dev, libicu-dev, libboost-program-options-dev")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
include(CPack)
