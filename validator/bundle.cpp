// SPDX-License-Identifier: Apache-2.0
#include "validator/bundle.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "core/source.hpp"
#include "digest/sha256.hpp"
#include "validator/xsd/compile.hpp"
#include "validator/xsd/element_stream.hpp"
#include "validator/xsd/engine_compiled.hpp"
#include "validator/xsd/oracle_xerces.hpp"

namespace amparo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEntry = "1.0/amparo.xsd";
constexpr std::string_view kCatalog = "codes/catalog.xml";
constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20U;

bool belongs_to_bundle(const fs::path& file) {
  constexpr std::array<std::string_view, 6> kSuffixes{
      ".xsd", ".gc", ".xml", ".sch", ".csv", ".tsv"};
  const auto suffix = file.extension().string();
  return std::find(kSuffixes.begin(), kSuffixes.end(), suffix) != kSuffixes.end();
}

xsd::SchemaFault fault_of(Error error) {
  return {std::move(error)};
}

Result<std::shared_ptr<xsd::Schema>, xsd::SchemaFault> load_schema(std::span<const fs::path> files,
                                                                   xsd::SchemaChecking checking,
                                                                   EngineKind engine) {
  if (engine == EngineKind::Xerces) {
    auto schema = xsd::load_with_xerces(files, checking);
    if (!schema) return Fail{schema.error()};
    return std::shared_ptr<xsd::Schema>{*std::move(schema)};
  }
  auto compiled = xsd::compile(files, {.checking = checking});
  if (!compiled) return Fail{compiled.error()};
  auto schema = xsd::make_compiled_engine(*std::move(compiled));
  if (!schema) return Fail{fault_of(schema.error())};
  return std::shared_ptr<xsd::Schema>{*std::move(schema)};
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

}  // namespace

Result<std::string> digest_of(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator each{folder, error}; each != fs::end(each);
       each.increment(error)) {
    if (error) break;
    if (each->is_regular_file(error) && belongs_to_bundle(each->path())) {
      files.push_back(each->path().lexically_relative(folder));
    }
  }
  if (error) return fail(ErrorCode::Unreadable, folder.string() + ": " + error.message());
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    return a.generic_string() < b.generic_string();
  });
  digest::Sha256 all;
  for (const fs::path& file : files) {
    const auto bytes = read_file(folder / file, kMaxFileBytes);
    if (!bytes) return Fail{bytes.error()};
    // Name, digest of the bytes: two files cannot be taken for one.
    all.update(file.generic_string());
    all.update("\n" + digest::to_hex(digest::sha256(*bytes)) + "\n");
  }
  return "sha256:" + digest::to_hex(all.finish());
}

Result<Bundle, xsd::SchemaFault> load_bundle(const fs::path& folder, EngineKind engine) {
  Bundle bundle;
  bundle.name.id = "amparo";
  bundle.record_elements = {"Case", "Message"};
  const std::array entry{folder / kEntry};
  VersionReader version;
  const auto read = xsd::stream_elements(entry[0], version);
  if (!read) return Fail{fault_of(read.error())};
  bundle.name.version = version.version;
  auto digest = digest_of(folder);
  if (!digest) return Fail{fault_of(digest.error())};
  bundle.name.digest = *digest;
  auto schema = load_schema(entry, xsd::SchemaChecking::Trusted, engine);
  if (!schema) return Fail{schema.error()};
  bundle.schema = *std::move(schema);
  auto codes = CodeLists::load(folder / kCatalog);
  if (!codes) return Fail{fault_of(codes.error())};
  bundle.codes = std::make_shared<const CodeLists>(*std::move(codes));
  return bundle;
}

Result<Bundle, xsd::SchemaFault> bundle_of_schemas(const std::vector<fs::path>& schemas,
                                                   EngineKind engine) {
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
  auto schema = load_schema(schemas, xsd::SchemaChecking::Full, engine);
  if (!schema) return Fail{schema.error()};
  bundle.schema = *std::move(schema);
  bundle.profile = xml::GateProfile::General;
  return bundle;
}

}  // namespace amparo
