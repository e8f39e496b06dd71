// SPDX-License-Identifier: Apache-2.0
#include "cli/convert_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace amparo::cli {
namespace {

constexpr std::array kOptions{
    Option{"mapping",
           '\0',
           "NAME|FILE",
           "",
           false,
           {"",
            "Correspondencia: una de las instaladas, por su nombre, o un archivo .map.xml",
            "Mapping: an installed one by its name, or a .map.xml file",
            "Correspondance : une de celles installées, par son nom, ou un fichier .map.xml"}},
    Option{"out",
           'o',
           "FILE",
           "",
           false,
           {"",
            "Archivo que se escribe, entero o nada; - es la salida estándar",
            "File to write, whole or not at all; - is standard output",
            "Fichier à écrire, entier ou pas du tout ; - est la sortie standard"}},
    Option{"rejects",
           '\0',
           "FILE",
           "",
           false,
           {"",
            "Filas rechazadas, tal como estaban, con su encabezado (por omisión "
            "SALIDA.rejects.csv); los motivos van en FILE.reasons.csv",
            "Rejected rows as they stood, with the header (default OUT.rejects.csv); the reasons "
            "go to FILE.reasons.csv",
            "Lignes rejetées telles quelles, avec l'en-tête (par défaut SORTIE.rejects.csv) ; les "
            "motifs vont dans FILE.reasons.csv"}},
    Option{"max-rejects",
           '\0',
           "N|P%",
           "",
           false,
           {"",
            "Con más rechazos no se escribe nada (por omisión 1 %, y 100 filas como mínimo)",
            "With more rejects nothing is put in place (default 1%, and 100 rows at least)",
            "Au-delà, rien n'est écrit (par défaut 1 %, et 100 lignes au moins)"}},
    Option{"ledger",
           '\0',
           "FILE",
           "",
           false,
           {"",
            "La cuenta de cada columna, en JSON",
            "The account of each column, as JSON",
            "Le compte de chaque colonne, en JSON"}},
    Option{"id-key",
           '\0',
           "FILE",
           "",
           false,
           {"",
            "Clave secreta de los identificadores de caso (por omisión, la del usuario, que se "
            "crea la primera vez)",
            "Secret key of the case identifiers (default: the user's own, made at the first use)",
            "Clé secrète des identifiants de dossier (par défaut celle de l'utilisateur, créée à "
            "la première utilisation)"}},
    Option{"new-id-key",
           '\0',
           "FILE",
           "",
           false,
           {"",
            "Crear esa clave y terminar",
            "Make such a key and end",
            "Créer une telle clé et terminer"}},
    Option{"stamp",
           '\0',
           "WHEN",
           "",
           false,
           {"",
            "Fecha y hora de creación que se escribe en el encabezado (por omisión, el reloj)",
            "Date and time of creation to write into the header (default: the clock)",
            "Date et heure de création à écrire dans l'en-tête (par défaut, l'horloge)"}},
    Option{"delimiter",
           '\0',
           "CHAR",
           "",
           false,
           {"",
            "Separador de campos, si no es el de la correspondencia; tab para el tabulador",
            "Delimiter of fields, when it is not the mapping's; tab for the tabulator",
            "Séparateur de champs, si ce n'est pas celui de la correspondance ; tab pour la "
            "tabulation"}},
    Option{
        "allow-unknown-columns",
        '\0',
        "",
        "",
        false,
        {"",
         "Dejar fuera las columnas que la correspondencia no conoce, en vez de parar",
         "Leave out columns that the mapping does not know, instead of stopping",
         "Laisser de côté les colonnes que la correspondance ne connaît pas, au lieu d'arrêter"}},
    Option{"dry-run",
           '\0',
           "",
           "",
           false,
           {"", "Hacer todo menos escribir", "Do everything but write", "Tout faire sauf écrire"}},
    Option{"validate",
           '\0',
           "",
           "",
           false,
           {"",
            "Validar el resultado antes de ponerlo en su lugar (por omisión)",
            "Validate the result before it is put in place (default)",
            "Valider le résultat avant de le mettre en place (par défaut)"}},
    Option{"no-validate",
           '\0',
           "",
           "",
           false,
           {"",
            "No validar el resultado",
            "Do not validate the result",
            "Ne pas valider le résultat"}},
    Option{"fail-on",
           '\0',
           "SEVERITY",
           "error|warning",
           false,
           {"",
            "Gravedad desde la cual el estado de salida es 1 (por omisión error)",
            "Severity from which the exit status is 1 (default error)",
            "Gravité à partir de laquelle le code de sortie est 1 (par défaut error)"}},
};

Fail<UsageError> bad_option(std::string_view option,
                            const std::string& value,
                            std::string_view expected) {
  return Fail{UsageError{"convert-bad-option",
                         {{"option", {std::string{option}}},
                          {"value", {value}},
                          {"expected", {std::string{expected}}}}}};
}

std::optional<RejectLimit> read_limit(std::string_view text) {
  const bool is_share = text.ends_with('%');
  if (is_share) text.remove_suffix(1);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!is_share) return RejectLimit{number, 0.0};
  if (number > 100) return std::nullopt;
  return RejectLimit{0, static_cast<double>(number) / 100.0};
}

