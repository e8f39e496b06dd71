# SPDX-License-Identifier: Apache-2.0
# Targets format and format-check: every C++ file of the repository, by the rules of .clang-format.
find_program(AMPARO_CLANG_FORMAT NAMES clang-format-14 clang-format)
if(AMPARO_CLANG_FORMAT AND PROJECT_IS_TOP_LEVEL)
  set(format_files
    "git -C '${PROJECT_SOURCE_DIR}' ls-files -z '*.cpp' '*.hpp' | (cd '${PROJECT_SOURCE_DIR}' && xargs -0")
  add_custom_target(format
    COMMAND sh -c "${format_files} '${AMPARO_CLANG_FORMAT}' -i)" VERBATIM)
  add_custom_target(format-check
    COMMAND sh -c "${format_files} '${AMPARO_CLANG_FORMAT}' --dry-run --Werror)" VERBATIM)
endif()
