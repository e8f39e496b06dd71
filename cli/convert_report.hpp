// SPDX-License-Identifier: Apache-2.0
// What a conversion tells: the text on the screen, the ledger as JSON, the reasons as CSV. All are
// made from the same account and the same findings; none holds a value of the source.
#pragma once

#include <array>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/output_file.hpp"
#include "converter/convert.hpp"
#include "core/language.hpp"
#include "core/message.hpp"

namespace amparo::cli {

[[nodiscard]] std::span<const MessageText> convert_messages();

/// A file that took part, by its digest.
struct DigestedFile {
  std::string name;
  std::string sha256;
};

/// What is known of a run beside its account.
struct ConvertFacts {
  std::string tool_version;
  std::string mapping_id;
  std::string mapping_version;
  std::string mapping_title;
  std::vector<DigestedFile> mapping_files{};
  DigestedFile input{};
  std::string id_key_fingerprint;
  std::string created_at;
  std::string output;        ///< "-" for standard output
  std::string rejects_file;  ///< as put in place, whether or not it was needed
  std::string reasons_file;
  std::string next_command;   ///< what converts the corrected rejects
  bool wrote_output = false;  ///< false: dry run, or nothing was put in place
  bool validated = false;     ///< the batch was held against the standard and is valid
  bool dry_run = false;
};

/// Takes the findings of a run: prints the first of each rule, writes each into the reasons file,
/// counts them. The reasons file is made with the first finding.
class ConvertFindings final : public FindingSink {
 public:
  using Print = std::function<void(const Finding&)>;

  /// `reasons_file`: empty for none (a dry run).
  ConvertFindings(std::string reasons_file,
                  const MessageBook& messages,
                  Language language,
                  Print print);

  void add(Finding finding) override;

  [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& counts() const noexcept {
    return counts_;
  }
  [[nodiscard]] std::uint64_t count(Severity severity) const noexcept;
  [[nodiscard]] bool has_reasons() const noexcept { return reasons_.has_value(); }
  /// Fails when a reason could not be written.
  [[nodiscard]] Status status() const { return status_; }
  /// Lets commit() put the reasons under this name in the folder where they would have gone.
  void place_beside(const std::string& name);
  Status commit();

 private:
  Status write_reason(const Finding& finding);

  std::string reasons_file_;
  const MessageBook* messages_;  // the program's
  Language language_;
  Print print_;
  std::map<std::string, std::uint64_t, std::less<>> counts_;
  std::map<std::string, std::uint64_t, std::less<>> printed_;
  std::array<std::uint64_t, kSeverityCount> by_severity_{};
  std::optional<OutputFile> reasons_;
  Status status_ = Done{};
};

/// "file:line:field: error: sentence (length 7: Xxxxxxx) [M-VALUE]"
[[nodiscard]] std::string finding_line(const std::string& file,
                                       const Finding& finding,
                                       const MessageBook& messages,
                                       Language language);

void write_convert_report(std::ostream& out,
                          const ConvertFacts& facts,
                          const converter::Conversion& account,
                          const ConvertFindings& findings,
                          const MessageBook& messages,
                          Language language);

[[nodiscard]] std::string convert_ledger_json(const ConvertFacts& facts,
                                              const converter::Conversion& account,
                                              const ConvertFindings& findings);

}  // namespace amparo::cli
