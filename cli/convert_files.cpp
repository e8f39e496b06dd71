// SPDX-License-Identifier: Apache-2.0
#include "cli/convert_files.hpp"

#include <filesystem>
#include <fstream>

#include "core/source.hpp"

namespace amparo::cli {
namespace {

bool is_there(const std::string& file) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::symlink_status(file, error));
}

Result<bool> have_same_bytes(const std::string& a, const std::string& b) {
  auto one = Source::open(a);
  if (!one) return Fail{one.error()};
  auto two = Source::open(b);
  if (!two) return Fail{two.error()};
  for (;;) {
    for (Source* source : {&*one, &*two}) {
      if (!source->window().empty()) continue;
      if (const auto got = source->more(); !got) return Fail{got.error()};
    }
    const std::size_t length = std::min(one->window().size(), two->window().size());
    if (length == 0) return one->window().empty() && two->window().empty();
    if (one->window().substr(0, length) != two->window().substr(0, length)) return false;
    for (Source* source : {&*one, &*two})
      source->release(source->window_begin() + length);
  }
}

std::string free_name(const std::string& rejects) {
  for (int number = 1;; ++number) {
    const std::string name = rejects + '.' + std::to_string(number);
    if (!is_there(name) && !is_there(reasons_beside(name))) return name;
  }
}

}  // namespace

std::string reasons_beside(const std::string& rejects) {
  return rejects + ".reasons.csv";
}

Result<std::string> keep_earlier_rejects(const std::string& rejects,
                                         std::optional<OutputFile>& made) {
  const std::string place = made ? made->place() : rejects;
  if (place == "-" || !is_there(place)) return std::string{};
  if (made) {
    if (auto done = made->flush(); !done) return Fail{done.error()};
    const auto is_same = have_same_bytes(place, made->temporary_path());
    if (!is_same) return Fail{is_same.error()};
    if (*is_same) return std::string{};
  }
  std::string kept = free_name(place);
  std::error_code error;
  std::filesystem::rename(place, kept, error);
  if (error) return fail(ErrorCode::Unwritable, kept + ": " + error.message());
  if (is_there(reasons_beside(rejects))) {
    std::filesystem::rename(reasons_beside(rejects), reasons_beside(kept), error);
    if (error) return fail(ErrorCode::Unwritable, reasons_beside(kept) + ": " + error.message());
  }
  return kept;
}

void remove_old_reasons(const std::string& reasons) {
  std::string line;
  if (!std::getline(std::ifstream{reasons}, line) || line + '\n' != reasons_header()) return;
  std::error_code error;
  std::filesystem::remove(reasons, error);
}

std::string reasons_header() {
  return "row,line,column,column_name,rule,action,length,shape,explanation\n";
}

std::string shell_word(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+=,";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word)
    quoted += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return quoted + '\'';
}

std::string corrected_batch(const std::string& rejects) {
  constexpr std::string_view kEnd = ".rejects.csv";
  const std::string base =
      rejects.ends_with(kEnd) ? rejects.substr(0, rejects.size() - kEnd.size()) : rejects;
  std::string name = base + ".corrected.xml";
  for (int number = 2; is_there(name); ++number)
    name = base + ".corrected-" + std::to_string(number) + ".xml";
  return name;
}

}  // namespace amparo::cli
