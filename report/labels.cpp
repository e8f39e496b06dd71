// SPDX-License-Identifier: Apache-2.0
#include "report/labels.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace amparo::report {
namespace {

constexpr std::array kLabels{
    MessageText{"error", "error: ", "error: ", "erreur : "},
    MessageText{"warning", "advertencia: ", "warning: ", "avertissement : "},
    MessageText{"info", "información: ", "info: ", "information : "},
    MessageText{"note", "nota: ", "note: ", "remarque : "},

    MessageText{"gate", "entrada", "gate", "entrée"},
    MessageText{"well-formed", "XML bien formado", "well-formed XML", "XML bien formé"},
    MessageText{"grammar", "gramática (XSD)", "grammar (XSD)", "grammaire (XSD)"},
    MessageText{"codes", "listas de códigos", "code lists", "listes de codes"},
    MessageText{"rules", "reglas", "rules", "règles"},
    MessageText{"references",
                "referencias entre registros",
                "references across records",
                "références entre enregistrements"},
    MessageText{"signature", "firma", "signature", "signature"},
    MessageText{"conversion", "conversión", "conversion", "conversion"},

    MessageText{"passed", "sin hallazgos", "passed", "sans constat"},
    MessageText{"failed", "con hallazgos", "failed", "avec constats"},
    MessageText{"not-applicable", "no se aplica", "not applicable", "sans objet"},
    MessageText{"not-decidable", "no se puede decidir", "not decidable", "indécidable"},
    MessageText{"switched-off", "desactivada", "switched off", "désactivée"},
    MessageText{"not-in-this-version",
                "no está en esta versión",
                "not in this version",
                "absente de cette version"},
    MessageText{"errored", "no pudo terminar", "could not finish", "n'a pas pu aboutir"},

    MessageText{"valid", "válido", "valid", "valide"},
    MessageText{"valid-with-warnings",
                "válido con advertencias",
                "valid with warnings",
                "valide avec avertissements"},
    MessageText{"invalid", "no válido", "invalid", "non valide"},
    MessageText{"indeterminate", "indeterminado", "indeterminate", "indéterminé"},
    MessageText{"unread", "no leído", "not read", "non lu"},

    MessageText{"errors.one", "{n} error", "{n} error", "{n} erreur"},
    MessageText{"errors.many", "{n} errores", "{n} errors", "{n} erreurs"},
    MessageText{"warnings.one", "{n} advertencia", "{n} warning", "{n} avertissement"},
    MessageText{"warnings.many", "{n} advertencias", "{n} warnings", "{n} avertissements"},
    MessageText{"infos.one", "{n} información", "{n} piece of information", "{n} information"},
    MessageText{"infos.many", "{n} informaciones", "{n} pieces of information", "{n} informations"},
    MessageText{"records.one", "{n} registro", "{n} record", "{n} enregistrement"},
    MessageText{"records.many", "{n} registros", "{n} records", "{n} enregistrements"},
    MessageText{"findings.one", "{n} hallazgo", "{n} finding", "{n} constat"},
    MessageText{"findings.many", "{n} hallazgos", "{n} findings", "{n} constats"},
    MessageText{"checked.one", "{n} comprobación", "{n} check", "{n} vérification"},
    MessageText{"checked.many", "{n} comprobaciones", "{n} checks", "{n} vérifications"},
    MessageText{"bytes.one", "{n} byte", "{n} byte", "{n} octet"},
    MessageText{"bytes.many", "{n} bytes", "{n} bytes", "{n} octets"},
    MessageText{"elements.one", "{n} elemento", "{n} element", "{n} élément"},
    MessageText{"elements.many", "{n} elementos", "{n} elements", "{n} éléments"},
    MessageText{"coded.one", "{n} código", "{n} code", "{n} code"},
    MessageText{"coded.many", "{n} códigos", "{n} codes", "{n} codes"},
    MessageText{"inputs.one", "{n} documento", "{n} document", "{n} document"},
    MessageText{"inputs.many", "{n} documentos", "{n} documents", "{n} documents"},

    MessageText{"at", "en {path}", "at {path}", "dans {path}"},
    MessageText{"at-record",
                "en {path} (registro {record})",
                "at {path} (record {record})",
                "dans {path} (enregistrement {record})"},
    MessageText{"shape.one",
                "valor: {n} carácter, de la forma {mask}",
                "value: {n} character, of the form {mask}",
                "valeur : {n} caractère, de la forme {mask}"},
    MessageText{"shape.many",
                "valor: {n} caracteres, de la forma {mask}",
                "value: {n} characters, of the form {mask}",
                "valeur : {n} caractères, de la forme {mask}"},
    MessageText{"shape-empty", "valor: vacío", "value: empty", "valeur : vide"},
    MessageText{"capped",
                "[{rule}] mostrados {kept} de {found} hallazgos; todos están contados",
                "[{rule}] {kept} of {found} findings shown; all are counted",
                "[{rule}] affichés : {kept} sur {found} constats ; tous sont comptés"},
    MessageText{"verdict",
                "{document}: {verdict}: ",
                "{document}: {verdict}: ",
                "{document} : {verdict} : "},
    MessageText{"verdict-unread",
                "{document}: {verdict}",
                "{document}: {verdict}",
                "{document} : {verdict}"},
    MessageText{"total", "Total: {inputs}: ", "Total: {inputs}: ", "Total : {inputs} : "},
    MessageText{"ledger", "Qué se comprobó:", "What was checked:", "Ce qui a été vérifié :"},
    MessageText{
        "held-against", "Comprobado con {bundle}", "Held against {bundle}", "Confronté à {bundle}"},
    MessageText{"as-of",
                "Vigencia de los códigos al {date}",
                "Validity of codes as of {date}",
                "Validité des codes au {date}"},
    MessageText{"revealed",
                "CONFIDENCIAL: este informe muestra valores del documento (--reveal)",
                "CONFIDENTIAL: this report shows values of the document (--reveal)",
                "CONFIDENTIEL : ce rapport montre des valeurs du document (--reveal)"},
};

}  // namespace

std::span<const MessageText> labels() {
  return kLabels;
}

std::string label(std::string_view key, Language language, const Params& params) {
  const auto* const found = std::find_if(
      kLabels.begin(), kLabels.end(), [&](const MessageText& text) { return text.key == key; });
  assert(found != kLabels.end());
  return fill(found->in(language), params, language);
}

std::string counted(std::string_view key, std::uint64_t n, Language language) {
  const bool singular = n == 1 || (n == 0 && language == Language::French);
  return label(
      std::string{key} + (singular ? ".one" : ".many"), language, {{"n", {std::to_string(n)}}});
}

std::string label(Severity severity, Language language) {
  return label(name(severity), language);
}
std::string label(Layer layer, Language language) {
  return label(name(layer), language);
}
std::string label(LedgerState state, Language language) {
  return label(name(state), language);
}
std::string label(Verdict verdict, Language language) {
  return label(name(verdict), language);
}

}  // namespace amparo::report
