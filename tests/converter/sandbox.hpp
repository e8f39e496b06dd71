// SPDX-License-Identifier: Apache-2.0
// Help for tests of the converter: a folder that goes away, the shipped mapping with changes, and a
// run from a string to strings.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "converter/convert.hpp"

namespace amparo::converter::testing {

inline const std::filesystem::path kRepository = AMPARO_SOURCE_DIR;
inline const std::filesystem::path kMappings = kRepository / "schema" / "mappings";

inline std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "amparo-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
  }

 private:
  std::filesystem::path path_;
};

using Changes = std::vector<std::pair<std::string, std::string>>;

/// The shipped mapping, each change made once; a change that finds nothing is a mistake of the
/// test.
inline std::string changed_mapping(const Changes& changes) {
  std::string text = read_text(kMappings / "hhs-releases.map.xml");
  for (const auto& [from, to] : changes) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the mapping has no " + from);
    text.replace(at, from.size(), to);
  }
  return text;
}

/// Read once: it takes as long as all other tests of the converter together.
inline std::shared_ptr<const xsd::Outline> outline() {
  static const auto shared = [] {
    auto read = xsd::Outline::read(kRepository / "schema" / "1.0" / "amparo.xsd",
                                   "https://w3id.org/amparo/1");
    if (!read) throw std::runtime_error(read.error().message);
    return std::make_shared<const xsd::Outline>(*std::move(read));
  }();
  return shared;
}

inline Result<std::unique_ptr<const Plan>> plan_of(const Folder& folder, const Changes& changes) {
  std::filesystem::copy(
      kMappings / "tables",
      folder.path() / "tables",
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  const auto file = folder.write("test.map.xml", changed_mapping(changes));
  auto mapping = read_mapping(file);
  if (!mapping) return Fail{mapping.error()};
  return Plan::make(*std::move(mapping), outline());
}

/// `expected` with the line that the change stands in (where its start tag ends) in place of @.
inline std::string at_line(std::string expected, const Changes& changes) {
  const std::string text = changed_mapping(changes);
  const auto& [from, to] = changes.front();
  const auto begin = read_text(kMappings / "hhs-releases.map.xml").find(from);
  const auto end = text.find('>', begin);
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  const auto mark = expected.find(":@:");
  if (mark != std::string::npos) expected.replace(mark + 1, 1, std::to_string(line));
  return expected;
}

/// The error of a mapping with these changes, without the folder's name; empty when it is good.
inline std::string error_of(const Changes& changes) {
  const Folder folder;
  const auto plan = plan_of(folder, changes);
  if (plan) return {};
  std::string message = plan.error().message;
  const std::string prefix = folder.path().string() + "/";
  for (auto at = message.find(prefix); at != std::string::npos; at = message.find(prefix))
    message.erase(at, prefix.size());
  return message;
}

struct Collected final : FindingSink {
  void add(Finding finding) override { findings.push_back(std::move(finding)); }
  std::vector<Finding> findings;
};

struct Outcome {
  Result<Conversion> account = Conversion{};
  std::string document, rejects;
  std::vector<Finding> findings;
  /// "M-VALUE.null 2:8", sentence, line and field of each finding.
  [[nodiscard]] std::vector<std::string> found() const {
    std::vector<std::string> out;
    for (const Finding& finding : findings)
      out.push_back(finding.message + ' ' + std::to_string(finding.where.line) + ':' +
                    std::to_string(finding.where.column));
    return out;
  }
};

inline IdKey test_key() {
  std::array<std::uint8_t, kIdKeyBytes> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes.at(i) = static_cast<std::uint8_t>(i);
  return IdKey::from_bytes(bytes);
}

inline Outcome run(const Plan& plan, std::string csv, bool allow_unknown_columns = false) {
  const IdKey key = test_key();
  Source input = Source::from_string("in.csv", std::move(csv));
  Outcome outcome;
  Collected findings;
  outcome.account =
      convert(input,
              ConvertRun{plan, key, "2026-01-31T08:00:00-06:00", allow_unknown_columns},
              ConvertSinks{[&](std::string_view bytes) -> Status {
                             outcome.document += bytes;
                             return Done{};
                           },
                           [&](std::string_view bytes) -> Status {
                             outcome.rejects += bytes;
                             return Done{};
                           },
                           findings});
  outcome.findings = std::move(findings.findings);
  return outcome;
}

inline Outcome run(std::string csv,
                   const Changes& changes = {},
                   bool allow_unknown_columns = false) {
  const Folder folder;
  const auto plan = plan_of(folder, changes);
  if (!plan) throw std::runtime_error(plan.error().message);
  return run(**plan, std::move(csv), allow_unknown_columns);
}

/// The golden file; AMPARO_UPDATE_GOLDEN=1 writes it anew from what came out, to be read in the
/// diff.
inline std::string golden(const std::string& name, const std::string& actual) {
  const auto file = kRepository / "tests" / "golden" / "converter" / name;
  if (std::getenv("AMPARO_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(file, std::ios::binary) << actual;
  }
  return read_text(file);
}

inline const std::string kHeader =
    "ID,Child's Country of Origin,Child's Gender,Child's Date of Entry,Child's Date of Release,"
    "Sponsor Zipcode,Sponsor Category,Relationship of Sponsor\n";

}  // namespace amparo::converter::testing
