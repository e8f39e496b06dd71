// SPDX-License-Identifier: Apache-2.0
// Batches of invented cases, as many as one likes: every one valid by the schema and the code
// lists, no two alike, always the same for one seed. For trying things out, for tests, and for
// measuring. How: a recipe (detail/recipe.hpp) is held against the schema, which makes a plan
// (detail/sample_plan.hpp); the plan is walked for every case (detail/case_facts.hpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "core/result.hpp"

namespace amparo::revision {

/// A case takes at least the first and at most the second, tags and indentation included.
inline constexpr std::uint32_t kLeastCaseBytes = 4000;
inline constexpr std::uint32_t kMostCaseBytes = 6000;

/// How much to write: as many cases as fit into `bytes`, but at least one; or exactly `cases`.
struct SampleRequest {
  std::uint64_t seed = 1;
  std::uint64_t bytes = 0;
  std::uint64_t cases = 0;  ///< counts when it is not 0
};

struct SampleAccount {
  std::uint64_t cases = 0;
  std::uint64_t bytes = 0;
};

/// Immutable once made; const is safe from many threads.
class Sampler {
 public:
  /// From the standard in `bundle`: 1.0/amparo.xsd and codes/catalog.xml. Fails as reading them
  /// does, and with Unsupported when the schema is not one that the sampler knows how to fill.
  static Result<Sampler> load(const std::filesystem::path& bundle);

  Sampler(Sampler&&) noexcept;
  Sampler& operator=(Sampler&&) noexcept;
  Sampler(const Sampler&) = delete;
  Sampler& operator=(const Sampler&) = delete;
  ~Sampler();

  /// Writes a Batch to `sink` in pieces of some 100 kB; memory does not grow with the request.
  /// Fails when the sink does, with its error.
  Result<SampleAccount> write(const SampleRequest& request,
                              const std::function<Status(std::string_view)>& sink) const;

 private:
  struct Parts;
  explicit Sampler(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace amparo::revision
