// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/schema_draft.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "validator/xsd/detail/simple_types_bytes.hpp"

namespace amparo::xsd {
namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::string_view kXmlSchema = "http://www.w3.org/2001/XMLSchema";
constexpr std::string_view kInstance = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::string_view kXml = "http://www.w3.org/XML/1998/namespace";

std::size_t aligned(std::size_t size) {
  return (size + kAlignment - 1) / kAlignment * kAlignment;
}

// A hash table no more than half full, so that a search that fails ends soon.
std::vector<NameId> hash_table(const std::vector<ExpandedName>& names) {
  std::size_t size = 16;
  while (size < names.size() * 2)
    size *= 2;
  std::vector<NameId> table(size, NameId::None);
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::size_t slot = name_slot(names[i].space, names[i].hash) & (size - 1);
    while (table[slot] != NameId::None)
      slot = (slot + 1) & (size - 1);
    table[slot] = static_cast<NameId>(i);
  }
  return table;
}

// A block in memory that begins at a multiple of 64.
struct alignas(kAlignment) Line {
  std::array<std::byte, kAlignment> bytes;
};

class BlockWriter {
 public:
  BlockWriter() : size_{aligned(sizeof(BlockHeader))} {}

  template <typename Row>
  void add(Table table, const std::vector<Row>& rows) {
    add(table, rows.data(), rows.size(), sizeof(Row), 0);
  }
  void add(
      Table table, const void* rows, std::size_t count, std::size_t row_size, std::size_t pad) {
    pieces_.push_back({table, rows, count, row_size, size_});
    size_ += aligned(count * row_size + pad);
  }

  Result<CompiledSchema> finish(NamespaceId target) const {
    if (size_ > std::numeric_limits<std::uint32_t>::max()) {
      return fail(ErrorCode::TooLarge, "the tables of the schema exceed 4 GiB");
    }
    auto lines = std::make_shared<std::vector<Line>>(size_ / kAlignment);
    auto* const begin = reinterpret_cast<std::byte*>(lines->data());
    BlockHeader header;
    header.size = static_cast<std::uint32_t>(size_);
    header.target = target;
    for (const Piece& piece : pieces_) {
      header.sections[static_cast<std::size_t>(piece.table)] = {
          static_cast<std::uint32_t>(piece.offset), static_cast<std::uint32_t>(piece.count)};
      const auto bytes = piece.count * piece.row_size;
      if (bytes != 0) std::memcpy(begin + piece.offset, piece.rows, bytes);
    }
    std::memcpy(begin, &header, sizeof header);
    return CompiledSchema::from_bytes({begin, size_}, std::move(lines));
  }

 private:
  struct Piece {
    Table table{};
    const void* rows = nullptr;
    std::size_t count = 0;
    std::size_t row_size = 0;
    std::size_t offset = 0;
  };
  std::vector<Piece> pieces_{};
  std::size_t size_;
};

}  // namespace

bool is_leaf(const ElementRow& element) noexcept {
  constexpr auto kSpecial =
      static_cast<std::uint8_t>(ElementRow::kNillable | ElementRow::kAbstract);
  return is_simple(element.type) && (element.flags & kSpecial) == 0 &&
         element.value_constraint == ValueConstraint::None && element.constraints.count == 0;
}

SchemaDraft::SchemaDraft() {
  for (const std::string_view uri : {std::string_view{}, kXmlSchema, kInstance, kXml})
    space(uri);
  for (const auto* local : {"type", "nil", "schemaLocation", "noNamespaceSchemaLocation"})
    name(NamespaceId::Instance, local);
}

TextSpan SchemaDraft::keep(std::string_view added) {
  const auto [at, is_new] = texts_.emplace(std::string{added}, TextSpan{});
  if (is_new) {
    at->second = {static_cast<std::uint32_t>(text.size()),
                  static_cast<std::uint32_t>(added.size())};
    text += added;
  }
  return at->second;
}

NamespaceId SchemaDraft::space(std::string_view uri) {
  const auto known = space_ids_.find(uri);
  if (known != space_ids_.end()) return known->second;
  const auto id = static_cast<NamespaceId>(namespaces.size());
  namespaces.push_back(keep(uri));
  space_ids_.emplace(std::string{uri}, id);
  return id;
}

