// SPDX-License-Identifier: Apache-2.0
#include "cli/convert_command.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fcntl.h>
#include <ostream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "cli/bundle_folder.hpp"
#include "cli/convert_files.hpp"
#include "cli/convert_options.hpp"
#include "cli/convert_report.hpp"
#include "cli/output_file.hpp"
#include "cli/report_outputs.hpp"
#include "cli/speed.hpp"
#include "cli/version.hpp"
#include "converter/convert.hpp"
#include "digest/sha256.hpp"
#include "validator/validate.hpp"

namespace amparo::cli {
namespace {

constexpr std::string_view kNamespace = "https://w3id.org/amparo/1";
constexpr std::size_t kMaxMappingBytes = std::size_t{16} << 20U;

/// Digests what is read on its way.
class DigestingStream final : public ByteStream {
 public:
  explicit DigestingStream(std::unique_ptr<ByteStream> inner) : inner_{std::move(inner)} {}
  Result<std::size_t> read(std::span<char> into) override {
    auto got = inner_->read(into);
    if (got) hash_.update({into.data(), *got});
    return got;
  }
  [[nodiscard]] bool has_changed() const override { return inner_->has_changed(); }
  std::string digest() { return digest::to_hex(hash_.finish()); }

 private:
  std::unique_ptr<ByteStream> inner_;
  digest::Sha256 hash_;
};

struct OpenedInput {
  Source source;
  DigestingStream* stream;  // the source's
};

Result<OpenedInput> open_digesting(const std::string& name) {
  std::unique_ptr<ByteStream> inner;
  if (name == "-") {
    // Asked first: in a closed standard input the next file to be opened would take its number.
    if (::fcntl(STDIN_FILENO, F_GETFD) < 0) {
      return fail(ErrorCode::Unreadable, "<stdin>: " + std::generic_category().message(errno));
    }
    inner = descriptor_stream(STDIN_FILENO, "-");
  } else {
    auto file = open_file(name);
    if (!file) return Fail{file.error()};
    inner = *std::move(file);
  }
  auto stream = std::make_unique<DigestingStream>(std::move(inner));
  DigestingStream* observer = stream.get();
  return OpenedInput{Source::from_stream(name == "-" ? "<stdin>" : name, std::move(stream)),
                     observer};
}

// --- what the run needs
// ---------------------------------------------------------------------------

Result<std::filesystem::path> mapping_file(const std::string& name,
                                           const std::filesystem::path& schema_folder,
                                           const Console& console) {
  if (is_mapping_file(name)) return std::filesystem::path{name};
  const auto folder = schema_folder / "mappings";
  auto file = folder / (name + ".map.xml");
  std::error_code error;
  if (std::filesystem::is_regular_file(file, error)) return file;
  std::vector<std::string> known;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string one = entry.path().filename().string();
    if (one.ends_with(".map.xml")) known.push_back(one.substr(0, one.size() - 8));
  }
  std::sort(known.begin(), known.end());
  return fail(
      ErrorCode::NotFound,
      console.messages.sentence(
          "convert-unknown-mapping", {{"name", {name}}, {"known", known}}, console.language));
}

Result<std::unique_ptr<const converter::Plan>> make_plan(const std::filesystem::path& file,
                                                         const std::filesystem::path& schema_folder,
                                                         std::optional<char> delimiter,
                                                         Language language) {
  auto mapping = converter::read_mapping(file, language);
  if (!mapping) return Fail{mapping.error()};
  if (delimiter) mapping->delimiter = *delimiter;
  auto outline = xsd::Outline::read(schema_folder / "1.0" / "amparo.xsd", std::string{kNamespace});
  if (!outline) return Fail{outline.error()};
  return converter::Plan::make(*std::move(mapping),
                               std::make_shared<const xsd::Outline>(*std::move(outline)));
}

Status make_key(const std::string& file, Console& console) {
  if (auto status = converter::IdKey::create(file, console.language); !status) return status;
  console.complain("convert-key-made", {{"file", {file}}});
  return Done{};
}

std::string own_key(const Console& console) {
  if (console.config_folder.empty()) return {};
  return (std::filesystem::path{console.config_folder} / "id.key").string();
}

/// The key that was named, or the user's own. That one is made at the first use, so that a first
/// conversion needs no preparation, and told, because losing it changes every identifier. A dry run
/// makes nothing: it does with a key that is forgotten.
Result<converter::IdKey> find_key(const std::string& named, bool is_dry_run, Console& console) {
  if (!named.empty()) return converter::IdKey::read(named, console.language);
  const std::string own = own_key(console);
  std::error_code error;
  if (is_dry_run && (own.empty() || !std::filesystem::exists(own, error))) {
    console.complain("convert-key-thrown-away");
    return converter::IdKey::throw_away();
  }
  if (console.config_folder.empty()) {
    return fail(ErrorCode::NotFound,
                console.messages.sentence("convert-no-key-folder", {}, console.language));
  }
  const std::filesystem::path file = own;
  if (!std::filesystem::exists(file, error)) {
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) {
      return fail(ErrorCode::Unwritable, file.parent_path().string() + ": " + error.message());
    }
    ::chmod(file.parent_path().c_str(), S_IRWXU);
    if (auto status = make_key(file.string(), console); !status) return Fail{status.error()};
  }
  return converter::IdKey::read(file, console.language);
}

