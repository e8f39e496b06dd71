// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/identity.hpp"

#include <catch2/catch.hpp>

using namespace amparo;
using namespace amparo::xsd;

namespace {

using Kind = IdentityConstraint::Kind;
using Found = IdentityProblem::Kind;

NumberedName named(char c) {
  return {1, static_cast<std::uint32_t>(c)};
}

// "a/b", ".//a", "@i", ".", "*": letters are names.
IdentityPath path(std::string_view text) {
  IdentityPath made;
  if (text.substr(0, 3) == ".//") {
    made.is_anywhere = true;
    text.remove_prefix(3);
  }
  bool is_attribute = false;
  for (const char c : text) {
    if (c == '@') is_attribute = true;
    if (c == '.' || c == '/' || c == '@') continue;
    NameTest test{NameTest::Kind::Name, named(c)};
    if (c == '*') test.kind = NameTest::Kind::Any;
    if (is_attribute) {
      made.attribute = test;
    } else {
      made.steps.push_back(test);
    }
  }
  return made;
}

IdentityConstraint constraint(Kind kind,
                              std::string_view selector,
                              std::vector<std::string_view> fields,
                              const void* id,
                              const void* refers_to = nullptr) {
  IdentityConstraint made{.kind = kind, .selector = {path(selector)}, .id = id};
  for (const auto field : fields)
    made.fields.push_back({path(field)});
  made.refers_to = refers_to;
  return made;
}

// Runs a document written in short: "(r(a@i=1)(a@i=2'text'))": an element, its attributes, its
// value in quotes (~ for nil), its children. Constraints belong to the element `scope`.
std::vector<Found> run(std::string_view document,
                       const IdentityConstraints& constraints,
                       char scope = 'r') {
  IdentityChecker checker{{[] { return std::string{"/path"}; }, [] { return std::uint64_t{7}; }}};
  struct Open {
    IdentityChecker::Content content = IdentityChecker::Content::NotSimple;
    std::string value;
  };
  std::vector<Open> open;
  std::vector<Found> found;
  for (std::size_t i = 0; i < document.size(); ++i) {
    const char c = document[i];
    if (c == '(') {
      const char name = document[++i];
      checker.start(named(name), name == scope ? &constraints : nullptr, {i, 1, i + 1});
      open.emplace_back();
    } else if (c == '@') {
      const auto equals = document.find('=', i);
      const auto end = document.find_first_of("@()'~ ", equals);
      if (checker.wants_attributes()) {
        checker.attribute(named(document[i + 1]),
                          std::string{document.substr(equals + 1, end - equals - 1)});
      }
      i = end - 1;
    } else if (c == '\'') {
      const auto end = document.find('\'', i + 1);
      open.back() = {IdentityChecker::Content::Value,
                     std::string{document.substr(i + 1, end - i - 1)}};
      i = end;
    } else if (c == '~') {
      open.back().content = IdentityChecker::Content::Nil;
    } else if (c == ')') {
      checker.end(open.back().content, open.back().value);
      open.pop_back();
      for (const auto& problem : checker.take_problems())
        found.push_back(problem.kind);
    }
  }
  CHECK_FALSE(checker.is_active());
  return found;
}

const int kFirst = 0;
const int kSecond = 0;

}  // namespace

