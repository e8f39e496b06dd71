// SPDX-License-Identifier: Apache-2.0
#include "cli/man_page.hpp"

#include <array>

#include "cli/help.hpp"
#include "cli/options.hpp"

namespace amparo::cli {
namespace {

// Escapes what roff would act on. A hyphen is written \- so that an option can be copied; a line
// that begins with a point or a quote gets a \& that prints nothing.
std::string roff(std::string_view text) {
  std::string out;
  bool at_line_start = true;
  for (const char c : text) {
    if (at_line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    at_line_start = c == '\n';
  }
  return out;
}

// As an argument of a macro, where quotes hold words together.
std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : roff(text))
    out += c == '"' ? std::string{"\\(dq"} : std::string{c};
  return '"' + out + '"';
}

std::string upper(std::string_view ascii) {
  std::string out{ascii};
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

class ManPage {
 public:
  ManPage(const MessageBook& book, Language language, std::string_view version)
      : book_{book}, language_{language}, version_{version} {}

  [[nodiscard]] std::string text(std::string_view key) const {
    return book_.sentence(key, {}, language_);
  }

  void begin(const std::string& name, std::string_view summary) {
    out_ += ".TH " + quoted(upper(name)) + " 1 \"\" " + quoted("amparo " + version_) + " Amparo\n";
    section("man-name");
    line(name + " - " + std::string{summary});
    section("man-synopsis");
  }

  void section(std::string_view key) { out_ += ".SH " + quoted(text(key)) + '\n'; }
  void line(std::string_view words) { out_ += roff(words) + '\n'; }
  void bold(std::string_view words) { out_ += ".B " + quoted(words) + '\n'; }
  void paragraph() { out_ += ".PP\n"; }

  void paragraphs(std::string_view words) {
    while (!words.empty()) {
      const auto end = words.find('\n');
      line(words.substr(0, end));
      if (end == std::string_view::npos) return;
      words.remove_prefix(end + 1);
      paragraph();
    }
  }

  void item(std::string_view term, std::string_view meaning) {
    out_ += ".TP\n";
    bold(term);
    line(meaning);
  }

  void options(std::span<const Option> table) {
    for (const Option& option : table)
      item(option_usage(option), option.help.in(language_));
  }

  void statuses() {
    section("man-status");
    for (const StatusMeaning& status : status_meanings())
      item(status.number, text(status.key));
  }

  void environment() {
    section("man-environment");
    item("LC_ALL, LC_MESSAGES, LANG", text("env-lang"));
    item("NO_COLOR", text("env-no-color"));
    item("AMPARO_BUNDLE", text("env-bundle"));
  }

  void see_also(std::span<const std::string> pages) {
    section("man-see-also");
    for (std::size_t i = 0; i < pages.size(); ++i) {
      out_ += ".BR " + quoted(pages[i]) + " (1)" + (i + 1 < pages.size() ? "," : "") + '\n';
    }
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  const MessageBook& book_;
  Language language_;
  std::string version_;
  std::string out_{};
};

std::string page_name(const Verb& verb) {
  return "amparo-" + std::string{verb.name};
}

}  // namespace

std::string program_man_page(std::span<const Verb* const> verbs,
                             const MessageBook& book,
                             Language language,
                             std::string_view version) {
  ManPage page{book, language, version};
  page.begin("amparo", page.text("program-summary"));
  page.bold("amparo VERB [options] ...");
  page.section("man-description");
  page.paragraphs(page.text("program-description"));
  page.section("man-verbs");
  std::vector<std::string> pages;
  for (const Verb* verb : verbs) {
    page.item(verb->name, verb->summary.in(language));
    pages.push_back(page_name(*verb));
  }
  page.section("man-options");
  page.options(program_options());
  page.options(common_options());
  page.options(packager_options());
  page.statuses();
  page.environment();
  page.see_also(pages);
  return page.take();
}

std::string verb_man_page(const Verb& verb,
                          const MessageBook& book,
                          Language language,
                          std::string_view version) {
  ManPage page{book, language, version};
  page.begin(page_name(verb), verb.summary.in(language));
  page.bold("amparo " + std::string{verb.name} + " [options] " + std::string{verb.operands});
  page.section("man-description");
  page.paragraphs(verb.description.in(language));
  page.section("man-options");
  page.options(verb.options);
  page.options(common_options());
  page.statuses();
  page.environment();
  if (!verb.examples.empty()) page.section("man-examples");
  for (const MessageText& example : verb.examples)
    page.item(example.key, example.in(language));
  const std::array<std::string, 1> program{"amparo"};
  page.see_also(program);
  return page.take();
}

}  // namespace amparo::cli
