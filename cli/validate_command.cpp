// SPDX-License-Identifier: Apache-2.0
#include "cli/validate_command.hpp"

#include <array>
#include <chrono>
#include <map>
#include <ostream>

#include "cli/bundle_folder.hpp"
#include "cli/speed.hpp"
#include "cli/spooled_input.hpp"
#include "cli/validate_options.hpp"
#include "validator/compare.hpp"

namespace amparo::cli {
namespace {

// As the user would name it: from the folder where the command was given, when it is below that.
std::string short_path(const std::string& file) {
  std::error_code error;
  const auto near =
      std::filesystem::path{file}.lexically_relative(std::filesystem::current_path(error));
  return error || near.empty() || *near.begin() == ".." ? file : near.string();
}

// A schema's faults are findings about its own files: written as a report of each.
void tell_fault(const xsd::SchemaFault& fault, const Console& console) {
  if (fault.findings.empty()) return console.complain_plainly(fault.error.message);
  console.complain("schema-has-faults");
  std::map<std::string, Report> reports;
  for (const Finding& finding : fault.findings) {
    Report& report = reports[finding.xpath];
    report.document = short_path(finding.xpath);
    report.findings.push_back(finding);
    report.findings.back().xpath.clear();
  }
  const report::WriterOptions options{.language = console.language,
                                      .detail = report::Detail::FindingsOnly};
  const auto writer = report::make_writer(
      report::Format::Text, console.messages, options, [&](std::string_view bytes) -> Status {
        console.err << bytes;
        return Done{};
      });
  for (const auto& [file, report] : reports) {
    if (!writer->add(report)) return;
  }
}

CachePlace cache_of(const ValidatePlan& plan, const Console& console) {
  auto place = cache_place(console);
  if (plan.cache) place.folder = *plan.cache == "none" ? "" : *plan.cache;
  return place;
}

std::optional<Bundle> find_what_to_hold_against(const ValidatePlan& plan, const Console& console) {
  const auto cache = cache_of(plan, console);
  if (plan.schemas.empty()) {
    const auto folder = find_bundle(console);
    if (!folder) {
      console.complain_plainly(folder.error().message);
      return std::nullopt;
    }
    auto bundle = load_bundle(*folder, plan.engine, cache);
    if (bundle) return *std::move(bundle);
    tell_fault(bundle.error(), console);
    return std::nullopt;
  }
  auto bundle = bundle_of_schemas(plan.schemas, plan.engine, cache);
  if (bundle) return *std::move(bundle);
  tell_fault(bundle.error(), console);
  return std::nullopt;
}

ExitStatus status_of(const Report& report, Severity fail_on) {
  if (report.verdict() == Verdict::Indeterminate) return ExitStatus::Indeterminate;
  const auto warnings = fail_on == Severity::Warning ? report.count(Severity::Warning) : 0;
  return report.count(Severity::Error) + warnings > 0 ? ExitStatus::Findings : ExitStatus::Ok;
}

class ValidateRun {
 public:
  ValidateRun(const ValidatePlan& plan,
              const Bundle& bundle,
              ReportOutputs& outputs,
              const Console& console)
      : plan_{plan}, bundle_{bundle}, outputs_{outputs}, console_{console} {}

  /// Stops only when a report cannot be written.
  ExitStatus run() {
    for (const Input& input : plan_.inputs) {
      if (const auto written = check(input); !written) return cannot_write(written.error());
    }
    if (const auto written = outputs_.finish(); !written) return cannot_write(written.error());
    return status_;
  }

  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

 private:
  Status check(const Input& input) {
    if (input.error) {
      tell_problem(input.problem, input.path, *input.error);
      return unread(input, *input.error);
    }
    const auto report = bundle_.oracles.empty() ? with_one_engine(input) : with_all_engines(input);
    if (!report) return unreadable(input, report.error());
    bytes_ += report->bytes;
    status_ = worst(status_, status_of(*report, plan_.fail_on));
    return outputs_.add(*report);
  }

  [[nodiscard]] Result<Report> with_one_engine(const Input& input) const {
    auto source = open_input(input);
    if (!source) return Fail{source.error()};
    return validate(*source, bundle_, plan_.options);
  }

  [[nodiscard]] Result<Report> with_all_engines(const Input& input) const {
    const auto spooled = SpooledInput::create(input);
    if (!spooled) return Fail{spooled.error()};
    auto source = spooled->open();
    if (!source) return Fail{source.error()};
    auto report = validate(*source, bundle_, plan_.options);
    if (!report) return report;
    const auto compared =
        compare_engines([&] { return spooled->open(); }, bundle_, plan_.options, *report);
    if (!compared) return Fail{compared.error()};
    return report;
  }