/// casos.xml -> casos.rejects.csv
std::string default_rejects(const std::string& output, const std::string& input) {
  std::filesystem::path base = output == "-" || output.empty() ? input : output;
  if (base == "-") base = "amparo";
  // Beside the output; for standard output, in the folder where the user is.
  if (output == "-") base = base.filename();
  return base.replace_extension(".rejects.csv").string();
}

bool is_same_file(const std::string& a, const std::string& b) {
  if (a == "-" || b == "-" || a.empty() || b.empty()) return false;
  std::error_code error;
  return std::filesystem::equivalent(a, b, error) && !error;
}

}  // namespace

std::span<const Option> convert_option_table() {
  return kOptions;
}

std::uint64_t RejectLimit::of(std::uint64_t read) const {
  const auto part = static_cast<std::uint64_t>(std::floor(static_cast<double>(read) * share));
  return std::max(rows, part);
}

std::string to_utc_text(std::int64_t seconds) {
  const std::chrono::sys_seconds when{std::chrono::seconds{seconds}};
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{when - day};
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(date.year())) + '-' +
         two(static_cast<unsigned>(date.month())) + '-' + two(static_cast<unsigned>(date.day())) +
         'T' + two(time.hours().count()) + ':' + two(time.minutes().count()) + ':' +
         two(time.seconds().count()) + 'Z';
}

Result<ConvertOptions, UsageError> read_convert_options(const Arguments& arguments) {
  ConvertOptions options;
  options.mapping = arguments.value("mapping");
  if (options.mapping.empty()) return Fail{UsageError{"convert-needs-mapping"}};
  const auto& operands = arguments.operands();
  if (operands.size() != 1) {
    return Fail{
        UsageError{"convert-needs-one-input", {{"count", {std::to_string(operands.size())}}}}};
  }
  options.input = operands.front();
  options.dry_run = arguments.has("dry-run");
  options.output = arguments.value("out");
  if (options.output.empty() && !options.dry_run) return Fail{UsageError{"convert-needs-output"}};
  options.rejects = arguments.value("rejects", default_rejects(options.output, options.input));
  options.reasons = options.rejects + ".reasons.csv";
  options.ledger = arguments.value("ledger");
  for (const std::string& written :
       {options.output, options.rejects, options.reasons, options.ledger}) {
    if (is_same_file(options.input, written)) {
      return Fail{UsageError{"convert-same-file", {{"file", {written}}}}};
    }
  }
  options.id_key = arguments.value("id-key");
  options.created_at = arguments.value("stamp");
  if (arguments.has("max-rejects")) {
    const auto limit = read_limit(arguments.value("max-rejects"));
    if (!limit) return bad_option("max-rejects", arguments.value("max-rejects"), "N, P%");
    options.max_rejects = *limit;
  }
  if (arguments.has("delimiter")) {
    const std::string value = arguments.value("delimiter");
    if (value != "tab" && value.size() != 1) return bad_option("delimiter", value, ", ; | tab");
    options.delimiter = value == "tab" ? '\t' : value.front();
  }
  options.allow_unknown_columns = arguments.has("allow-unknown-columns");
  options.validates = !arguments.has("no-validate");
  options.fails_on_warning = arguments.value("fail-on") == "warning";
  options.is_quiet = arguments.has("quiet");
  return options;
}

}  // namespace amparo::cli
