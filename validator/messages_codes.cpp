// SPDX-License-Identifier: Apache-2.0
// Where a code is not in its list, and where a missing value does not say why it is missing.
#include "validator/detail/messages.hpp"

namespace amparo {
namespace {

constexpr MessageText kTexts[] = {
    {"C-MEMBER",
     "el código de {holder} no está en la lista {list}, versión {version}",
     "the code of {holder} is not in list {list}, version {version}",
     "le code de {holder} n'est pas dans la liste {list}, version {version}"},
    {"C-NOT-YET",
     "el código de {holder} sólo vale desde el {date} en la lista {list}",
     "the code of {holder} is valid only from {date} in list {list}",
     "le code de {holder} n'est valable qu'à partir du {date} dans la liste {list}"},
    {"C-EXPIRED",
     "el código de {holder} dejó de valer el {date} en la lista {list}",
     "the code of {holder} ceased to be valid on {date} in list {list}",
     "le code de {holder} a cessé d'être valable le {date} dans la liste {list}"},
    {"C-RETIRED",
     "el código de {holder} está retirado de la lista {list}",
     "the code of {holder} is retired from list {list}",
     "le code de {holder} est retiré de la liste {list}"},
    {"C-DEPRECATED",
     "el código de {holder} ya no se recomienda en la lista {list}",
     "the code of {holder} is no longer recommended in list {list}",
     "le code de {holder} n'est plus recommandé dans la liste {list}"},
    {"C-VERSION",
     "{holder} dice otra versión de la lista {list}; se comprobó con la versión {version}",
     "{holder} states another version of list {list}; it was held against version {version}",
     "{holder} indique une autre version de la liste {list} ; la vérification s'est faite "
     "avec la version {version}"},
    {"C-NIL-REASON",
     "{element} no tiene valor y no dice por qué: falta nullReason",
     "{element} has no value and does not say why: nullReason is missing",
     "{element} n'a pas de valeur et ne dit pas pourquoi : il manque nullReason"},
    {"C-REASON-NOT-NIL",
     "{element} da una razón de ausencia (nullReason) pero no dice xsi:nil=\"true\"",
     "{element} gives a reason for absence (nullReason) but does not say xsi:nil=\"true\"",
     "{element} donne une raison d'absence (nullReason) mais ne dit pas xsi:nil=\"true\""},
    {"note-replaced-by",
     "use {code} en su lugar",
     "use {code} instead",
     "utilisez {code} à la place"},
};

}  // namespace

std::span<const MessageText> code_messages() {
  return kTexts;
}

}  // namespace amparo