NameId SchemaDraft::name(NamespaceId in, std::string_view local) {
  const auto id = static_cast<NameId>(names.size());
  const auto [at, is_new] = name_ids_.emplace(std::pair{in, std::string{local}}, id);
  if (is_new) {
    names.push_back({in, name_hash(local.data(), local.size()), keep(local)});
    globals.push_back({});
  }
  return at->second;
}

std::string_view SchemaDraft::local(NameId id) const {
  const TextSpan span = names[index(id)].local;
  return std::string_view{text}.substr(span.begin, span.size);
}

ModelId SchemaDraft::add(BuiltModel model) {
  const auto first_state = static_cast<std::uint32_t>(states.size());
  const auto first_transition = static_cast<std::uint32_t>(transitions.size());
  const auto first_op = static_cast<std::uint32_t>(counter_ops.size());
  const auto moved = [](auto id, std::uint32_t by) {
    return static_cast<decltype(id)>(static_cast<std::uint32_t>(id) + by);
  };
  for (StateRow& state : model.states) {
    state.first_transition += first_transition;
    if (state.at_end != CounterOpsId::None) state.at_end = moved(state.at_end, first_op);
    if (state.likely != NameId::None) {
      const ElementRow& element = elements[index(state.likely_element)];
      const auto likely = local(state.likely);
      state.likely_next = moved(state.likely_next, first_state);
      state.likely_type = element.type;
      const bool is_quick = state.likely_name_size != 0 && likely.size() <= StateRow::kNameBytes;
      state.likely_name_size = is_quick ? static_cast<std::uint8_t>(likely.size()) : std::uint8_t{};
      if (is_quick) std::copy(likely.begin(), likely.end(), state.likely_name.begin());
      if (is_leaf(element)) state.flags |= StateRow::kLikelyIsLeaf;
    }
    states.push_back(state);
  }
  for (TransitionRow& transition : model.transitions) {
    transition.next = moved(transition.next, first_state);
    if (transition.ops != CounterOpsId::None) transition.ops = moved(transition.ops, first_op);
    transitions.push_back(transition);
  }
  ContentModelRow row = model.row;
  row.start = moved(row.start, first_state);
  row.states.begin += first_state;
  row.counters.begin += static_cast<std::uint32_t>(counters.size());
  row.members.begin += static_cast<std::uint32_t>(all_members.size());
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(schema_order, model.schema_order);
  append(counters, model.counters);
  append(counter_ops, model.counter_ops);
  append(all_members, model.members);
  models.push_back(row);
  return static_cast<ModelId>(models.size() - 1);
}

Result<CompiledSchema> SchemaDraft::freeze() {
  std::sort(notations.begin(), notations.end());
  const auto simple = bytes_of(simple_types);
  const auto hash = hash_table(names);
  BlockWriter block;
  block.add(Table::Text, text.data(), text.size(), 1, kAlignment);
  block.add(Table::Namespaces, namespaces);
  block.add(Table::Names, names);
  block.add(Table::NameHash, hash);
  block.add(Table::Globals, globals);
  block.add(Table::Elements, elements);
  block.add(Table::Attributes, attributes);
  block.add(Table::Wildcards, wildcards);
  block.add(Table::WildcardNamespaces, wildcard_namespaces);
  block.add(Table::ComplexTypes, complex_types);
  block.add(Table::Models, models);
  block.add(Table::States, states);
  block.add(Table::Transitions, transitions);
  block.add(Table::SchemaOrder, schema_order);
  block.add(Table::Counters, counters);
  block.add(Table::CounterOps, counter_ops);
  block.add(Table::AllMembers, all_members);
  block.add(Table::Constraints, constraints);
  block.add(Table::Fields, fields);
  block.add(Table::Paths, paths);
  block.add(Table::PathSteps, path_steps);
  block.add(Table::Notations, notations);
  block.add(Table::Sources, sources);
  block.add(Table::SimpleTypes, simple);
  return block.finish(target);
}

}  // namespace amparo::xsd