TEST_CASE("Keys, unique values and what breaks them", "[xsd][identity]") {
  struct Case {
    Kind kind;
    std::string selector;
    std::vector<std::string_view> fields;
    std::string document;
    std::vector<Found> found;
  };
  const auto c = GENERATE(
      Case{Kind::Key, "a", {"@i"}, "(r(a@i=1 )(a@i=2 ))", {}},
      Case{Kind::Key, "a", {"@i"}, "(r(a@i=1 )(a@i=1 ))", {Found::KeyTwice}},
      Case{Kind::Unique, "a", {"@i"}, "(r(a@i=1 )(a@i=1 ))", {Found::NotUnique}},
      Case{Kind::Key, "a", {"@i"}, "(r(a))", {Found::KeyMissing}},
      Case{Kind::Unique, "a", {"@i"}, "(r(a)(a))", {}},
      Case{Kind::Key, "a", {"b"}, "(r(a(b'1'))(a(b'2')))", {}},
      Case{Kind::Key, "a", {"b"}, "(r(a(b'1'))(a(b'1')))", {Found::KeyTwice}},
      Case{Kind::Key, "a", {"b"}, "(r(a(b'1')(b'2')))", {Found::FieldNotOne}},
      Case{Kind::Key, "a", {"b"}, "(r(a(b(c))))", {Found::FieldNotOne}},
      Case{Kind::Key, "a", {"b"}, "(r(a(b~)))", {Found::KeyNil}},
      Case{Kind::Unique, "a", {"b"}, "(r(a(b~))(a(b~)))", {}},
      Case{Kind::Key, "a", {"."}, "(r(a'1')(a'1'))", {Found::KeyTwice}},
      Case{Kind::Key, "a/b", {"@i"}, "(r(a(b@i=1 ))(a(b@i=1 ))(b@i=1 ))", {Found::KeyTwice}},
      Case{Kind::Key, ".//b", {"@i"}, "(r(a(b@i=1 ))(b@i=1 ))", {Found::KeyTwice}},
      Case{Kind::Key, "*", {"@i"}, "(r(a@i=1 )(b@i=1 ))", {Found::KeyTwice}},
      Case{Kind::Key, "a", {"b/c"}, "(r(a(c'1')(b(c'2'))))", {}},
      Case{Kind::Key, "a", {".//c"}, "(r(a(b(c'2'))))", {}},
      Case{Kind::Key, "a", {"b/@i"}, "(r(a(b@i=1 ))(a(b@i=1 )))", {Found::KeyTwice}},
      Case{Kind::Key, "a", {"@i", "@k"}, "(r(a@i=1 @k=2 )(a@i=1 @k=3 ))", {}},
      Case{Kind::Key, "a", {"@i", "@k"}, "(r(a@i=12 @k=3 )(a@i=1 @k=23 ))", {}},
      Case{Kind::Key, "a", {"@i", "@k"}, "(r(a@i=1 @k=2 )(a@i=1 @k=2 ))", {Found::KeyTwice}},
      Case{Kind::Key, "a", {"@i", "@k"}, "(r(a@i=1 ))", {Found::KeyMissing}},
      Case{Kind::Key, ".", {"@i"}, "(r@i=1 )", {}},
      Case{Kind::Key, ".", {"@i"}, "(r)", {Found::KeyMissing}});
  CAPTURE(c.selector, c.document);
  CHECK(run(c.document, {constraint(c.kind, c.selector, c.fields, &kFirst)}) == c.found);
}

TEST_CASE("References find keys before and after them, in their scope alone", "[xsd][identity]") {
  const IdentityConstraints constraints{
      constraint(Kind::Key, "a", {"@i"}, &kFirst),
      constraint(Kind::Reference, ".//f", {"@i"}, &kSecond, &kFirst)};
  struct Case {
    std::string document;
    std::vector<Found> found;
  };
  const auto c = GENERATE(Case{"(r(a@i=1 )(f@i=1 ))", {}},
                          Case{"(r(f@i=1 )(a@i=1 ))", {}},
                          Case{"(r(f@i=2 )(a@i=1 ))", {Found::Dangling}},
                          Case{"(r(f)(a@i=1 ))", {}},
                          Case{"(x(r(a@i=1 ))(r(f@i=1 )))", {Found::Dangling}},
                          Case{"(r(b(b(f@i=9 ))))", {Found::Dangling}});
  CAPTURE(c.document);
  // `x` has no constraints: scopes that follow one another know nothing of each other.
  CHECK(run(c.document, constraints) == c.found);
}

TEST_CASE("A dangling reference is told with the place where it stood", "[xsd][identity]") {
  const IdentityConstraints constraints{
      constraint(Kind::Key, "a", {"@i"}, &kFirst),
      constraint(Kind::Reference, "f", {"@i"}, &kSecond, &kFirst)};
  IdentityChecker checker{{[] { return std::string{"/r/f"}; }, [] { return std::uint64_t{7}; }}};
  checker.start(named('r'), &constraints, {0, 1, 1});
  checker.start(named('f'), nullptr, {10, 3, 5});
  checker.attribute(named('i'), "x");
  checker.end(IdentityChecker::Content::NotSimple, {});
  CHECK_FALSE(checker.has_problems());
  checker.end(IdentityChecker::Content::NotSimple, {});
  const auto problems = checker.take_problems();
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].kind == Found::Dangling);
  CHECK(problems[0].where == Place{10, 3, 5});
  CHECK(problems[0].path == "/r/f");
  CHECK(problems[0].record == 7);
}