  Status unreadable(const Input& input, const Error& error) {
    tell_problem(error.code == ErrorCode::NotFound ? "file-not-found" : "", input.path, error);
    return unread(input, error);
  }

  Status unread(const Input& input, const Error& error) {
    status_ = worst(status_, ExitStatus::CannotRun);
    return outputs_.add_unread(display_name(input), error);
  }

  void tell_problem(std::string_view key, const std::string& path, const Error& error) const {
    if (key.empty()) return console_.complain_plainly(error.message);
    console_.complain(key, {{"file", {path}}});
  }

  [[nodiscard]] ExitStatus cannot_write(const Error& error) const {
    console_.complain_plainly(error.message);
    return worst(status_, ExitStatus::CannotRun);
  }

  const ValidatePlan& plan_;
  const Bundle& bundle_;
  ReportOutputs& outputs_;
  const Console& console_;
  ExitStatus status_ = ExitStatus::Ok;
  std::uint64_t bytes_ = 0;
};

ExitStatus run_validate(const Arguments& arguments, Console& console) {
  const auto plan = read_validate_plan(arguments);
  if (!plan) {
    console.complain(plan.error().key, plan.error().params);
    return ExitStatus::Usage;
  }
  const bool is_quiet = arguments.has("quiet");
  const auto bundle = find_what_to_hold_against(*plan, console);
  if (!bundle) return ExitStatus::CannotRun;
  auto outputs =
      ReportOutputs::create(plan->format,
                            plan->files,
                            is_quiet ? report::Detail::FindingsOnly : report::Detail::All,
                            console);
  if (!outputs) {
    console.complain_plainly(outputs.error().message);
    return ExitStatus::CannotRun;
  }
  const auto began = std::chrono::steady_clock::now();
  ValidateRun run{*plan, *bundle, *outputs, console};
  const auto status = run.run();
  if (!is_quiet) {
    console.err << speed_line(
        plan->inputs.size(), run.bytes(), std::chrono::steady_clock::now() - began, console);
  }
  return status;
}

constexpr std::array kExamples{
    MessageText{"amparo validate batch.xml",
                "Comprobar un archivo",
                "Check one file",
                "Vérifier un fichier"},
    MessageText{"amparo validate --output json=report.json --as-of 2026-01-31 cases/",
                "Comprobar todos los .xml de una carpeta y guardar además el informe JSON",
                "Check every .xml of a folder, and keep the JSON report as well",
                "Vérifier tous les .xml d'un dossier et garder aussi le rapport JSON"},
    MessageText{"amparo validate --schema other.xsd --no-rules other.xml",
                "Comprobar con otro esquema",
                "Hold a document against another schema",
                "Confronter un document à un autre schéma"},
};

}  // namespace

const Verb kValidateVerb{
    .name = "validate",
    .operands = "FILE|DIR|-...",
    .summary = {"",
                "comprueba documentos con el estándar",
                "holds documents against the standard",
                "confronte des documents à la norme"},
    .description =
        {"",
         "Comprueba que cada documento está bien formado, cumple la gramática y usa códigos de las "
         "listas. De una carpeta se leen todos los archivos .xml; - es la entrada estándar. Los "
         "documentos no pueden traer DTD, ni nombrar otro esquema: sólo cuenta el instalado, o el "
         "de --schema.\n"
         "El informe va a la salida estándar. Nombra el lugar, la regla y la forma de un valor, "
         "nunca el valor. El tiempo y la velocidad van a la salida de errores.",
         "Checks that each document is well formed, meets the grammar and uses codes of the "
         "lists. Of a folder all .xml files are read; - is standard input. Documents can bring no "
         "DTD and name no schema of their own: the installed one counts, or that of --schema.\n"
         "The report goes to standard output. It names the place, the rule and the shape of a "
         "value, never the value. Time and speed go to standard error.",
         "Vérifie que chaque document est bien formé, respecte la grammaire et utilise des codes "
         "des listes. D'un dossier, tous les fichiers .xml sont lus ; - est l'entrée standard. Un "
         "document ne peut apporter ni DTD ni schéma : seul compte celui qui est installé, ou "
         "celui de --schema.\n"
         "Le rapport va sur la sortie standard. Il nomme le lieu, la règle et la forme d'une "
         "valeur, jamais la valeur. Le temps et la vitesse vont sur la sortie d'erreur."},
    .options = validate_option_table(),
    .examples = kExamples,
    .run = run_validate};

}  // namespace amparo::cli
