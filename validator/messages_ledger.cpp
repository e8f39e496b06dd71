// SPDX-License-Identifier: Apache-2.0
// Why a layer was not decided, for the ledger.
#include "validator/detail/messages.hpp"

namespace amparo {
namespace {

constexpr MessageText kTexts[] = {
    {"reason-broken-off",
     "el documento no pudo leerse hasta el final",
     "the document could not be read to its end",
     "le document n'a pas pu être lu jusqu'à la fin"},
    {"reason-schema-option", "--schema", "--schema", "--schema"},
    {"reason-engine-option", "--engine libxml2", "--engine libxml2", "--engine libxml2"},
    {"reason-engine-gave-up",
     "no pudo terminar: {engines}",
     "could not finish: {engines}",
     "n'a pas pu terminer : {engines}"},
    {"reason-engines-differ",
     "válido según {valid}, no válido según {invalid}",
     "valid according to {valid}, not valid according to {invalid}",
     "valide selon {valid}, non valide selon {invalid}"},
    {"reason-no-rules", "--no-rules", "--no-rules", "--no-rules"},
    {"reason-engine",
     "el motor no pudo terminar",
     "the engine could not finish",
     "le moteur n'a pas pu terminer"},
    {"reason-changed",
     "el archivo cambió mientras se leía",
     "the file changed while it was read",
     "le fichier a changé pendant la lecture"},
};

}  // namespace

std::span<const MessageText> ledger_messages() {
  return kTexts;
}

}  // namespace amparo
