// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_memory.hpp"

#include <cstdlib>
#include <cstring>

#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/PlatformUtils.hpp>

namespace amparo::xsd {
namespace {

// Each block is preceded by its size; 16 keeps the block aligned for every type.
constexpr std::size_t kHeader = 16;

}  // namespace

xercesc::MemoryManager* BoundedMemory::getExceptionMemoryManager() {
  return xercesc::XMLPlatformUtils::fgMemoryManager;
}

void* BoundedMemory::allocate(XMLSize_t size) {
  if (size > most_ || used_ > most_ - size) throw xercesc::OutOfMemoryException();
  auto* block = static_cast<char*>(std::malloc(size + kHeader));
  if (block == nullptr) throw xercesc::OutOfMemoryException();
  std::memcpy(block, &size, sizeof size);
  used_ += size;
  return block + kHeader;
}

void BoundedMemory::deallocate(void* block) {
  if (block == nullptr) return;
  auto* start = static_cast<char*>(block) - kHeader;
  XMLSize_t size = 0;
  std::memcpy(&size, start, sizeof size);
  used_ -= size;
  std::free(start);
}

}  // namespace amparo::xsd
