# SPDX-License-Identifier: Apache-2.0
# Run at build time: writes version_info.hpp, and touches it only when it says something new. A
# source package without its history says "unknown", unless the variable AMPARO_COMMIT is given.
cmake_minimum_required(VERSION 3.25)
if(NOT AMPARO_COMMIT)
  set(AMPARO_COMMIT unknown)
  find_program(git NAMES git)
  if(git AND EXISTS "${SOURCE}/.git")
    execute_process(
      COMMAND "${git}" -C "${SOURCE}" rev-parse --short=12 HEAD
      OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed)
      set(AMPARO_COMMIT "${commit}")
    endif()
  endif()
endif()
configure_file("${TEMPLATE}" "${OUTPUT}" @ONLY)
