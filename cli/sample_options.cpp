// SPDX-License-Identifier: Apache-2.0
#include "cli/sample_options.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace amparo::cli {
namespace {

constexpr std::array kOptions{
    Option{"size",
           '\0',
           "SIZE",
           "",
           false,
           {"",
            "Tamaño del lote, como 500KB, 100MB o 1GB (potencias de 1000)",
            "Size of the batch, like 500KB, 100MB or 1GB (powers of 1000)",
            "Taille du lot, comme 500KB, 100MB ou 1GB (puissances de 1000)"}},
    Option{"cases",
           '\0',
           "N",
           "",
           false,
           {"",
            "Número de casos, en lugar de un tamaño",
            "Number of cases, in place of a size",
            "Nombre de dossiers, à la place d'une taille"}},
    Option{"seed",
           '\0',
           "N",
           "",
           false,
           {"",
            "Semilla (por omisión 1): la misma da siempre los mismos bytes",
            "Seed (default 1): the same one always gives the same bytes",
            "Graine (par défaut 1) : la même donne toujours les mêmes octets"}},
    Option{"out",
           'o',
           "FILE",
           "",
           false,
           {"",
            "Archivo que se escribe, entero o nada (por omisión, la salida estándar)",
            "File to write, whole or not at all (default: standard output)",
            "Fichier à écrire, entier ou pas du tout (par défaut la sortie standard)"}},
};

constexpr std::array kMessages{
    MessageText{"sample-needs-size",
                "falta --size o --cases",
                "--size or --cases is missing",
                "il manque --size ou --cases"},
    MessageText{"sample-size-or-cases",
                "--size y --cases no van juntos",
                "--size and --cases do not go together",
                "--size et --cases ne vont pas ensemble"},
    MessageText{"sample-bad-size",
                "--size {value}: se esperaba un tamaño como 500KB, 100MB o 1GB",
                "--size {value}: expected a size like 500KB, 100MB or 1GB",
                "--size {value} : une taille comme 500KB, 100MB ou 1GB attendue"},
    MessageText{"sample-takes-no-input",
                "{value}: no se lee ningún archivo; ¿quiso decir -o {value}?",
                "{value}: no file is read; did you mean -o {value}?",
                "{value} : aucun fichier n'est lu ; vouliez-vous dire -o {value} ?"},
    MessageText{"sample-cannot-write",
                "no se puede escribir: {reason}",
                "cannot write: {reason}",
                "impossible d'écrire : {reason}"},
    MessageText{"sample-written",
                "{cases} casos inventados, {bytes} bytes, semilla {seed}",
                "{cases} invented cases, {bytes} bytes, seed {seed}",
                "{cases} dossiers inventés, {bytes} octets, graine {seed}"},
};

std::optional<std::uint64_t> read_count(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

Fail<UsageError> bad_count(std::string_view option, const std::string& value) {
  return Fail{
      UsageError{"usage-bad-count", {{"option", {std::string{option}}}, {"value", {value}}}}};
}

}  // namespace

std::span<const Option> sample_option_table() {
  return kOptions;
}

std::span<const MessageText> sample_messages() {
  return kMessages;
}

std::optional<std::uint64_t> read_size(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::uint64_t bytes;
  };
  constexpr std::array kUnits{
      Unit{"KB", 1'000}, Unit{"MB", 1'000'000}, Unit{"GB", 1'000'000'000}, Unit{"B", 1}};
  std::uint64_t unit = 1;
  for (const Unit& one : kUnits) {
    if (!text.ends_with(one.name)) continue;
    unit = one.bytes;
    text.remove_suffix(one.name.size());
    break;
  }
  if (text.ends_with(' ')) text.remove_suffix(1);
  const auto number = read_count(text);
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!number || *number == 0 || *number > kMost / unit) return std::nullopt;
  return *number * unit;
}

Result<SampleOptions, UsageError> read_sample_options(const Arguments& arguments) {
  SampleOptions options;
  if (!arguments.operands().empty()) {
    const std::string& first = arguments.operands().front();
    return Fail{UsageError{"sample-takes-no-input", {{"value", {first}}}}};
  }
  const bool has_size = arguments.has("size");
  const bool has_cases = arguments.has("cases");
  if (has_size && has_cases) return Fail{UsageError{"sample-size-or-cases"}};
  if (!has_size && !has_cases) return Fail{UsageError{"sample-needs-size"}};
  if (has_size) {
    const auto bytes = read_size(arguments.value("size"));
    if (!bytes) {
      return Fail{UsageError{"sample-bad-size", {{"value", {arguments.value("size")}}}}};
    }
    options.request.bytes = *bytes;
  }
  if (has_cases) {
    const auto cases = read_count(arguments.value("cases"));
    if (!cases || *cases == 0) return bad_count("--cases", arguments.value("cases"));
    options.request.cases = *cases;
  }
  if (arguments.has("seed")) {
    const auto seed = read_count(arguments.value("seed"));
    if (!seed) return bad_count("--seed", arguments.value("seed"));
    options.request.seed = *seed;
  }
  options.output = arguments.value("out", "-");
  options.is_quiet = arguments.has("quiet");
  return options;
}

}  // namespace amparo::cli
