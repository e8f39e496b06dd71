// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/schematron.hpp"

#include <algorithm>
#include <memory>

#include "core/source.hpp"
#include "text/utf8.hpp"
#include "validator/rules/detail/schematron_resolver.hpp"
#include "xml/name_table.hpp"
#include "xml/tape_reader.hpp"

namespace amparo::rules {
namespace {

using xml::Tape;
using xml::TapeId;
using xml::TapeKind;

constexpr std::size_t kMostBytes = std::size_t{16} << 20U;
constexpr std::size_t kMostIncludes = 16;
constexpr std::string_view kXslNamespace = "http://www.w3.org/1999/XSL/Transform";
constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

// One file on its tape.
struct File {
  std::filesystem::path path;
  std::string name;
  std::string bytes;
  Tape tape{};
};

class Reader {
 public:
  explicit Reader(std::filesystem::path folder) : folder_{std::move(folder)} {}

  Schematron read(std::shared_ptr<File> file) {
    const TapeId root = root_of(*file);
    if (!is_sch(*file, root) || local(*file, root) != "schema")
      refuse(*file, root, "sch-root", {{"found", {std::string{local(*file, root)}}}});
    open_.push_back(file);
    const std::string binding = attribute(*file, root, "queryBinding");
    if (binding != "xpath2" && binding != "xslt2")
      refuse(*file, root, "sch-binding", {{"found", {binding}}}, ErrorCode::Unsupported);
    out_.default_phase = attribute(*file, root, "defaultPhase");
    out_.version = attribute(*file, root, "schemaVersion");
    out_.extras = extras(*file, root);
    each_child(*file, root, [this](File& in, TapeId child) { schema_child(in, child); });
    return std::move(out_);
  }

  std::shared_ptr<File> load(std::string bytes, std::string name, std::filesystem::path path) {
    auto file = std::make_shared<File>();
    file->path = std::move(path);
    file->name = std::move(name);
    file->bytes = std::move(bytes);
    auto source = Source::from_string(file->name, file->bytes);
    const xml::Tokenizer::Options options{.profile = xml::GateProfile::General};
    xml::TapeReader reader{source, file->tape, options, {}};
    if (reader.next() == xml::TapeReader::Step::Finished) return file;
    RuleFault fault{ErrorCode::Malformed, file->name, 0, {}, 0, "sch-xml", {}};
    if (reader.problem()) fault.line = reader.problem()->where.line;
    throw SchematronRefusal{fault};
  }

