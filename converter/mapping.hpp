// SPDX-License-Identifier: Apache-2.0
// A mapping: how one foreign layout becomes records of the standard, as data. This is what the file
// says (spec/formats/mapping.md describes the language); plan.hpp is what it means against a
// schema.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "converter/date_pattern.hpp"
#include "core/language.hpp"
#include "core/result.hpp"
#include "text/fold.hpp"

namespace amparo::converter {

inline constexpr std::string_view kMappingNamespace = "https://w3id.org/amparo/mapping/1";

/// Where in the mapping file something is said, for error messages.
struct MappingPlace {
  std::uint64_t line = 0;
  std::uint64_t column = 0;
};

/// What becomes of a value that a date or a lookup does not know.
enum class Unmatched : std::uint8_t {
  Reject,  ///< the row goes to the rejects
  Null,    ///< a nil with the stated reason; the words are kept where the target has asRecorded
};

struct DateRule {
  std::string name;
  std::vector<DatePattern> patterns{};
  std::vector<std::string> sentinels{};  ///< values that mean "not known"
  int window = 0;                        ///< first of the hundred years of `yy`
  std::optional<std::chrono::year_month_day> earliest{};
  std::optional<std::chrono::year_month_day> latest{};
  bool latest_is_stamp = false;  ///< no later than the day of the run (Header/CreatedAt)
  Unmatched unmatched = Unmatched::Reject;
  std::string reason{};  ///< null reason of sentinels, and of unmatched values under Null
  MappingPlace where{};
};

struct LookupRule {
  std::string name;
  std::string file;  ///< beside the mapping
  std::string key;   ///< its key column
  text::Folding folding{};
  Unmatched unmatched = Unmatched::Reject;
  std::string reason{};
  MappingPlace where{};
};

/// An opaque identifier made from a source key; see id_key.hpp.
struct IdRule {
  std::string name;
  std::string kind;  ///< prefix: "cx", "ps"
  std::string column;
  std::string system;
  MappingPlace where{};
};

/// One source value to one target element.
struct FieldEntry {
  std::string to;
  std::string from;
  std::string lookup{};
  std::string column{};  ///< of the value table
  std::string date{};
  std::string id{};
  bool as_recorded = false;
  bool derived = false;              ///< the column is accounted for by another field
  std::string not_before{};          ///< column of a date that comes first; told, never changed
  std::optional<std::string> blank;  ///< null reason when the source is blank; none: left out
  MappingPlace where{};
};

/// A fixed value.
struct ConstEntry {
  std::string to;
  std::string value;
  MappingPlace where{};
};

/// A required element that this source cannot know.
struct AbsentEntry {
  std::string to;
  std::string reason;
  MappingPlace where{};
};

struct GroupEntry;
using Entry = std::variant<FieldEntry, ConstEntry, AbsentEntry, GroupEntry>;

/// One more child of this name; the paths inside start from it.
struct GroupEntry {
  std::string to;
  std::vector<Entry> entries;
  MappingPlace where{};
};

/// An unmapped column, carried along in the Extension point.
struct KeepEntry {
  std::string from;
  std::string prefix;
  std::string local_name;
  std::string name_space;
  MappingPlace where{};
};

/// An unmapped column, left out for a stated reason.
struct DropEntry {
  std::string from;
  std::string reason;
  MappingPlace where{};
};

struct Mapping {
  std::string file;                       ///< for messages
  Language language = Language::English;  ///< of error messages
  std::string id;
  std::string version;
  std::string standard;
  std::map<Language, std::string> titles{};

  char delimiter = ',';
  std::vector<std::string> null_markers{};  ///< cells that count as blank
  std::string table;
  std::string key;  ///< column that tells the rows apart

  std::vector<ConstEntry> header{};  ///< of the batch; CreatedAt is the run's
  std::vector<DateRule> dates{};
  std::vector<LookupRule> lookups{};
  std::vector<IdRule> ids{};
  std::string record;  ///< element that one row becomes
  std::vector<Entry> entries{};
  std::vector<KeepEntry> keeps{};
  std::vector<DropEntry> drops{};
};

/// Fails with NotFound, Unreadable, or Malformed with file, line and what was expected. What the
/// language has and this version does not do yet is Unsupported. `language`: of its errors, and of
/// those of the plan that is made of it.
Result<Mapping> read_mapping(const std::filesystem::path& file,
                             Language language = Language::English);

/// "FILE:LINE: sentence", as all errors about a mapping look.
[[nodiscard]] Fail<Error> mapping_error(const Mapping& mapping,
                                        MappingPlace where,
                                        std::string_view message,
                                        ErrorCode code = ErrorCode::Malformed);

}  // namespace amparo::converter
