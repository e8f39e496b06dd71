// SPDX-License-Identifier: Apache-2.0
#include "cli/same_file.hpp"

#include <array>

#include <catch2/catch.hpp>

#include "tests/converter/sandbox.hpp"

namespace amparo::cli {
namespace {

TEST_CASE("two names lead to one file or to two", "[cli][same-file]") {
  const converter::testing::Folder folder;
  folder.write("there.xml", "x");
  folder.write("other.xml", "x");
  folder.write("sub/there.xml", "x");
  std::filesystem::create_symlink("there.xml", folder.path() / "soft.xml");
  std::filesystem::create_hard_link(folder.path() / "there.xml", folder.path() / "hard.xml");
  std::filesystem::create_symlink("sub", folder.path() / "same-sub");
  struct Case {
    std::string a, b;
    bool is_same;
  };
  const auto c = GENERATE(Case{"there.xml", "there.xml", true},
                          Case{"there.xml", "./there.xml", true},
                          Case{"there.xml", "sub/../there.xml", true},
                          Case{"there.xml", "soft.xml", true},
                          Case{"there.xml", "hard.xml", true},
                          Case{"there.xml", "other.xml", false},
                          Case{"there.xml", "sub/there.xml", false},
                          Case{"new.xml", "new.xml", true},
                          Case{"new.xml", "./new.xml", true},
                          Case{"new.xml", "sub/../new.xml", true},
                          Case{"sub/new.xml", "same-sub/new.xml", true},
                          Case{"new.xml", "sub/new.xml", false},
                          Case{"new.xml", "newer.xml", false},
                          Case{"new.xml", "there.xml", false},
                          Case{"none/new.xml", "gone/new.xml", false});
  CAPTURE(c.a, c.b);
  const auto path = [&](const std::string& name) { return folder.path().string() + '/' + name; };
  CHECK(is_same_file(path(c.a), path(c.b)) == c.is_same);
  CHECK(is_same_file(path(c.b), path(c.a)) == c.is_same);
}

TEST_CASE("standard input and standard output are two", "[cli][same-file]") {
  const NamedFile input{"in", "-", false};
  const NamedFile output{"-o", "-", true};
  const NamedFile ledger{"--ledger", "-", true};
  const NamedFile none{"--rejects", "", true};
  CHECK_FALSE(find_same(std::array{input, output, none, NamedFile{"x", "", true}}));
  const auto same = find_same(std::array{input, output, none, ledger});
  REQUIRE(same);
  CHECK(same->first.role == "-o");
  CHECK(same->second.role == "--ledger");
}

}  // namespace
}  // namespace amparo::cli
