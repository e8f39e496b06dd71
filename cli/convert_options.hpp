// SPDX-License-Identifier: Apache-2.0
// What the options of convert mean, checked before anything is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/same_file.hpp"
#include "core/result.hpp"

namespace amparo::cli {

[[nodiscard]] std::span<const Option> convert_option_table();

/// --max-rejects: a number of rows, or a share of them.
struct RejectLimit {
  std::uint64_t rows = 100;
  std::uint64_t share = 10'000;  ///< of a million rows read

  /// Rows that may be rejected of `read`: the larger of the two bounds that are in force.
  [[nodiscard]] std::uint64_t of(std::uint64_t read) const;
};

struct ConvertOptions {
  std::string mapping;  ///< name or path
  std::string input;    ///< "-" for standard input
  std::string output;   ///< "-" for standard output; empty only for a dry run
  std::string rejects;
  std::string reasons;
  std::string ledger;  ///< empty for none
  std::string id_key;  ///< empty: the user's own
  std::string created_at;
  RejectLimit max_rejects{};
  std::optional<char> delimiter{};
  bool allow_unknown_columns = false;
  bool dry_run = false;
  bool validates = true;
  bool fails_on_warning = false;
  bool is_quiet = false;
};

[[nodiscard]] Result<ConvertOptions, UsageError> read_convert_options(const Arguments& arguments);

/// All files that the options name; an installed mapping and the tables are not among them.
[[nodiscard]] std::vector<NamedFile> files_of(const ConvertOptions& options);
/// Fails when two of them are one file.
[[nodiscard]] Result<Done, UsageError> check_files_apart(std::span<const NamedFile> files);

/// --mapping names a file, not one of the installed.
[[nodiscard]] bool is_mapping_file(const std::string& name);

/// Where a file of a run goes whose batch is not put in place: FILE.new; empty for none and for
/// standard output.
[[nodiscard]] std::string unplaced(const std::string& file);

/// "2026-11-23T20:08:00Z" of seconds since 1970.
[[nodiscard]] std::string to_utc_text(std::int64_t seconds);

}  // namespace amparo::cli