/// What the header says of its time: as told, else SOURCE_DATE_EPOCH, else the clock.
std::string creation_time(const ConvertOptions& options, const Console& console) {
  if (!options.created_at.empty()) return options.created_at;
  const std::string& epoch = console.source_date_epoch;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(epoch.data(), epoch.data() + epoch.size(), seconds);
  if (!epoch.empty() && error == std::errc{} && end == epoch.data() + epoch.size()) {
    return to_utc_text(seconds);
  }
  const auto now = std::chrono::system_clock::now();
  return to_utc_text(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
}

Result<std::vector<DigestedFile>> digest_mapping(const std::filesystem::path& file,
                                                 const converter::Mapping& mapping) {
  std::vector<std::filesystem::path> files{file};
  for (const converter::LookupRule& rule : mapping.lookups)
    files.push_back(file.parent_path() / rule.file);
  std::vector<DigestedFile> digests;
  for (const auto& one : files) {
    const auto bytes = read_file(one, kMaxMappingBytes);
    if (!bytes) return Fail{bytes.error()};
    digests.push_back({one.filename().string(), digest::to_hex(digest::sha256(*bytes))});
  }
  return digests;
}

// --- the run
// --------------------------------------------------------------------------------------

class ConvertRunner {
 public:
  ConvertRunner(ConvertOptions options, std::filesystem::path schema_folder, Console& console)
      : options_{std::move(options)},
        schema_folder_{std::move(schema_folder)},
        input_name_{options_.input == "-" ? "<stdin>" : options_.input},
        console_{console},
        report_{options_.output == "-" ? console.err : console.out},
        findings_{options_.dry_run ? "" : options_.reasons,
                  console.messages,
                  console.language,
                  [this](const Finding& finding) { print(finding); }} {}

  ExitStatus run() {
    const auto began = std::chrono::steady_clock::now();
    if (auto status = read_plan(); !status) return cannot_run(status.error());
    if (auto apart = check_files_apart(all_files()); !apart) {
      console_.complain(apart.error().key, apart.error().params);
      return ExitStatus::Usage;
    }
    if (auto status = prepare(); !status) return cannot_run(status.error());
    auto account = convert();
    if (!account) return cannot_run(account.error());
    if (auto status = findings_.status(); !status) return cannot_run(status.error());
    if (!account->started) return refuse_header();
    if (account->rows == 0) return complain("convert-no-rows", {{"file", {options_.input}}});
    if (input_->source.has_changed()) {
      return complain("convert-input-changed", {{"file", {options_.input}}});
    }
    if (!account->adds_up()) {
      console_.complain("convert-does-not-add-up");
      return ExitStatus::OurBug;
    }
    const std::uint64_t bytes = input_->source.window_end();
    const ExitStatus status = finish(*account);
    if (!options_.is_quiet) {
      console_.err << speed_line(1, bytes, std::chrono::steady_clock::now() - began, console_);
    }
    return status;
  }

 private:
  Status read_plan() {
    auto file = mapping_file(options_.mapping, schema_folder_, console_);
    if (!file) return Fail{file.error()};
    mapping_file_ = *std::move(file);
    auto plan = make_plan(mapping_file_, schema_folder_, options_.delimiter, console_.language);
    if (!plan) return Fail{plan.error()};
    plan_ = *std::move(plan);
    return Done{};
  }

  /// Now that the mapping is known: its tables and the key that is taken count as well.
  [[nodiscard]] std::vector<NamedFile> all_files() const {
    std::vector<NamedFile> files = files_of(options_);
    for (NamedFile& file : files) {
      if (file.role == "--mapping") file.path = mapping_file_.string();
      if (file.role == "--id-key" && file.path.empty()) file.path = own_key(console_);
    }
    for (const converter::LookupRule& rule : plan_->mapping().lookups)
      files.push_back({"<lookup>", (mapping_file_.parent_path() / rule.file).string(), false});
    return files;
  }

  Status prepare() {
    auto digests = digest_mapping(mapping_file_, plan_->mapping());
    if (!digests) return Fail{digests.error()};
    // The input before the key: a missing file is no reason to make a key.
    auto input = open_digesting(options_.input);
    if (!input && input.error().code == ErrorCode::NotFound) {
      return fail(ErrorCode::NotFound,
                  console_.messages.sentence(
                      "file-not-found", {{"file", {options_.input}}}, console_.language));
    }
    if (!input) return Fail{input.error()};
    input_.emplace(*std::move(input));
    auto key = find_key(options_.id_key, options_.dry_run, console_);
    if (!key) return Fail{key.error()};
    key_.emplace(*key);
    facts_.tool_version = tool_version();
    facts_.mapping_id = plan_->mapping().id;
    facts_.mapping_version = plan_->mapping().version;
    facts_.mapping_title = plan_->mapping().titles.at(console_.language);
    facts_.mapping_files = *std::move(digests);
    facts_.id_key_fingerprint = key_->fingerprint();
    facts_.created_at = creation_time(options_, console_);
    facts_.output = options_.output == "-" ? "<stdout>" : options_.output;
    facts_.rejects_file = options_.rejects;
    facts_.reasons_file = options_.reasons;
    facts_.dry_run = options_.dry_run;
    if (!plan_->outline().is_value("DateTimeOffset", facts_.created_at)) {
      const Params params{{"option", {"stamp"}},
                          {"value", {facts_.created_at}},
                          {"expected", {"2026-01-31T08:00:00-06:00"}}};
      return fail(ErrorCode::Malformed,
                  console_.messages.sentence("convert-bad-option", params, console_.language));
    }
    if (options_.dry_run) return Done{};
    auto document = OutputFile::create(
        options_.output == "-" ? (std::filesystem::temp_directory_path() / "amparo").string()
                               : options_.output);
    if (!document) return Fail{document.error()};
    document_.emplace(*std::move(document));
    return Done{};
  }

  Result<converter::Conversion> convert() {
    const converter::ConvertRun run{
        *plan_, *key_, facts_.created_at, options_.allow_unknown_columns};
    const converter::ConvertSinks sinks{
        [this](std::string_view bytes) { return write_document(bytes); },
        [this](std::string_view bytes) { return write_reject(bytes); },
        findings_};
    auto account = converter::convert(input_->source, run, sinks);
    facts_.input = {options_.input, input_->stream->digest()};
    return account;
  }

  Status write_document(std::string_view bytes) {
    return document_ ? document_->write(bytes) : Status{Done{}};
  }

  Status write_reject(std::string_view bytes) {
    if (options_.dry_run) return Done{};
    if (!rejects_) {
      auto file = OutputFile::create(options_.rejects);
      if (!file) return Fail{file.error()};
      rejects_.emplace(*std::move(file));
    }
    return rejects_->write(bytes);
  }

  /// The verdict first, then the files. Rejects and reasons are written whatever becomes of the
  /// batch, because they say why; without it they replace nothing and are named FILE.new.
  ExitStatus finish(const converter::Conversion& account) {
    bool is_good = is_within_limit(account);
    if (is_good && options_.validates && document_) {
      const auto valid = is_valid();
      if (!valid) return cannot_run(valid.error());
      is_good = facts_.validated = *valid;
    }
    if (auto done = put_in_place(is_good); !done) return cannot_run(done.error());
    if (!options_.ledger.empty()) {
      const auto json = convert_ledger_json(facts_, account, findings_);
      const std::string place = is_good ? options_.ledger : unplaced(options_.ledger);
      if (auto done = write_file(place, json); !done) return cannot_run(done.error());
    }
    if (!options_.is_quiet) {
      write_convert_report(
          report_, facts_, account, findings_, console_.messages, console_.language);
    }
    const bool has_warnings = findings_.count(Severity::Warning) > 0;
    const bool is_clean = account.rejected == 0 && !(options_.fails_on_warning && has_warnings);
    return is_good && is_clean ? ExitStatus::Ok : ExitStatus::Findings;
  }

  Status put_in_place(bool is_good) {
    if (options_.dry_run) return Done{};
    if (!is_good) {
      facts_.rejects_file = unplaced(options_.rejects);
      facts_.reasons_file = reasons_beside(facts_.rejects_file);
      if (rejects_) rejects_->place_beside(facts_.rejects_file);
      findings_.place_beside(facts_.reasons_file);
    }
    // Without a batch and without rejects nothing of an earlier run is touched either.
    if (is_good || rejects_) {
      if (auto done = make_room(); !done) return done;
    }
    if (rejects_) {
      if (auto done = rejects_->commit(); !done) return done;
    }
    if (auto done = findings_.commit(); !done) return done;
    if (!is_good) return Done{};
    if (!findings_.has_reasons()) remove_old_reasons(facts_.reasons_file);
    if (auto done = place_document(); !done) return done;
    facts_.wrote_output = true;
    facts_.next_command = next_command();
    return Done{};
  }

  Status make_room() {
    const auto kept = keep_earlier_rejects(facts_.rejects_file, rejects_);
    if (!kept) return Fail{kept.error()};
    if (!kept->empty()) {
      console_.complain("convert-kept-earlier",
                        {{"file", {facts_.rejects_file}}, {"kept", {*kept}}});
    }
    return Done{};
  }

  /// What converts the corrected rejects: with the same mapping and key, into a batch of its own.
  [[nodiscard]] std::string next_command() const {
    std::string command = "amparo convert --mapping " + shell_word(options_.mapping);
    if (!options_.id_key.empty()) command += " --id-key " + shell_word(options_.id_key);
    if (options_.delimiter) {
      const std::string delimiter{*options_.delimiter};
      command += " --delimiter " + shell_word(delimiter == "\t" ? "tab" : delimiter);
    }
    if (options_.allow_unknown_columns) command += " --allow-unknown-columns";
    return command + ' ' + shell_word(options_.rejects) + " -o " +
           shell_word(corrected_batch(options_.rejects));
  }

  /// The batch that was written, held against the standard before anybody sees it.
  Result<bool> is_valid() {
    if (auto done = document_->flush(); !done) return Fail{done.error()};
    plan_.reset();  // with the outline of the schema: two in memory at once are one too many
    auto bundle = load_bundle(schema_folder_, EngineKind::Compiled, cache_place(console_));
    if (!bundle) return Fail{bundle.error().error};
    auto source = Source::open(document_->temporary_path());
    if (!source) return Fail{source.error()};
    auto report = validate(*source, *bundle, ValidateOptions{});
    if (!report) return Fail{report.error()};
    report->document = facts_.output;
    switch (report->verdict()) {
      case Verdict::Valid:
      case Verdict::ValidWithWarnings:
        return true;
      case Verdict::Invalid:
        return tell_invalid(*report);
      case Verdict::Indeterminate:
        break;
    }
    return fail(ErrorCode::Unsupported,
                console_.messages.sentence(
                    "convert-indeterminate", {{"file", {facts_.output}}}, console_.language));
  }

  Result<bool> tell_invalid(const Report& report) {
    const auto writer =
        report::make_writer(report::Format::Text,
                            console_.messages,
                            {.language = console_.language, .detail = report::Detail::FindingsOnly},
                            [this](std::string_view bytes) -> Status {
                              report_ << bytes;
                              return Done{};
                            });
    if (auto done = writer->add(report); !done) return Fail{done.error()};
    console_.complain("convert-not-valid");
    return false;
  }

  /// Standard output is written from the spooled file, once all of it is known to be good.
  Status place_document() {
    if (options_.output != "-") return document_->commit();
    if (auto done = document_->flush(); !done) return done;
    auto source = Source::open(document_->temporary_path());
    if (!source) return Fail{source.error()};
    for (;;) {
      const auto got = source->more();
      if (!got) return Fail{got.error()};
      if (*got == 0) return Done{};
      if (auto done = write_out(console_, source->window()); !done) return done;
      source->release(source->window_end());
    }
  }

  bool is_within_limit(const converter::Conversion& account) {
    if (account.cases == 0) {
      console_.complain("convert-no-case");
      return false;
    }
    const std::uint64_t limit = options_.max_rejects.of(account.rows);
    if (account.rejected <= limit) return true;
    console_.complain(
        account.rejected == 1 ? "convert-too-many-rejects-one" : "convert-too-many-rejects",
        {{"rejected", {std::to_string(account.rejected)}}, {"limit", {std::to_string(limit)}}});
    return false;
  }

  /// The header was refused: what was found says why, and no row was read.
  ExitStatus refuse_header() {
    const bool is_encoding = findings_.counts().find("M-ENC") != findings_.counts().end();
    return is_encoding ? ExitStatus::CannotRun : ExitStatus::Findings;
  }

  void print(const Finding& finding) {
    report_ << finding_line(input_name_, finding, console_.messages, console_.language) << '\n';
  }

  ExitStatus complain(std::string_view key, const Params& params) {
    console_.complain(key, params);
    return ExitStatus::CannotRun;
  }

  ExitStatus cannot_run(const Error& error) {
    console_.complain_plainly(error.message);
    return ExitStatus::CannotRun;
  }

  ConvertOptions options_;
  std::filesystem::path schema_folder_;
  std::filesystem::path mapping_file_;
  std::string input_name_;
  Console& console_;
  std::ostream& report_;
  ConvertFindings findings_;
  std::unique_ptr<const converter::Plan> plan_;
  std::optional<OpenedInput> input_;
  std::optional<converter::IdKey> key_;
  std::optional<OutputFile> document_;
  std::optional<OutputFile> rejects_;
  ConvertFacts facts_;
};

ExitStatus run_convert(const Arguments& arguments, Console& console) {
  if (arguments.has("new-id-key") && arguments.operands().empty()) {
    const auto made = make_key(arguments.value("new-id-key"), console);
    if (made) return ExitStatus::Ok;
    console.complain_plainly(made.error().message);
    return ExitStatus::CannotRun;
  }
  const auto options = read_convert_options(arguments);
  if (!options) {
    console.complain(options.error().key, options.error().params);
    return ExitStatus::Usage;
  }
  const auto folder = find_bundle(console);
  if (!folder) {
    console.complain_plainly(folder.error().message);
    return ExitStatus::CannotRun;
  }
  return ConvertRunner{*options, *folder, console}.run();
}

constexpr std::array kExamples{
    MessageText{"amparo convert --mapping hhs-releases releases.csv -o batch.xml",
                "Convertir un CSV en un lote validado",
                "Turn a CSV into a validated batch",
                "Transformer un CSV en un lot validé"},
    MessageText{"amparo convert --mapping hhs-releases --dry-run releases.csv",
                "Ver qué filas y valores darían problemas, sin escribir nada",
                "See which rows and values would be trouble, without writing anything",
                "Voir quelles lignes et valeurs poseraient problème, sans rien écrire"},
    MessageText{"amparo convert --new-id-key id.key",
                "Crear una clave de identificadores para guardarla aparte",
                "Make a key of identifiers, to be kept elsewhere",
                "Créer une clé d'identifiants, à garder ailleurs"},
};

}  // namespace

