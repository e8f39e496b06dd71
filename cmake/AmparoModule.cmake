# SPDX-License-Identifier: Apache-2.0
# amparo_add_module(<name> SOURCES <files...> [DEPENDS <public...>] [USES <private...>])
#   One library per folder: target amparo_<name>, alias amparo::<name>. Headers are listed too.
#   USES names third-party targets, which only .cpp files may include.
function(amparo_add_module name)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "" "SOURCES;DEPENDS;USES")
  set(target "amparo_${name}")
  set(compiled ${module_SOURCES})
  list(FILTER compiled INCLUDE REGEX "\\.cpp$")
  if(compiled)
    add_library(${target} STATIC ${module_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:amparo::warnings> ${module_USES})
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(amparo::${name} ALIAS ${target})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_include_directories(${target} ${scope}
    "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>"
    "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/amparo>")
  target_link_libraries(${target} ${scope} ${module_DEPENDS})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY AMPARO_MODULES ${target})
endfunction()

# amparo_add_tests(SOURCES <files...> [DEPENDS <targets...>])
#   Adds test files to the one test program. Called from tests/<module>/CMakeLists.txt.
function(amparo_add_tests)
  cmake_parse_arguments(PARSE_ARGV 0 tests "" "" "SOURCES;DEPENDS")
  list(TRANSFORM tests_SOURCES PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  target_sources(amparo_tests PRIVATE ${tests_SOURCES})
  target_link_libraries(amparo_tests PRIVATE ${tests_DEPENDS})
endfunction()
