// SPDX-License-Identifier: Apache-2.0
#include "cli/convert_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "cli/convert_files.hpp"
#include "converter/date_pattern.hpp"

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
            "SALIDA.rejects.csv); los motivos van en FILE.reasons.csv. Uno anterior que difiera se "
            "conserva como FILE.1",
            "Rejected rows as they stood, with the header (default OUT.rejects.csv); the reasons "
            "go to FILE.reasons.csv. An earlier one that differs is kept as FILE.1",
            "Lignes rejetées telles quelles, avec l'en-tête (par défaut SORTIE.rejects.csv) ; les "
            "motifs vont dans FILE.reasons.csv. Un fichier précédent qui diffère est gardé sous "
            "FILE.1"}},
    Option{"max-rejects",
           '\0',
           "N|P%",
           "",
           false,
           {"",
            "Con más rechazos no se reemplaza nada, y rechazos, motivos y cuenta van a FILE.new "
            "(por omisión 1 %, y 100 filas como mínimo)",
            "With more rejects nothing is replaced, and rejects, reasons and ledger go to FILE.new "
            "(default 1%, and 100 rows at least)",
            "Au-delà, rien n'est remplacé, et rejets, motifs et compte vont dans FILE.new (par "
            "défaut 1 %, et 100 lignes au moins)"}},
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
            "Separador de campos, si no es el de la correspondencia: , ; | o tab",
            "Delimiter of fields, when it is not the mapping's: , ; | or tab",
            "Séparateur de champs, si ce n'est pas celui de la correspondance : , ; | ou tab"}},
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
           {"",
            "Hacer todo menos escribir; si no hay clave, no se crea",
            "Do everything but write; when there is no key, none is made",
            "Tout faire sauf écrire ; s'il n'y a pas de clé, aucune n'est créée"}},
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

std::optional<std::uint64_t> read_number(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// "12" rows, "5%", "5.5%"; a share has at most four decimals, and a point or a comma before them.
std::optional<RejectLimit> read_limit(std::string_view text) {
  if (!text.ends_with('%')) {
    const auto rows = read_number(text);
    return rows ? std::optional{RejectLimit{*rows, 0}} : std::nullopt;
  }
  text.remove_suffix(1);
  const auto point = text.find_first_of(".,");
  const auto whole = read_number(text.substr(0, point));
  std::string decimals{point == std::string_view::npos ? "0" : text.substr(point + 1)};
  if (decimals.empty() || decimals.size() > 4) return std::nullopt;
  decimals.resize(4, '0');
  const auto part = read_number(decimals);
  if (!whole || !part || *whole > 100 || *whole * 10'000 + *part > 1'000'000) return std::nullopt;
  return RejectLimit{0, *whole * 10'000 + *part};
}

// 2026-01-31T08:00:00-06:00; seconds may have decimals, the offset may be Z.
bool is_stamp(std::string_view text) {
  const auto has_form = [](std::string_view part, std::string_view form) {
    return part.size() == form.size() &&
           std::equal(part.begin(), part.end(), form.begin(), [](char c, char wanted) {
             return wanted == '9' ? c >= '0' && c <= '9' : c == wanted;
           });
  };
  if (text.size() < 20 || !has_form(text.substr(10, 9), "T99:99:99")) return false;
  if (!converter::read_iso_date(text.substr(0, 10))) return false;
  if (text.substr(11, 2) > "23" || text.substr(14, 2) > "59" || text.substr(17, 2) > "59") {
    return false;
  }
  std::string_view rest = text.substr(19);
  if (rest.front() == '.') {
    const auto end = rest.find_first_not_of("0123456789", 1);
    if (end == 1 || end == std::string_view::npos) return false;
    rest.remove_prefix(end);
  }
  if (rest == "Z") return true;
  if (rest.front() != '+' && rest.front() != '-') return false;
  rest.remove_prefix(1);
  return has_form(rest, "99:99") && rest.substr(0, 2) <= "14" && rest.substr(3, 2) <= "59";
}

/// casos.xml -> casos.rejects.csv
std::string default_rejects(const std::string& output, const std::string& input) {
  std::filesystem::path base = output == "-" || output.empty() ? input : output;
  if (base == "-") base = "amparo";
  // Beside the output; for standard output, in the folder where the user is.
  if (output == "-") base = base.filename();
  return base.replace_extension(".rejects.csv").string();
}

}  // namespace

std::span<const Option> convert_option_table() {
  return kOptions;
}

std::uint64_t RejectLimit::of(std::uint64_t read) const {
  return std::max(rows, read * share / 1'000'000);
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

std::vector<NamedFile> files_of(const ConvertOptions& options) {
  return {{options.input, options.input, false},
          {"--mapping", is_mapping_file(options.mapping) ? options.mapping : "", false},
          {"--id-key", options.id_key, false},
          {"-o", options.output, true},
          {"--rejects", options.rejects, true},
          {"--rejects (.reasons.csv)", options.reasons, true},
          {"--ledger", options.ledger, true},
          {"--rejects (.new)", unplaced(options.rejects), true},
          {"--rejects (.new.reasons.csv)", reasons_beside(unplaced(options.rejects)), true},
          {"--ledger (.new)", unplaced(options.ledger), true}};
}

Result<Done, UsageError> check_files_apart(std::span<const NamedFile> files) {
  const auto same = find_same(files);
  if (!same) return Done{};
  const auto& [a, b] = *same;
  return Fail{UsageError{"convert-same-file",
                         {{"first", {a.role}}, {"second", {b.role}}, {"file", {b.path}}}}};
}

bool is_mapping_file(const std::string& name) {
  return name.find('/') != std::string::npos || name.ends_with(".xml");
}

std::string unplaced(const std::string& file) {
  return file.empty() || file == "-" ? std::string{} : file + ".new";
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
  options.reasons = reasons_beside(options.rejects);
  options.ledger = arguments.value("ledger");
  options.id_key = arguments.value("id-key");
  if (auto apart = check_files_apart(files_of(options)); !apart) return Fail{apart.error()};
  options.created_at = arguments.value("stamp");
  if (arguments.has("stamp") && !is_stamp(options.created_at)) {
    return bad_option("stamp", options.created_at, "2026-01-31T08:00:00-06:00");
  }
  if (arguments.has("max-rejects")) {
    const auto limit = read_limit(arguments.value("max-rejects"));
    if (!limit) return bad_option("max-rejects", arguments.value("max-rejects"), "100, 5%, 5.5%");
    options.max_rejects = *limit;
  }
  if (arguments.has("delimiter")) {
    const std::string value = arguments.value("delimiter");
    if (value != "tab" && value != "," && value != ";" && value != "|") {
      return bad_option("delimiter", value, ",  ;  |  tab");
    }
    options.delimiter = value == "tab" ? '\t' : value.front();
  }
  options.allow_unknown_columns = arguments.has("allow-unknown-columns");
  options.validates = !arguments.has("no-validate");
  options.fails_on_warning = arguments.value("fail-on") == "warning";
  options.is_quiet = arguments.has("quiet");
  return options;
}

}  // namespace amparo::cli
