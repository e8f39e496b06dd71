// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <boost/program_options.hpp>

#include "text/similar.hpp"

namespace amparo::cli {
namespace {

namespace po = boost::program_options;

constexpr std::array kCommon{
    Option{"lang",
           '\0',
           "LANGUAGE",
           "es|en|fr",
           false,
           {"",
            "Idioma de los textos (por omisión, el del sistema)",
            "Language of all texts (default: that of the system)",
            "Langue des textes (par défaut celle du système)"}},
    Option{"color",
           '\0',
           "WHEN",
           "auto|always|never",
           false,
           {"",
            "Usar colores: auto los usa sólo en una terminal y respeta NO_COLOR",
            "Use colours: auto does so on a terminal only, and honours NO_COLOR",
            "Utiliser des couleurs : auto seulement sur un terminal, et respecte NO_COLOR"}},
    Option{"quiet",
           'q',
           "",
           "",
           false,
           {"",
            "Mostrar sólo los hallazgos y los errores",
            "Show findings and errors only",
            "N'afficher que les constats et les erreurs"}},
    Option{"help",
           'h',
           "",
           "",
           false,
           {"", "Mostrar esta ayuda", "Show this help", "Afficher cette aide"}},
};

constexpr std::array kProgram{
    Option{"version",
           '\0',
           "",
           "",
           false,
           {"",
            "Mostrar las versiones del programa, de sus bibliotecas y del estándar instalado",
            "Show the versions of the program, its libraries and the installed standard",
            "Afficher les versions du programme, de ses bibliothèques et de la norme installée"}},
};

constexpr std::array kPackager{
    Option{"man",
           '\0',
           "VERB",
           "",
           false,
           {"",
            "Escribir la página de manual de un verbo, o de amparo",
            "Write the manual page of a verb, or of amparo",
            "Écrire la page de manuel d'un verbe, ou d'amparo"}},
    Option{"completion",
           '\0',
           "SHELL",
           "bash|zsh|fish",
           false,
           {"",
            "Escribir el autocompletado de un intérprete",
            "Write the completion of a shell",
            "Écrire le complètement d'un interpréteur"}},
};

// REQUIRES: the option is in the tables, because the parser knows no other
const Option& option_named(std::string_view name, std::span<const std::span<const Option>> tables) {
  const Option* found = nullptr;
  for (const auto table : tables) {
    for (const Option& option : table) {
      if (option.name == name) found = &option;
    }
  }
  assert(found != nullptr);
  return *found;
}

po::options_description description_of(std::span<const std::span<const Option>> tables) {
  po::options_description description;
  for (const auto table : tables) {
    for (const Option& option : table) {
      std::string name{option.name};
      if (option.letter != '\0') name += std::string{","} + option.letter;
      if (option.argument.empty()) {
        description.add_options()(name.c_str(), "");
      } else {
        description.add_options()(name.c_str(), po::value<std::string>(), "");
      }
    }
  }
  return description;
}

UsageError unknown_option(const std::string& word,
                          std::span<const std::span<const Option>> tables) {
  std::vector<std::string> known;
  for (const auto table : tables) {
    for (const Option& option : table)
      known.push_back("--" + std::string{option.name});
  }
  const auto near = text::nearest(word, known);
  if (near.empty()) return {"usage-unknown-option", {{"option", {word}}}};
  return {"usage-unknown-option-near", {{"option", {word}}, {"near", {near}}}};
}

UsageError syntax_error(const po::invalid_command_line_syntax& error) {
  const std::string option = error.get_option_name();
  switch (error.kind()) {
    case po::invalid_syntax::missing_parameter:
    case po::invalid_syntax::empty_adjacent_parameter:
      return {"usage-needs-value", {{"option", {option}}}};
    case po::invalid_syntax::extra_parameter:
      return {"usage-takes-no-value", {{"option", {option}}}};
    default:
      return {"usage-unknown-option", {{"option", {option}}}};
  }
}

}  // namespace

std::span<const Option> common_options() {
  return kCommon;
}
std::span<const Option> program_options() {
  return kProgram;
}
std::span<const Option> packager_options() {
  return kPackager;
}

std::vector<std::string> option_values(const Option& option) {
  std::vector<std::string> values;
  std::string_view rest = option.values;
  while (!rest.empty()) {
    const auto bar = rest.find('|');
    values.emplace_back(rest.substr(0, bar));
    rest = bar == std::string_view::npos ? std::string_view{} : rest.substr(bar + 1);
  }
  return values;
}

std::string option_usage(const Option& option) {
  std::string usage;
  if (option.letter != '\0') usage += std::string{"-"} + option.letter + ", ";
  usage += "--" + std::string{option.name};
  const auto argument = option.values.empty() ? option.argument : option.values;
  if (!option.argument.empty()) usage += " " + std::string{argument};
  return usage;
}

Result<Arguments, UsageError> parse_options(std::span<const std::string> words,
                                            std::span<const std::span<const Option>> tables) {
  // No guessing: "--out" must not start to mean something else when an option is added.
  constexpr int kStyle =
      po::command_line_style::allow_long | po::command_line_style::long_allow_adjacent |
      po::command_line_style::long_allow_next | po::command_line_style::allow_short |
      po::command_line_style::allow_dash_for_short | po::command_line_style::short_allow_adjacent |
      po::command_line_style::short_allow_next | po::command_line_style::allow_sticky;
  const auto description = description_of(tables);
  Arguments arguments;
  try {
    po::command_line_parser parser{std::vector<std::string>(words.begin(), words.end())};
    const auto parsed = parser.options(description).style(kStyle).run();
    for (const po::option& given : parsed.options) {
      if (given.position_key >= 0) {
        for (const std::string& operand : given.value)
          arguments.add_operand(operand);
        continue;
      }
      const Option& option = option_named(given.string_key, tables);
      const std::string value = given.value.empty() ? std::string{} : given.value.front();
      const auto values = option_values(option);
      if (!values.empty() && std::find(values.begin(), values.end(), value) == values.end()) {
        return Fail{UsageError{
            "usage-bad-value",
            {{"option", {"--" + given.string_key}}, {"value", {value}}, {"values", values}}}};
      }
      arguments.add(given.string_key, value);
    }
  } catch (const po::unknown_option& error) {
    return Fail{unknown_option(error.get_option_name(), tables)};
  } catch (const po::invalid_command_line_syntax& error) {
    return Fail{syntax_error(error)};
  }
  return arguments;
}

}  // namespace amparo::cli
