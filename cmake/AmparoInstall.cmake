# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` and the Debian package hold: the program, the libraries with their headers, the
# bundle (schema/), man pages and shell completion, and the file that find_package(Amparo) reads.
include(CMakePackageConfigHelpers)

get_property(amparo_modules GLOBAL PROPERTY AMPARO_MODULES)
list(REMOVE_ITEM amparo_modules amparo_cli)  # the program's own; nobody includes it
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
  "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/cmake/copyright" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/amparo")

# Man pages and completion come out of the program itself: one table of options makes them all.
if(TARGET amparo)
  set(pages "${PROJECT_BINARY_DIR}/pages")
  set(made "")
  foreach(language en es fr)
    # Where man looks first in that language; English is the default.
    set(folder "${CMAKE_INSTALL_MANDIR}/${language}/man1")
    if(language STREQUAL en)
      set(folder "${CMAKE_INSTALL_MANDIR}/man1")
    endif()
    foreach(verb amparo validate convert)
      set(page "${pages}/${language}/amparo-${verb}.1")
      if(verb STREQUAL amparo)
        set(page "${pages}/${language}/amparo.1")
      endif()
      add_custom_command(OUTPUT "${page}"
        COMMAND "${CMAKE_COMMAND}" -E make_directory "${pages}/${language}"
        COMMAND amparo --lang ${language} --man ${verb} > "${page}" DEPENDS amparo VERBATIM)
      list(APPEND made "${page}")
      install(FILES "${page}" DESTINATION "${folder}")
    endforeach()
  endforeach()
  foreach(shell bash zsh fish)
    add_custom_command(OUTPUT "${pages}/amparo.${shell}"
      COMMAND "${CMAKE_COMMAND}" -E make_directory "${pages}"
      COMMAND amparo --completion ${shell} > "${pages}/amparo.${shell}" DEPENDS amparo VERBATIM)
    list(APPEND made "${pages}/amparo.${shell}")
  endforeach()
  add_custom_target(amparo_pages ALL DEPENDS ${made})
  install(TARGETS amparo RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
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
# For programs that link the libraries; the program itself needs none of them.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS
  "libxerces-c-dev, libxml2-dev, libssl-dev, libicu-dev")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
include(CPack)