 private:
  // What stands on the tape
  [[nodiscard]] static TapeId root_of(const File& file) {
    TapeId root = 1;
    while (root < file.tape.size() && file.tape[root].kind != TapeKind::Element)
      root = file.tape[root].end;
    return root;
  }
  [[nodiscard]] static std::string_view local(const File& file, TapeId node) {
    return file.tape.names().local(file.tape[node].name);
  }
  [[nodiscard]] static std::string_view uri(const File& file, TapeId node) {
    return file.tape.names().uri(file.tape[node].name);
  }
  [[nodiscard]] static bool is_sch(const File& file, TapeId node) {
    return uri(file, node) == kSchematronNamespace;
  }
  [[nodiscard]] static const std::string_view* find(const File& file,
                                                    TapeId node,
                                                    std::string_view name,
                                                    std::string_view& value,
                                                    std::string_view space = "") {
    for (TapeId i = node + 1; i < file.tape[node].end && file.tape[i].kind == TapeKind::Attribute;
         ++i) {
      if (local(file, i) != name || uri(file, i) != space) continue;
      value = file.tape.text(i);
      return &value;
    }
    return nullptr;
  }
  [[nodiscard]] static std::string attribute(const File& file,
                                             TapeId node,
                                             std::string_view name,
                                             std::string_view space = "") {
    std::string_view value;
    return find(file, node, name, value, space) == nullptr ? std::string{} : std::string{value};
  }
  [[nodiscard]] std::string required(const File& file, TapeId node, std::string_view name) const {
    std::string_view value;
    if (find(file, node, name, value) == nullptr || text::trim(value).empty())
      refuse(file,
             node,
             "sch-attribute",
             {{"element", {std::string{local(file, node)}}}, {"attribute", {std::string{name}}}});
    return std::string{value};
  }
  [[nodiscard]] static std::vector<SchExtra> extras(const File& file, TapeId node) {
    std::vector<SchExtra> found;
    for (TapeId i = node + 1; i < file.tape[node].end && file.tape[i].kind == TapeKind::Attribute;
         ++i) {
      if (uri(file, i).empty() || uri(file, i) == kXmlNamespace) continue;
      found.push_back(
          {std::string{uri(file, i)}, std::string{local(file, i)}, std::string{file.tape.text(i)}});
    }
    return found;
  }
  [[nodiscard]] static SchPlace place(const File& file, TapeId node) {
    const auto end = static_cast<std::size_t>(
        std::min<std::uint64_t>(file.tape[node].offset, file.bytes.size()));
    const auto lines =
        std::count(file.bytes.begin(), file.bytes.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    return {file.name, static_cast<std::uint64_t>(lines) + 1};
  }
  [[noreturn]] static void refuse(const File& file,
                                  TapeId node,
                                  std::string key,
                                  Params params = {},
                                  ErrorCode code = ErrorCode::Malformed) {
    const std::uint64_t line = node < file.tape.size() ? place(file, node).line : 0;
    throw SchematronRefusal{{code, file.name, line, {}, 0, std::move(key), std::move(params)}};
  }
  [[nodiscard]] SchExpression expression(const File& file,
                                         TapeId node,
                                         std::string_view name) const {
    return {required(file, node, name), std::string{name}, place(file, node)};
  }
  [[nodiscard]] static SchExpression optional_expression(const File& file,
                                                         TapeId node,
                                                         std::string_view name) {
    return {attribute(file, node, name), std::string{name}, place(file, node)};
  }

  // Each element child, includes replaced by what they include.
  template <typename F>
  void each_child(File& file, TapeId node, F&& visit) {
    for (TapeId i = node + 1; i < file.tape[node].end; i = file.tape[i].end) {
      if (file.tape[i].kind == TapeKind::Text && !text::trim(file.tape.text(i)).empty())
        refuse(file, i, "sch-text", {{"element", {std::string{local(file, node)}}}});
      if (file.tape[i].kind != TapeKind::Element) continue;
      if (is_sch(file, i) && local(file, i) == "include") {
        const auto included = open(file, i);
        const TapeId target = target_;
        visit(*included, target);
        open_.pop_back();
        continue;
      }
      visit(file, i);
    }
  }

  // The file of @href, and in target_ its root or the element with the id behind '#'.
  std::shared_ptr<File> open(const File& file, TapeId node) {
    std::string href = required(file, node, "href");
    std::string id;
    if (const std::size_t hash = href.find('#'); hash != std::string::npos) {
      id = href.substr(hash + 1);
      href.resize(hash);
    }
    const Params params{{"href", {href}}};
    if (folder_.empty()) refuse(file, node, "sch-include", params, ErrorCode::NotFound);
    const auto path = href.empty() ? file.path : (file.path.parent_path() / href);
    const auto relative = std::filesystem::weakly_canonical(path).lexically_relative(folder_);
    const bool is_outside = relative.empty() || *relative.begin() == "..";
    if (is_outside || href.find(':') != std::string::npos)
      refuse(file, node, "sch-include-outside", params, ErrorCode::Unsupported);
    if (open_.size() >= kMostIncludes) refuse(file, node, "sch-include-deep", params);
    auto bytes = read_file(path, kMostBytes);
    if (!bytes) refuse(file, node, "sch-include", params, bytes.error().code);
    auto included = load(*std::move(bytes), path.string(), path);
    target_ = root_of(*included);
    if (!id.empty()) {
      TapeId i = 1;
      while (i < included->tape.size() && (included->tape[i].kind != TapeKind::Element ||
                                           (attribute(*included, i, "id") != id &&
                                            attribute(*included, i, "id", kXmlNamespace) != id)))
        ++i;
      if (i == included->tape.size())
        refuse(file, node, "sch-include", {{"href", {href + "#" + id}}}, ErrorCode::NotFound);
      target_ = i;
    }
    open_.push_back(included);
    return included;
  }

  [[noreturn]] void unexpected(const File& file, TapeId node) const {
    refuse(file,
           node,
           "sch-element",
           {{"element", {std::string{local(file, node)}}},
            {"parent", {std::string{local(file, file.tape[node].parent)}}}});
  }

  // Elements of others are for others; what of XSLT would change a meaning is refused.
  [[nodiscard]] bool is_foreign(const File& file, TapeId node) const {
    if (is_sch(file, node)) return false;
    if (uri(file, node) == kXslNamespace)
      refuse(file,
             node,
             "sch-xslt",
             {{"element", {std::string{local(file, node)}}}},
             ErrorCode::Unsupported);
    return true;
  }

  void schema_child(File& file, TapeId node) {
    const std::string_view name = local(file, node);
    if (uri(file, node) == kXslNamespace && name == "key") {
      out_.keys.push_back({required(file, node, "name"),
                           expression(file, node, "match"),
                           expression(file, node, "use")});
      return;
    }
    if (is_foreign(file, node)) return;
    if (name == "title") {
      out_.title = std::string{text::trim(file.tape.text(node))};
    } else if (name == "ns") {
      out_.namespaces.emplace_back(required(file, node, "prefix"), required(file, node, "uri"));
    } else if (name == "let") {
      out_.lets.push_back(let(file, node));
    } else if (name == "pattern") {
      out_.patterns.push_back(pattern(file, node));
    } else if (name == "phase") {
      out_.phases.push_back(phase(file, node));
    } else if (name == "diagnostics" || name == "properties") {
      auto& into = name == "diagnostics" ? out_.diagnostics : out_.properties;
      each_child(file, node, [&](File& in, TapeId child) {
        if (is_foreign(in, child)) return;
        into.push_back({required(in, child, "id"),
                        attribute(in, child, "lang", kXmlNamespace),
                        attribute(in, child, "role"),
                        message(in, child),
                        place(in, child)});
      });
    } else if (name == "schema" || name == "rules") {
      // An included schema or collection gives what it holds.
      each_child(file, node, [this](File& in, TapeId child) { schema_child(in, child); });
    } else if (name != "p") {
      unexpected(file, node);
    }
  }

  [[nodiscard]] SchLet let(const File& file, TapeId node) const {
    std::string_view value;
    if (find(file, node, "value", value) == nullptr)
      refuse(file,
             node,
             "sch-let",
             {{"name", {attribute(file, node, "name")}}},
             ErrorCode::Unsupported);
    return {required(file, node, "name"), expression(file, node, "value")};
  }

  SchPhase phase(File& file, TapeId node) {
    SchPhase result{.id = required(file, node, "id"), .place = place(file, node)};
    each_child(file, node, [&](File& in, TapeId child) {
      if (is_foreign(in, child)) return;
      const std::string_view name = local(in, child);
      if (name == "active") {
        result.active.push_back(required(in, child, "pattern"));
      } else if (name == "let") {
        result.lets.push_back(let(in, child));
      } else if (name != "p") {
        unexpected(in, child);
      }
    });
    return result;
  }

  SchPattern pattern(File& file, TapeId node) {
    SchPattern result{.id = attribute(file, node, "id"),
                      .is_a = attribute(file, node, "is-a"),
                      .title = {},
                      .is_abstract = attribute(file, node, "abstract") == "true",
                      .extras = extras(file, node),
                      .place = place(file, node)};
    std::string_view documents;
    if (find(file, node, "documents", documents) != nullptr)
      refuse(file, node, "sch-documents", {}, ErrorCode::Unsupported);
    each_child(file, node, [&](File& in, TapeId child) {
      if (is_foreign(in, child)) return;
      const std::string_view name = local(in, child);
      if (name == "rule") {
        result.rules.push_back(rule(in, child));
      } else if (name == "let") {
        result.lets.push_back(let(in, child));
      } else if (name == "param") {
        std::string_view value;
        static_cast<void>(find(in, child, "value", value));
        result.params.emplace_back(required(in, child, "name"), std::string{value});
      } else if (name == "title") {
        result.title = std::string{text::trim(in.tape.text(child))};
      } else if (name != "p") {
        unexpected(in, child);
      }
    });
    return result;
  }

  SchRule rule(File& file, TapeId node) {
    SchRule result{.id = attribute(file, node, "id"),
                   .role = attribute(file, node, "role"),
                   .flag = attribute(file, node, "flag"),
                   .is_abstract = attribute(file, node, "abstract") == "true",
                   .subject = optional_expression(file, node, "subject"),
                   .place = place(file, node)};
    if (!result.is_abstract) result.context = expression(file, node, "context");
    fill_rule(file, node, result);
    return result;
  }

  void fill_rule(File& file, TapeId node, SchRule& result) {
    each_child(file, node, [&](File& in, TapeId child) {
      if (is_foreign(in, child)) return;
      const std::string_view name = local(in, child);
      if (name == "assert" || name == "report") {
        result.checks.push_back(check(in, child));
      } else if (name == "let") {
        result.lets.push_back(let(in, child));
      } else if (name == "extends") {
        extends(in, child, result);
      } else if (name == "rule") {
        fill_rule(in, child, result);  // an include that names a rule
      } else if (name != "p") {
        unexpected(in, child);
      }
    });
  }

  void extends(File& file, TapeId node, SchRule& result) {
    std::string_view value;
    if (find(file, node, "href", value) == nullptr) {
      result.extensions.push_back(
          {required(file, node, "rule"), result.checks.size(), place(file, node)});
      return;
    }
    const auto included = open(file, node);
    fill_rule(*included, target_, result);
    open_.pop_back();
  }

  SchCheck check(const File& file, TapeId node) {
    SchCheck result{.is_report = local(file, node) == "report",
                    .id = attribute(file, node, "id"),
                    .role = attribute(file, node, "role"),
                    .flag = attribute(file, node, "flag"),
                    .see = attribute(file, node, "see"),
                    .fpi = attribute(file, node, "fpi"),
                    .icon = attribute(file, node, "icon"),
                    .lang = attribute(file, node, "lang", kXmlNamespace),
                    .test = expression(file, node, "test"),
                    .subject = optional_expression(file, node, "subject"),
                    .message = message(file, node),
                    .extras = extras(file, node),
                    .place = place(file, node)};
    if (result.role.empty()) result.role = attribute(file, node, "severity");
    result.diagnostics = words(attribute(file, node, "diagnostics"));
    result.properties = words(attribute(file, node, "properties"));
    return result;
  }

  [[nodiscard]] static std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> found;
    while (!(text = text::trim(text)).empty()) {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
      found.emplace_back(text.substr(0, end));
      text.remove_prefix(end);
    }
    return found;
  }

