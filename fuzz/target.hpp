// SPDX-License-Identifier: Apache-2.0
// The door that libFuzzer, or replay_main.cpp in its place, calls.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