const Verb kConvertVerb{
    .name = "convert",
    .operands = "FILE|-",
    .summary = {"",
                "convierte el archivo de un país en un lote del estándar",
                "turns a country's own file into a batch of the standard",
                "transforme le fichier d'un pays en un lot de la norme"},
    .description =
        {"",
         "Lee filas CSV (UTF-8) y escribe un lote con un caso por fila, según una correspondencia. "
         "Lo que la fuente no puede saber queda nulo con su motivo; nada se inventa. Cada valor "
         "desconocido se informa con su línea y su columna; las filas que no pueden ser un caso "
         "válido van, tal como estaban, a un archivo de rechazos con sus motivos, para "
         "corregirlas y convertirlas. Filas leídas = casos + rechazos.\n"
         "Los identificadores de caso se hacen con una clave secreta: la misma fila y la misma "
         "clave dan siempre el mismo identificador. Sin --id-key se usa la del usuario, que se "
         "crea la primera vez. El encabezado lleva la hora de --stamp, si no la de "
         "SOURCE_DATE_EPOCH, si no la del reloj.\n"
         "El resultado se valida y aparece entero o no aparece. El informe muestra la forma de un "
         "valor, nunca el valor.\n"
         "La memoria es constante, más 32 bytes por caso como máximo para reconocer una clave "
         "repetida: un millón de filas son menos de 32 MB más.",
         "Reads rows of CSV (UTF-8) and writes a batch with one case for each, by a mapping. What "
         "the source cannot know becomes a null with its reason; nothing is invented. Each "
         "unknown value is reported with line and column; rows that cannot be a valid case go, as "
         "they stood, to a file of rejects with their reasons, to be corrected and converted. "
         "Rows read = cases + rejects.\n"
         "Case identifiers are made with a secret key: the same row and the same key always give "
         "the same identifier. Without --id-key the user's own is taken, which is made at the "
         "first use. The header carries the time of --stamp, else that of SOURCE_DATE_EPOCH, else "
         "the clock's.\n"
         "The result is validated and appears whole or not at all. The report shows the shape of "
         "a value, never the value.\n"
         "Memory is constant, plus at most 32 bytes a case for knowing a key that comes again: a "
         "million rows are less than 32 MB more.",
         "Lit des lignes CSV (UTF-8) et écrit un lot avec un dossier par ligne, selon une "
         "correspondance. Ce que la source ne peut pas savoir devient nul avec son motif ; rien "
         "n'est inventé. Chaque valeur inconnue est signalée avec sa ligne et sa colonne ; les "
         "lignes qui ne peuvent pas devenir un dossier valide vont, telles quelles, dans un "
         "fichier de rejets avec leurs motifs, pour être corrigées et converties. Lignes lues = "
         "dossiers + rejets.\n"
         "Les identifiants de dossier sont faits avec une clé secrète : la même ligne et la même "
         "clé donnent toujours le même identifiant. Sans --id-key, c'est celle de l'utilisateur, "
         "créée à la première utilisation. L'en-tête porte l'heure de --stamp, sinon celle de "
         "SOURCE_DATE_EPOCH, sinon celle de l'horloge.\n"
         "Le résultat est validé et apparaît entier ou pas du tout. Le rapport montre la forme "
         "d'une valeur, jamais la valeur.\n"
         "La mémoire est constante, plus 32 octets par dossier au maximum pour reconnaître une "
         "clé répétée : un million de lignes, c'est moins de 32 Mo de plus."},
    .options = convert_option_table(),
    .examples = kExamples,
    .run = run_convert};

}  // namespace amparo::cli
