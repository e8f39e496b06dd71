// SPDX-License-Identifier: Apache-2.0
// Memory for Xerces with a bottom: two lines of schema with a large maxOccurs ask for gigabytes.
// For the oracle_xerces files only.
#pragma once

#include <cstddef>

#include <xercesc/framework/MemoryManager.hpp>

namespace amparo::xsd {

class BoundedMemory final : public xercesc::MemoryManager {
 public:
  explicit BoundedMemory(std::size_t most_bytes) : most_{most_bytes} {}

  xercesc::MemoryManager* getExceptionMemoryManager() override;
  /// Throws xercesc::OutOfMemoryException above the bound.
  void* allocate(XMLSize_t size) override;
  void deallocate(void* block) override;

 private:
  std::size_t most_;
  std::size_t used_ = 0;
};

}  // namespace amparo::xsd
