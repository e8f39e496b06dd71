// SPDX-License-Identifier: Apache-2.0
// The one main of the test program. Debian's Catch2 is version 2: it needs this file.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
