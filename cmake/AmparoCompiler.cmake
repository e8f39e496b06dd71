# SPDX-License-Identifier: Apache-2.0
# The language standard, and the warnings that every target of ours is built with. They are linked
# PRIVATE: users of the library never inherit them.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

find_program(AMPARO_CCACHE ccache)
if(AMPARO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${AMPARO_CCACHE}")
endif()

add_library(amparo_warnings INTERFACE)
add_library(amparo::warnings ALIAS amparo_warnings)
# When GCC 12 optimises, it sees null pointers, overlaps and overflows inside the inlined std::string
# (its bugs 105329 and 105651): these three warnings are for debug builds.
target_compile_options(amparo_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wcast-qual -Wformat=2 -Wundef
  -Wdouble-promotion -Wimplicit-fallthrough -Wmissing-declarations
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wsuggest-override>
  $<$<CONFIG:Debug>:-Wnull-dereference>
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict -Wno-stringop-overflow>
  $<$<BOOL:${AMPARO_WERROR}>:-Werror>)
