# SPDX-License-Identifier: Apache-2.0
# cmake -DWORK=<folder> -DCHECK=<check_layers.cmake> -P prove_layers.cmake
# The check of layers must fail on each kind of breach, or it checks nothing.
cmake_minimum_required(VERSION 3.25)

function(expect name file line fails text)
  set(root "${WORK}/${name}")
  file(REMOVE_RECURSE "${root}")
  file(WRITE "${root}/core/good.hpp" "#pragma once\n#include <string>\n")
  file(WRITE "${root}/${file}" "#pragma once\n${line}\n")
  execute_process(COMMAND "${CMAKE_COMMAND}" "-DROOT=${root}" -P "${CHECK}"
                  RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(fails AND status EQUAL 0)
    message(FATAL_ERROR "${name}: not noticed")
  elseif(NOT fails AND NOT status EQUAL 0)
    message(FATAL_ERROR "${name}: refused without reason\n${out}")
  elseif(NOT out MATCHES "${text}")
    message(FATAL_ERROR "${name}: said otherwise than '${text}'\n${out}")
  endif()
endfunction()

expect(upwards core/a.hpp "#include \"report/text.hpp\"" TRUE "core may not include report")
expect(sideways validator/xsd/a.cpp "#include \"validator/rules/x.hpp\"" TRUE
       "validator/xsd may not include validator/rules")
expect(nowhere xml/a.cpp "#include \"util/x.hpp\"" TRUE "is in no module")
expect(private report/a.cpp "#include \"validator/detail/x.hpp\"" TRUE "is private to validator")
expect(stranger xml/a.cpp "#include <xercesc/a.hpp>" TRUE "xml may not include <xercesc/a.hpp>")
expect(header validator/xsd/a.hpp "#include <xercesc/a.hpp>" TRUE "belongs into a .cpp")
expect(downwards report/a.hpp "#include \"core/good.hpp\"" FALSE "2 files keep")
expect(behind validator/xsd/detail/a.hpp "#include <xercesc/a.hpp>" FALSE "2 files keep")
expect(own validator/a.cpp "#include \"validator/detail/x.hpp\"" FALSE "2 files keep")