  // emph, dir, span and foreign elements give their text.
  std::vector<SchPart> message(const File& file, TapeId node) const {
    std::vector<SchPart> parts;
    for (TapeId i = node + 1; i < file.tape[node].end; ++i) {
      const auto kind = file.tape[i].kind;
      if (kind == TapeKind::Text) {
        parts.push_back({SchPart::Kind::Text, std::string{file.tape.text(i)}, {}});
      } else if (kind == TapeKind::Element && is_sch(file, i) && local(file, i) == "value-of") {
        parts.push_back({SchPart::Kind::ValueOf, {}, expression(file, i, "select")});
      } else if (kind == TapeKind::Element && is_sch(file, i) && local(file, i) == "name") {
        parts.push_back({SchPart::Kind::Name, {}, optional_expression(file, i, "path")});
      }
    }
    return parts;
  }

  std::filesystem::path folder_;  // empty: nothing can be included
  std::vector<std::shared_ptr<File>> open_{};
  TapeId target_ = 0;
  Schematron out_{};
};

Result<Schematron, RuleFault> read_bytes(std::string bytes,
                                         const std::string& name,
                                         const std::filesystem::path& path) {
  try {
    const auto folder = path.empty() ? path : std::filesystem::weakly_canonical(path).parent_path();
    Reader reader{folder};
    auto schema = reader.read(reader.load(std::move(bytes), name, path));
    resolve_schematron(schema);
    return schema;
  } catch (const SchematronRefusal& refusal) {
    return Fail{refusal.fault};
  } catch (const std::filesystem::filesystem_error&) {
    return Fail{RuleFault{ErrorCode::Unreadable, name, 0, {}, 0, "sch-file", {}}};
  }
}

}  // namespace

std::string RuleFault::sentence(const MessageBook& book, Language language) const {
  std::string out = file;
  if (line > 0) out += ":" + std::to_string(line);
  out += ": ";
  if (!attribute.empty()) {
    const Params where{{"attribute", {attribute}}, {"character", {std::to_string(character)}}};
    out += book.sentence("sch-where", where, language) + ": ";
  }
  return out + book.sentence(key, params, language);
}

Result<Schematron, RuleFault> read_schematron(const std::filesystem::path& file) {
  auto bytes = read_file(file, kMostBytes);
  if (!bytes) return Fail{RuleFault{bytes.error().code, file.string(), 0, {}, 0, "sch-file", {}}};
  return read_bytes(*std::move(bytes), file.string(), file);
}

Result<Schematron, RuleFault> read_schematron(std::string_view bytes, const std::string& name) {
  return read_bytes(std::string{bytes}, name, {});
}

}  // namespace amparo::rules
