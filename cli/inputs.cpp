// SPDX-License-Identifier: Apache-2.0
#include "cli/inputs.hpp"

#include <algorithm>
#include <filesystem>

namespace amparo::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kStandardInput = 0;

bool has_xml_suffix(const fs::path& file) {
  std::string suffix = file.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return suffix == ".xml";
}

Input unreadable(const std::string& path, const std::error_code& error) {
  return {path, "file-unreadable", Error{ErrorCode::Unreadable, path + ": " + error.message()}};
}

void add_folder(std::vector<Input>& inputs, const std::string& folder) {
  std::vector<std::string> files;
  std::vector<Input> problems;
  std::vector<fs::path> waiting{folder};
  while (!waiting.empty()) {
    const fs::path here = std::move(waiting.back());
    waiting.pop_back();
    std::error_code error;
    fs::directory_iterator each{here, error};
    for (; !error && each != fs::end(each); each.increment(error)) {
      std::error_code unknown;
      if (each->is_directory(unknown) && !each->is_symlink(unknown)) {
        waiting.push_back(each->path());
      } else if (has_xml_suffix(each->path()) && !each->is_directory(unknown)) {
        files.push_back(each->path().string());
      }
    }
    if (error) problems.push_back(unreadable(here.string(), error));
  }
  std::sort(files.begin(), files.end());
  std::sort(problems.begin(), problems.end(), [](const Input& a, const Input& b) {
    return a.path < b.path;
  });
  if (files.empty() && problems.empty()) {
    inputs.push_back({folder,
                      "folder-without-xml",
                      Error{ErrorCode::NotFound, folder + ": holds no .xml file"}});
  }
  for (std::string& file : files)
    inputs.push_back({std::move(file)});
  std::move(problems.begin(), problems.end(), std::back_inserter(inputs));
}

}  // namespace

std::vector<Input> find_inputs(std::span<const std::string> operands) {
  std::vector<Input> inputs;
  for (const std::string& operand : operands) {
    std::error_code error;
    if (operand != "-" && fs::is_directory(operand, error)) {
      add_folder(inputs, operand);
    } else {
      inputs.push_back({operand});
    }
  }
  return inputs;
}

std::string display_name(const Input& input) {
  return input.path == "-" ? "<stdin>" : input.path;
}

Result<Source> open_input(const Input& input) {
  if (input.path == "-") {
    return Source::from_stream(display_name(input),
                               descriptor_stream(kStandardInput, display_name(input)));
  }
  return Source::open(input.path);
}

}  // namespace amparo::cli
