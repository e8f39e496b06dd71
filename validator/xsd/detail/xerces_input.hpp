// SPDX-License-Identifier: Apache-2.0
// How bytes come to Xerces: through the gate and nothing else, with every door to the network, the
// file system and entities shut. For the oracle_xerces files only.
#pragma once

#include <optional>

#include <xercesc/sax/InputSource.hpp>
#include <xercesc/sax2/SAX2XMLReader.hpp>

#include "core/result.hpp"
#include "xml/gate.hpp"

namespace amparo::xsd {

/// Starts Xerces once for the whole program and takes its network access away.
void start_xerces();

/// What every reader of ours has: namespaces, schema checking, no DTD, no external entities.
void harden(xercesc::SAX2XMLReader& reader);

/// A document behind a gate, as a source for Xerces.
class GateInput final : public xercesc::InputSource {
 public:
  explicit GateInput(xml::Gate& gate);
  [[nodiscard]] xercesc::BinInputStream* makeStream() const override;

  /// Why the input could not be read to its end.
  [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

 private:
  xml::Gate* gate_;
  mutable std::optional<Error> failure_{};
};

}  // namespace amparo::xsd
