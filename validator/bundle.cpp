// SPDX-License-Identifier: Apache-2.0
#include "validator/bundle.hpp"

#include <array>
#include <span>
#include <unordered_set>

#include "core/source.hpp"
#include "digest/sha256.hpp"
#include "validator/xsd/compile.hpp"
#include "validator/xsd/element_stream.hpp"
#include "validator/xsd/engine_compiled.hpp"
#include "validator/xsd/engine_tables.hpp"
#include "validator/xsd/oracle_libxml2.hpp"
#include "validator/xsd/oracle_xerces.hpp"
#include "validator/xsd/schema_cache.hpp"

namespace amparo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEntry = "1.0/amparo.xsd";
constexpr std::string_view kCatalog = "codes/catalog.xml";
constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20U;

template <typename T>
using Loaded = Result<T, xsd::SchemaFault>;

xsd::SchemaFault fault_of(Error error) {
  return {std::move(error)};
}

Loaded<std::shared_ptr<xsd::Schema>> shared(Loaded<std::unique_ptr<xsd::Schema>> schema) {
  if (!schema) return Fail{schema.error()};
  return std::shared_ptr<xsd::Schema>{*std::move(schema)};
}

Loaded<std::shared_ptr<xsd::Schema>> compiled_engine(xsd::CompiledSchema tables) {
  auto schema = xsd::make_compiled_engine(std::move(tables));
  if (!schema) return Fail{fault_of(schema.error())};
  return std::shared_ptr<xsd::Schema>{*std::move(schema)};
}

Loaded<std::shared_ptr<xsd::Schema>> libxml2_engine(std::span<const fs::path> files,
                                                    const xsd::CompiledSchema& tables) {
  std::unordered_set<std::string> names;
  for (const std::string_view name : xsd::names_to_show(tables))
    names.emplace(name);
  return shared(xsd::load_with_libxml2(files, std::move(names)));
}

// Xerces reads the schema itself; the others begin with its tables. REQUIRES: tables, but for
// Xerces
std::optional<xsd::SchemaFault> set_engine(Bundle& bundle,
                                           EngineKind engine,
                                           std::span<const fs::path> files,
                                           xsd::SchemaChecking checking,
                                           std::optional<xsd::CompiledSchema> tables) {
  if (engine == EngineKind::Libxml2 || engine == EngineKind::All) {
    auto schema = libxml2_engine(files, *tables);
    if (!schema) return schema.error();
    bundle.tells_types = engine == EngineKind::All;
    bundle.schema = *schema;
    bundle.oracles.push_back({"libxml2", *std::move(schema)});
  }
  if (engine == EngineKind::Xerces || engine == EngineKind::All) {
    auto schema = shared(xsd::load_with_xerces(files, checking));
    if (!schema) return schema.error();
    bundle.schema = *schema;
    bundle.oracles.insert(bundle.oracles.begin(), {"xerces", *std::move(schema)});
  }
  if (engine == EngineKind::Compiled || engine == EngineKind::All) {
    auto schema = compiled_engine(*std::move(tables));
    if (!schema) return schema.error();
    bundle.schema = *std::move(schema);
  }
  if (engine != EngineKind::All) bundle.oracles.clear();
  return std::nullopt;
}

// The version attribute of the entry schema.
class VersionReader final : public xsd::ElementHandler {
 public:
  void on_start(std::string_view element, const xsd::ElementAttributes& attributes) override {
    if (element != "schema" || !version.empty()) return;
    const auto found = attributes.find("version");
    if (found != attributes.end()) version = found->second;
  }
  void on_end(std::string_view /*element*/, std::string_view /*text*/) override {}

  std::string version{};
};

Result<BundleName> read_name(const fs::path& folder) {
  VersionReader version;
  const auto read = xsd::stream_elements(folder / kEntry, version);
  if (!read) return Fail{read.error()};
  auto digest = digest_of(folder);
  if (!digest) return Fail{digest.error()};
  return BundleName{"amparo", version.version, *std::move(digest)};
}

Loaded<LoadedBundle> read_bundle(const fs::path& folder) {
  auto name = read_name(folder);
  if (!name) return Fail{fault_of(name.error())};
  const std::array entry{folder / kEntry};
  auto tables = xsd::compile(entry, {.checking = xsd::SchemaChecking::Trusted});
  if (!tables) return Fail{tables.error()};
  auto codes = CodeLists::load(folder / kCatalog);
  if (!codes) return Fail{fault_of(codes.error())};
  return LoadedBundle{*std::move(name), *std::move(codes), *std::move(tables)};
}

Loaded<LoadedBundle> find_or_read(const fs::path& folder, const CachePlace& cache) {
  if (auto found = find_bundle_in(cache, folder)) return *std::move(found);
  const auto before = stamps_of(folder);
  auto bundle = read_bundle(folder);
  if (bundle && before) {
    const auto stored = store_bundle_in(cache, folder, *bundle, *before);
    static_cast<void>(stored);  // a cache that cannot be written costs time, nothing else
  }
  return bundle;
}

}  // namespace

Result<BundleName> name_of_bundle(const fs::path& folder, const CachePlace& cache) {
  if (auto found = find_bundle_in(cache, folder)) return std::move(found->name);
  return read_name(folder);
}

Loaded<Bundle> load_bundle(const fs::path& folder, EngineKind engine, const CachePlace& cache) {
  auto loaded = find_or_read(folder, cache);
  if (!loaded) return Fail{loaded.error()};
  Bundle bundle{.name = std::move(loaded->name)};
  bundle.record_elements = {"Case", "Message"};
  bundle.codes = std::make_shared<const CodeLists>(std::move(loaded->codes));
  const std::array entry{folder / kEntry};
  if (auto fault = set_engine(
          bundle, engine, entry, xsd::SchemaChecking::Trusted, std::move(loaded->schema))) {
    return Fail{*std::move(fault)};
  }
  return bundle;
}

Loaded<Bundle> bundle_of_schemas(const std::vector<fs::path>& schemas,
                                 EngineKind engine,
                                 const CachePlace& cache) {
  Bundle bundle;
  digest::Sha256 all;
  for (const fs::path& file : schemas) {
    const auto bytes = read_file(file, kMaxFileBytes);
    if (!bytes) return Fail{fault_of(bytes.error())};
    all.update(*bytes);
    if (!bundle.name.id.empty()) bundle.name.id += "+";
    bundle.name.id += file.filename().string();
  }
  bundle.name.digest = "sha256:" + digest::to_hex(all.finish());
  bundle.profile = xml::GateProfile::General;
  std::optional<xsd::CompiledSchema> tables;
  if (engine != EngineKind::Xerces) {
    auto compiled = cache.folder.empty()
                        ? xsd::compile(schemas, {})
                        : xsd::compile(schemas, {}, xsd::SchemaCache{cache.folder, cache.producer});
    if (!compiled) return Fail{compiled.error()};
    tables = *std::move(compiled);
  }
  if (auto fault =
          set_engine(bundle, engine, schemas, xsd::SchemaChecking::Full, std::move(tables))) {
    return Fail{*std::move(fault)};
  }
  return bundle;
}

}  // namespace amparo
