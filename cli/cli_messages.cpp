// SPDX-License-Identifier: Apache-2.0
#include "cli/cli_messages.hpp"

#include <array>

namespace amparo::cli {
namespace {

constexpr std::array kMessages{
    MessageText{"usage-no-verb",
                "falta el verbo; «amparo --help» los muestra todos",
                "a verb is missing; \"amparo --help\" shows them all",
                "il manque un verbe ; « amparo --help » les montre tous"},
    MessageText{"usage-unknown-verb",
                "no hay un verbo «{verb}»; «amparo --help» los muestra todos",
                "there is no verb \"{verb}\"; \"amparo --help\" shows them all",
                "il n'y a pas de verbe « {verb} » ; « amparo --help » les montre tous"},
    MessageText{"usage-unknown-verb-near",
                "no hay un verbo «{verb}»; ¿quiso decir «{near}»?",
                "there is no verb \"{verb}\"; did you mean \"{near}\"?",
                "il n'y a pas de verbe « {verb} » ; vouliez-vous dire « {near} » ?"},
    MessageText{"usage-unknown-option",
                "no hay una opción {option}",
                "there is no option {option}",
                "il n'y a pas d'option {option}"},
    MessageText{"usage-unknown-option-near",
                "no hay una opción {option}; ¿quiso decir {near}?",
                "there is no option {option}; did you mean {near}?",
                "il n'y a pas d'option {option} ; vouliez-vous dire {near} ?"},
    MessageText{"usage-needs-value",
                "{option} necesita un valor",
                "{option} needs a value",
                "{option} a besoin d'une valeur"},
    MessageText{"usage-takes-no-value",
                "{option} no lleva valor",
                "{option} takes no value",
                "{option} ne prend pas de valeur"},
    MessageText{"usage-bad-value",
                "{option} {value}: se esperaba {values}",
                "{option} {value}: expected {values}",
                "{option} {value} : {values} attendu"},
    MessageText{"usage-bad-date",
                "--as-of {value}: se esperaba una fecha como 2026-01-31",
                "--as-of {value}: expected a date like 2026-01-31",
                "--as-of {value} : une date comme 2026-01-31 attendue"},
    MessageText{"usage-bad-count",
                "{option} {value}: se esperaba un número",
                "{option} {value}: expected a number",
                "{option} {value} : un nombre attendu"},
    MessageText{"usage-bad-jobs",
                "--jobs {value}: se esperaba un número del 1 al {most}",
                "--jobs {value}: expected a number from 1 to {most}",
                "--jobs {value} : un nombre de 1 à {most} attendu"},
    MessageText{"usage-bad-output",
                "--output {value}: se esperaba FORMATO=ARCHIVO con un formato {formats}",
                "--output {value}: expected FORMAT=FILE with a format {formats}",
                "--output {value} : FORMAT=FICHIER attendu, avec un format {formats}"},
    MessageText{"usage-output-twice",
                "--output {file}: se da dos veces",
                "--output {file}: given twice",
                "--output {file} : donné deux fois"},
    MessageText{"usage-output-is-input",
                "--output {file}: es también una entrada",
                "--output {file}: is an input as well",
                "--output {file} : est aussi une entrée"},
    MessageText{"usage-no-input",
                "no hay nada que validar: nombre un archivo, una carpeta, o - para la entrada "
                "estándar",
                "nothing to validate: name a file, a folder, or - for standard input",
                "rien à valider : nommez un fichier, un dossier, ou - pour l'entrée standard"},
    MessageText{"usage-stdin-twice",
                "la entrada estándar (-) se da dos veces",
                "standard input (-) is given twice",
                "l'entrée standard (-) est donnée deux fois"},
    MessageText{"usage-see-help",
                "Vea «amparo {verb} --help».",
                "See \"amparo {verb} --help\".",
                "Voir « amparo {verb} --help »."},

    MessageText{
        "file-not-found", "{file}: no existe", "{file}: does not exist", "{file} : n'existe pas"},
    MessageText{"file-unreadable",
                "{file}: no se puede leer",
                "{file}: cannot be read",
                "{file} : ne peut pas être lu"},
    MessageText{"folder-without-xml",
                "{file}: no contiene ningún archivo .xml",
                "{file}: holds no .xml file",
                "{file} : ne contient aucun fichier .xml"},
    MessageText{"no-bundle",
                "no se encuentra el estándar (1.0/amparo.xsd) junto al programa; indique su "
                "carpeta en AMPARO_BUNDLE",
                "the standard (1.0/amparo.xsd) is not found beside the program; name its folder "
                "in AMPARO_BUNDLE",
                "la norme (1.0/amparo.xsd) est introuvable près du programme ; indiquez son "
                "dossier dans AMPARO_BUNDLE"},
    MessageText{"schema-has-faults",
                "el esquema no se puede usar",
                "the schema cannot be used",
                "le schéma n'est pas utilisable"},
    MessageText{
        "no-memory", "no hay memoria suficiente", "not enough memory", "mémoire insuffisante"},
    MessageText{"our-bug",
                "defecto interno del programa ({detail}); por favor, repórtelo",
                "internal defect of the program ({detail}); please report it",
                "défaut interne du programme ({detail}) ; merci de le signaler"},
    MessageText{"speed",
                "{inputs}, {megabytes} MB en {seconds} s ({rate} MB/s)",
                "{inputs}, {megabytes} MB in {seconds} s ({rate} MB/s)",
                "{inputs}, {megabytes} Mo en {seconds} s ({rate} Mo/s)"},

    MessageText{
        "program-summary",
        "valida y convierte registros de protección de niñas, niños y adolescentes "
        "migrantes no acompañados",
        "validates and converts protection records of unaccompanied migrant children",
        "valide et convertit les dossiers de protection d'enfants migrants non accompagnés"},
    MessageText{"program-description",
                "Amparo es el programa de referencia del estándar regional con el que los países "
                "miembros de la Conferencia Regional sobre Migración intercambian estos "
                "registros. No abre ninguna conexión de red. Ningún informe muestra el valor de "
                "un dato, salvo con --reveal.",
                "Amparo is the reference program of the regional standard in which the member "
                "countries of the Regional Conference on Migration exchange these records. It "
                "opens no network connection. No report shows the value of a datum, unless "
                "--reveal is given.",
                "Amparo est le programme de référence de la norme régionale dans laquelle les pays "
                "membres de la Conférence régionale sur les migrations échangent ces dossiers. Il "
                "n'ouvre aucune connexion réseau. Aucun rapport ne montre la valeur d'une donnée, "
                "sauf avec --reveal."},
    MessageText{"head-usage", "Uso:", "Usage:", "Utilisation :"},
    MessageText{"head-verbs", "Verbos:", "Verbs:", "Verbes :"},
    MessageText{"head-options", "Opciones:", "Options:", "Options :"},
    MessageText{"head-common",
                "Opciones de todos los verbos:",
                "Options of all verbs:",
                "Options de tous les verbes :"},
    MessageText{"head-examples", "Ejemplos:", "Examples:", "Exemples :"},
    MessageText{"head-status", "Estado de salida:", "Exit status:", "Code de sortie :"},
    MessageText{"more-help",
                "«amparo VERBO --help» explica un verbo.",
                "\"amparo VERB --help\" explains a verb.",
                "« amparo VERBE --help » explique un verbe."},

    MessageText{"man-name", "NOMBRE", "NAME", "NOM"},
    MessageText{"man-synopsis", "SINOPSIS", "SYNOPSIS", "SYNOPSIS"},
    MessageText{"man-description", "DESCRIPCIÓN", "DESCRIPTION", "DESCRIPTION"},
    MessageText{"man-verbs", "VERBOS", "VERBS", "VERBES"},
    MessageText{"man-options", "OPCIONES", "OPTIONS", "OPTIONS"},
    MessageText{"man-status", "ESTADO DE SALIDA", "EXIT STATUS", "CODE DE SORTIE"},
    MessageText{"man-environment", "ENTORNO", "ENVIRONMENT", "ENVIRONNEMENT"},
    MessageText{"man-examples", "EJEMPLOS", "EXAMPLES", "EXEMPLES"},
    MessageText{"man-see-also", "VÉASE TAMBIÉN", "SEE ALSO", "VOIR AUSSI"},

    MessageText{"status-0", "todo es válido", "all is valid", "tout est valide"},
    MessageText{"status-1",
                "hay hallazgos de la gravedad de --fail-on o mayor",
                "findings of the severity of --fail-on or above",
                "constats de la gravité de --fail-on ou au-dessus"},
    MessageText{"status-2",
                "la línea de comandos no se entiende",
                "the command line is not understood",
                "la ligne de commande n'est pas comprise"},
    MessageText{"status-3",
                "algo no se pudo leer, escribir o configurar",
                "something could not be read, written or configured",
                "quelque chose n'a pas pu être lu, écrit ou configuré"},
    MessageText{"status-4",
                "indeterminado: una comprobación no pudo terminar",
                "indeterminate: a check could not run to its end",
                "indéterminé : une vérification n'a pas pu aboutir"},
    MessageText{
        "status-70", "defecto del programa", "a defect of the program", "défaut du programme"},
    MessageText{"status-130",
                "interrumpido (130 con Ctrl-C, 143 con TERM); los archivos de salida quedan como "
                "estaban",
                "interrupted (130 by Ctrl-C, 143 by TERM); output files are as they were",
                "interrompu (130 par Ctrl-C, 143 par TERM) ; les fichiers de sortie restent tels "
                "quels"},
    MessageText{"env-lang",
                "idioma, cuando falta --lang",
                "language, when --lang is not given",
                "langue, en l'absence de --lang"},
    MessageText{"env-no-color",
                "con cualquier valor, sin colores",
                "with any value, no colours",
                "avec n'importe quelle valeur, pas de couleurs"},
    MessageText{"env-bundle",
                "carpeta del estándar, en lugar de la instalada",
                "folder of the standard, in place of the installed one",
                "dossier de la norme, à la place de celle installée"},
};

}  // namespace

std::span<const MessageText> cli_messages() {
  return kMessages;
}

}  // namespace amparo::cli
