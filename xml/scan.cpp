// SPDX-License-Identifier: Apache-2.0
#include "xml/scan.hpp"

namespace amparo::xml {
namespace {

constexpr ScanSteps kPortable{
    &PortableScan::skip_spaces, &PortableScan::text_stop, &PortableScan::value_stop};
#if AMPARO_HAS_AVX2
constexpr ScanSteps kAvx2{&Avx2Scan::skip_spaces, &Avx2Scan::text_stop, &Avx2Scan::value_stop};
#endif

}  // namespace

bool has_avx2() noexcept {
#if AMPARO_HAS_AVX2
  static const bool kHas = __builtin_cpu_supports("avx2") != 0 &&
                           __builtin_cpu_supports("bmi") != 0 &&
                           __builtin_cpu_supports("bmi2") != 0;
  return kHas;
#else
  return false;
#endif
}

const ScanSteps& scan_steps(ScanPath path) noexcept {
#if AMPARO_HAS_AVX2
  if (path == ScanPath::Best && has_avx2()) return kAvx2;
#endif
  (void)path;
  return kPortable;
}

}  // namespace amparo::xml
