// SPDX-License-Identifier: Apache-2.0
#include "revision/sample.hpp"

#include <string>
#include <utility>

#include "revision/detail/sample_plan.hpp"

namespace amparo::revision {
namespace {

constexpr std::string_view kNamespace = "https://w3id.org/amparo/1";
constexpr std::size_t kPieceBytes = std::size_t{128} << 10U;
// Far from both ends of what a case may take, so that a second attempt is rare.
constexpr std::uint32_t kWantedLow = 4550;
constexpr std::uint32_t kWantedHigh = 5450;
constexpr std::uint32_t kMaxAttempts = 64;

}  // namespace

struct Sampler::Parts {
  SamplePlan plan;
};

Sampler::Sampler(std::unique_ptr<const Parts> parts) : parts_{std::move(parts)} {}
Sampler::Sampler(Sampler&&) noexcept = default;
Sampler& Sampler::operator=(Sampler&&) noexcept = default;
Sampler::~Sampler() = default;

Result<Sampler> Sampler::load(const std::filesystem::path& bundle) {
  const auto outline = xsd::Outline::read(bundle / "1.0" / "amparo.xsd", std::string{kNamespace});
  if (!outline) return Fail{outline.error()};
  const auto codes = CodeLists::load(bundle / "codes" / "catalog.xml");
  if (!codes) return Fail{codes.error()};
  auto plan = SamplePlan::make(*outline, *codes);
  if (!plan) return Fail{plan.error()};
  return Sampler{std::make_unique<const Parts>(Parts{*std::move(plan)})};
}

Result<SampleAccount> Sampler::write(const SampleRequest& request,
                                     const std::function<Status(std::string_view)>& sink) const {
  const SamplePlan& plan = parts_->plan;
  SampleAccount account;
  std::string piece = plan.head();
  std::uint64_t handed_over = 0;
  const auto is_enough = [&](std::uint64_t bytes_with_next) {
    if (request.cases > 0) return account.cases >= request.cases;
    return account.cases > 0 && bytes_with_next + plan.tail().size() > request.bytes;
  };
  for (;;) {
    if (request.cases > 0 && is_enough(0)) break;
    const std::size_t before = piece.size();
    for (std::uint32_t attempt = 0; attempt < kMaxAttempts; ++attempt) {
      piece.resize(before);
      CaseFacts facts = draw_facts(request.seed, account.cases, attempt);
      const auto wanted = static_cast<std::uint32_t>(facts.random.between(kWantedLow, kWantedHigh));
      plan.append_case(facts, wanted, piece);
      const std::size_t size = piece.size() - before;
      if (size >= kLeastCaseBytes && size <= kMostCaseBytes) break;
    }
    if (is_enough(handed_over + piece.size())) {
      piece.resize(before);
      break;
    }
    ++account.cases;
    if (piece.size() < kPieceBytes) continue;
    if (auto done = sink(piece); !done) return Fail{done.error()};
    handed_over += piece.size();
    piece.clear();
  }
  piece += plan.tail();
  if (auto done = sink(piece); !done) return Fail{done.error()};
  account.bytes = handed_over + piece.size();
  return account;
}

}  // namespace amparo::revision
