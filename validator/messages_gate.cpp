// SPDX-License-Identifier: Apache-2.0
// What the gate refuses (xml/gate.hpp).
#include "validator/detail/messages.hpp"

namespace amparo {
namespace {

constexpr MessageText kTexts[] = {
    {"gate-empty", "el documento está vacío", "the document is empty", "le document est vide"},
    {"gate-doctype",
     "no se acepta DOCTYPE: quítelo, el esquema ya dice todo lo necesario",
     "a DOCTYPE is not accepted: remove it, the schema says all that is needed",
     "DOCTYPE n'est pas accepté : supprimez-le, le schéma dit tout ce qu'il faut"},
    {"gate-markup",
     "una declaración que empieza por \"<!\" no se acepta dentro de un documento",
     "a declaration that begins with \"<!\" is not accepted in a document",
     "une déclaration commençant par « <! » n'est pas acceptée dans un document"},
    {"gate-pi",
     "no se aceptan instrucciones de proceso (\"<?...?>\")",
     "processing instructions (\"<?...?>\") are not accepted",
     "les instructions de traitement (« <?...?> ») ne sont pas acceptées"},
    {"gate-declaration",
     "la declaración XML debe estar al principio: quite lo que hay antes",
     "the XML declaration must stand at the very beginning: remove what is before it",
     "la déclaration XML doit être au tout début : supprimez ce qui la précède"},
    {"gate-version",
     "sólo se acepta XML 1.0",
     "only XML 1.0 is accepted",
     "seul XML 1.0 est accepté"},
    {"gate-encoding",
     "el documento está en {encoding}; el estándar exige UTF-8: guárdelo o conviértalo a "
     "UTF-8",
     "the document is in {encoding}; the standard requires UTF-8: save it as or convert it "
     "to UTF-8",
     "le document est en {encoding} ; le standard exige UTF-8 : enregistrez-le ou "
     "convertissez-le en UTF-8"},
    {"gate-encoding-unknown",
     "el documento dice estar en {encoding}; se aceptan UTF-8, UTF-16, ISO-8859-1 y "
     "Windows-1252",
     "the document says that it is in {encoding}; UTF-8, UTF-16, ISO-8859-1 and Windows-1252 "
     "are accepted",
     "le document se dit en {encoding} ; UTF-8, UTF-16, ISO-8859-1 et Windows-1252 sont "
     "acceptés"},
    {"gate-encoding-contradiction",
     "el documento declara {encoding}, pero sus primeros bytes dicen otra cosa",
     "the document declares {encoding}, but its first bytes say otherwise",
     "le document déclare {encoding}, mais ses premiers octets disent autre chose"},
    {"gate-bytes",
     "los bytes no corresponden a la codificación del documento",
     "the bytes are not of the document's encoding",
     "les octets ne correspondent pas à l'encodage du document"},
    {"gate-utf8",
     "los bytes no son UTF-8: quizá el archivo está en Latin-1 o Windows-1252; guárdelo como "
     "UTF-8",
     "the bytes are not UTF-8: the file may be in Latin-1 or Windows-1252; save it as UTF-8",
     "les octets ne sont pas de l'UTF-8 : le fichier est peut-être en Latin-1 ou "
     "Windows-1252 ; enregistrez-le en UTF-8"},
    {"gate-char",
     "el carácter {character} no se acepta",
     "the character {character} is not accepted",
     "le caractère {character} n'est pas accepté"},
    {"gate-char-reference",
     "la referencia nombra un carácter que no se acepta",
     "the reference names a character that is not accepted",
     "la référence désigne un caractère qui n'est pas accepté"},
    {"gate-char-reference-form",
     "la referencia de carácter no está bien escrita: se espera \"&#65;\" o \"&#x41;\"",
     "the character reference is not well written: \"&#65;\" or \"&#x41;\" is expected",
     "la référence de caractère est mal écrite : « &#65; » ou « &#x41; » est attendu"},
    {"gate-limit-unknown",
     "el documento tiene más de {limit} nombres de elementos que el esquema no conoce: no se sigue "
     "leyendo",
     "the document has more than {limit} names of elements that the schema does not know: reading "
     "stops",
     "le document a plus de {limit} noms d'éléments que le schéma ne connaît pas : la lecture "
     "s'arrête"},
    {"gate-limit-all-namespaces",
     "el documento declara más de {limit} espacios de nombres distintos: no se sigue leyendo",
     "the document declares more than {limit} different namespaces: reading stops",
     "le document déclare plus de {limit} espaces de noms différents : la lecture s'arrête"},
    {"gate-limit-depth",
     "los elementos están anidados a más de {limit} niveles",
     "elements are nested more than {limit} deep",
     "les éléments sont imbriqués sur plus de {limit} niveaux"},
    {"gate-limit-attributes",
     "el elemento tiene más de {limit} atributos",
     "the element has more than {limit} attributes",
     "l'élément a plus de {limit} attributs"},
    {"gate-limit-namespaces",
     "el elemento declara más de {limit} espacios de nombres",
     "the element declares more than {limit} namespaces",
     "l'élément déclare plus de {limit} espaces de noms"},
    {"gate-limit-name",
     "el nombre tiene más de {limit} bytes",
     "the name has more than {limit} bytes",
     "le nom a plus de {limit} octets"},
    {"gate-limit-value",
     "el valor de un atributo tiene más de {limit} bytes",
     "the value of an attribute has more than {limit} bytes",
     "la valeur d'un attribut a plus de {limit} octets"},
    {"gate-limit-text",
     "un texto tiene más de {limit} bytes sin ninguna marca",
     "a text has more than {limit} bytes without any tag",
     "un texte a plus de {limit} octets sans aucune balise"},
    {"gate-limit-markup",
     "una marca tiene más de {limit} bytes",
     "a tag has more than {limit} bytes",
     "une balise a plus de {limit} octets"},
};

}  // namespace

std::span<const MessageText> gate_messages() {
  return kTexts;
}

}  // namespace amparo
