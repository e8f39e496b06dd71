// SPDX-License-Identifier: Apache-2.0
#include "cli/validate_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include "cli/same_file.hpp"
#include "core/threads.hpp"

namespace amparo::cli {
namespace {

// More threads than anybody has processors; each takes about 2 MB.
constexpr int kMaxJobs = 256;
constexpr unsigned kDefaultJobs = 8;
constexpr std::string_view kFormats = "text|json";
constexpr std::string_view kEngines = "compiled|xerces|libxml2|all";

constexpr std::array kOptions{
    Option{"format",
           '\0',
           "FORMAT",
           kFormats,
           false,
           {"",
            "Forma del informe en la salida estándar (por omisión text)",
            "Form of the report on standard output (default text)",
            "Forme du rapport sur la sortie standard (par défaut text)"}},
    Option{"output",
           '\0',
           "FORMAT=FILE",
           "",
           true,
           {"",
            "Escribir el informe también en un archivo, entero o nada; puede repetirse",
            "Write the report into a file too, whole or not at all; may be repeated",
            "Écrire aussi le rapport dans un fichier, entier ou pas du tout ; peut être répété"}},
    Option{"fail-on",
           '\0',
           "SEVERITY",
           "error|warning",
           false,
           {"",
            "Gravedad desde la cual el estado de salida es 1 (por omisión error)",
            "Severity from which the exit status is 1 (default error)",
            "Gravité à partir de laquelle le code de sortie est 1 (par défaut error)"}},
    Option{"as-of",
           '\0',
           "DATE",
           "",
           false,
           {"",
            "Día en que un código debe estar vigente; sin él, la vigencia no se comprueba",
            "Day on which a code must be valid; without it, validity dates are not checked",
            "Jour où un code doit être en vigueur ; sans lui, la validité n'est pas vérifiée"}},
    Option{"schema",
           '\0',
           "FILE",
           "",
           true,
           {"",
            "Comprobar con otro esquema XML 1.0 en lugar del estándar; puede repetirse",
            "Hold documents against another XML Schema 1.0 instead of the standard; may be "
            "repeated",
            "Confronter à un autre schéma XML 1.0 au lieu de la norme ; peut être répété"}},
    Option{"engine",
           '\0',
           "ENGINE",
           kEngines,
           false,
           {"",
            "Con qué se comprueba la gramática (por omisión compiled); all dice en qué difieren",
            "What checks the grammar (default compiled); all tells where they differ",
            "Ce qui vérifie la grammaire (par défaut compiled) ; all dit où ils diffèrent"}},
    Option{
        "cache",
        '\0',
        "DIR|none",
        "",
        false,
        {"",
         "Carpeta donde se guarda lo compilado (por omisión la del usuario), o ninguna",
         "Folder that keeps what was compiled (default the user's own), or none",
         "Dossier où garder ce qui a été compilé (par défaut celui de l'utilisateur), ou aucun"}},
    Option{"no-rules",
           '\0',
           "",
           "",
           false,
           {"", "No comprobar las reglas", "Do not check the rules", "Ne pas vérifier les règles"}},
    Option{"max-findings",
           '\0',
           "N",
           "",
           false,
           {"",
            "Hallazgos que se muestran de cada regla (por omisión 100); todos se cuentan",
            "Findings shown of each rule (default 100); all are counted",
            "Constats affichés pour chaque règle (par défaut 100) ; tous sont comptés"}},
    Option{
        "jobs",
        '\0',
        "N",
        "",
        false,
        {"",
         "Hilos que trabajan en un archivo (por omisión, uno por procesador, 8 como máximo); el "
         "informe es el mismo",
         "Threads at work on one file (default one per processor, at most 8); the report is the "
         "same",
         "Fils d'exécution pour un fichier (par défaut un par processeur, 8 au plus) ; le rapport "
         "est le même"}},
    Option{"reveal",
           '\0',
           "",
           "",
           false,
           {"",
            "Mostrar valores; el informe será tan confidencial como el documento",
            "Show values; the report becomes as confidential as the document",
            "Montrer les valeurs ; le rapport devient aussi confidentiel que le document"}},
};

std::optional<int> number_of(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

EngineKind engine_of(std::string_view name) {
  if (name == "xerces") return EngineKind::Xerces;
  if (name == "libxml2") return EngineKind::Libxml2;
  return name == "all" ? EngineKind::All : EngineKind::Compiled;
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  constexpr std::string_view kDigits = "0123456789";
  for (const auto part : {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)}) {
    if (part.find_first_not_of(kDigits) != std::string_view::npos) return false;
  }
  const auto year = number_of(text.substr(0, 4));
  const auto month = number_of(text.substr(5, 2));
  const auto day = number_of(text.substr(8, 2));
  return std::chrono::year_month_day{std::chrono::year{*year},
                                     std::chrono::month{static_cast<unsigned>(*month)},
                                     std::chrono::day{static_cast<unsigned>(*day)}}
      .ok();
}

Result<std::vector<OutputRequest>, UsageError> read_files(const Arguments& arguments,
                                                          const std::vector<Input>& inputs) {
  std::vector<OutputRequest> files;
  for (const std::string& value : arguments.values("output")) {
    const auto equals = value.find('=');
    const auto format = report::format_from_name(value.substr(0, equals));
    const std::string path = equals == std::string::npos ? "" : value.substr(equals + 1);
    // Standard output has its own option: two reports in one stream are none.
    if (!format || path.empty() || path == "-") {
      return Fail{
          UsageError{"usage-bad-output", {{"value", {value}}, {"formats", {"text", "json"}}}}};
    }
    const auto is_this = [&](const auto& other) {
      return other.path != "-" && is_same_file(other.path, path);
    };
    if (std::any_of(files.begin(), files.end(), is_this)) {
      return Fail{UsageError{"usage-output-twice", {{"file", {path}}}}};
    }
    if (std::any_of(inputs.begin(), inputs.end(), is_this)) {
      return Fail{UsageError{"usage-output-is-input", {{"file", {path}}}}};
    }
    files.push_back({*format, path});
  }
  return files;
}

}  // namespace

std::span<const Option> validate_option_table() {
  return kOptions;
}

Result<ValidatePlan, UsageError> read_validate_plan(const Arguments& arguments) {
  ValidatePlan plan;
  const auto& operands = arguments.operands();
  if (operands.empty()) return Fail{UsageError{"usage-no-input"}};
  if (std::count(operands.begin(), operands.end(), "-") > 1) {
    return Fail{UsageError{"usage-stdin-twice"}};
  }
  plan.options.as_of = arguments.value("as-of");
  if (arguments.has("as-of") && !is_date(plan.options.as_of)) {
    return Fail{UsageError{"usage-bad-date", {{"value", {plan.options.as_of}}}}};
  }
  if (arguments.has("max-findings")) {
    const auto most = number_of(arguments.value("max-findings"));
    if (!most || *most < 0) {
      return Fail{UsageError{
          "usage-bad-count",
          {{"option", {"--max-findings"}}, {"value", {arguments.value("max-findings")}}}}};
    }
    plan.options.max_kept = static_cast<std::uint64_t>(*most);
  }
  if (arguments.has("jobs")) {
    const auto jobs = number_of(arguments.value("jobs"));
    if (!jobs || *jobs < 1 || *jobs > kMaxJobs) {
      return Fail{
          UsageError{"usage-bad-jobs",
                     {{"value", {arguments.value("jobs")}}, {"most", {std::to_string(kMaxJobs)}}}}};
    }
    plan.options.jobs = static_cast<unsigned>(*jobs);
  } else {
    plan.options.jobs = std::min(processor_count(), kDefaultJobs);
  }
  plan.options.rules_wanted = !arguments.has("no-rules");
  plan.options.reveal = arguments.has("reveal");
  plan.engine = engine_of(arguments.value("engine"));
  if (arguments.has("cache")) plan.cache = arguments.value("cache");
  plan.format = report::format_from_name(arguments.value("format", "text")).value();
  plan.fail_on = arguments.value("fail-on") == "warning" ? Severity::Warning : Severity::Error;
  for (const std::string& schema : arguments.values("schema"))
    plan.schemas.emplace_back(schema);
  plan.inputs = find_inputs(operands);
  auto files = read_files(arguments, plan.inputs);
  if (!files) return Fail{files.error()};
  plan.files = *std::move(files);
  return plan;
}

}  // namespace amparo::cli
