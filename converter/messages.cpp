// SPDX-License-Identifier: Apache-2.0
#include "converter/messages.hpp"

#include <array>

namespace amparo::converter {

namespace {

// A key is a finding's id, and after the point which of its sentences it is.
constexpr std::array kMessages{
    MessageText{"M-ENC.bytes",
                "La fila no está en UTF-8 (primer byte que no lo es: {offset} del archivo). "
                "Fila rechazada; guarde el archivo como CSV UTF-8.",
                "The row is not UTF-8 (first byte that is not: {offset} of the file). Row "
                "rejected; save the file as CSV UTF-8.",
                "La ligne n'est pas en UTF-8 (premier octet fautif : {offset} du fichier). Ligne "
                "rejetée ; enregistrez le fichier en CSV UTF-8."},
    MessageText{"M-ENC.header",
                "El encabezado no está en UTF-8. Guarde el archivo como CSV UTF-8.",
                "The header row is not UTF-8. Save the file as CSV UTF-8.",
                "La ligne d'en-tête n'est pas en UTF-8. Enregistrez le fichier en CSV UTF-8."},
    MessageText{"M-ENC.control",
                "«{column}» tiene un carácter de control que XML no admite. Fila rechazada.",
                "\"{column}\" holds a control character that XML cannot carry. Row rejected.",
                "« {column} » contient un caractère de contrôle que XML n'admet pas. Ligne "
                "rejetée."},
    MessageText{"M-DIALECT.more",
                "La fila tiene {fields} campos y el encabezado {columns}. Fila rechazada.",
                "The row has {fields} fields, the header {columns}. Row rejected.",
                "La ligne a {fields} champs, l'en-tête {columns}. Ligne rejetée."},
    MessageText{"M-DIALECT.fewer",
                "La fila tiene sólo {fields} campos y el encabezado {columns}. Fila rechazada.",
                "The row has only {fields} fields, the header {columns}. Row rejected.",
                "La ligne n'a que {fields} champs, l'en-tête {columns}. Ligne rejetée."},
    MessageText{"M-DIALECT.open-quote",
                "El campo {fields} abre comillas que no se cierran. Línea rechazada; la lectura "
                "sigue en la línea siguiente.",
                "Field {fields} opens a quote that is never closed. Line rejected; reading goes on "
                "with the next line.",
                "Le champ {fields} ouvre un guillemet jamais fermé. Ligne rejetée ; la lecture "
                "reprend à la ligne suivante."},
    MessageText{"M-DIALECT.text-after-quote",
                "El campo {fields} tiene texto después de las comillas de cierre. Línea rechazada.",
                "Field {fields} has text after its closing quote. Line rejected.",
                "Le champ {fields} a du texte après son guillemet fermant. Ligne rejetée."},
    MessageText{"M-COLUMN.missing",
                "Falta la columna «{column}», que la correspondencia {mapping} necesita.",
                "The column \"{column}\" is missing; the mapping {mapping} needs it.",
                "La colonne « {column} » manque ; la correspondance {mapping} en a besoin."},
    MessageText{"M-COLUMN.unknown",
                "La correspondencia {mapping} no dice qué hacer con la columna «{column}».",
                "The mapping {mapping} does not say what to do with the column \"{column}\".",
                "La correspondance {mapping} ne dit pas que faire de la colonne « {column} »."},
    MessageText{"M-COLUMN.left-out",
                "La correspondencia {mapping} no conoce la columna «{column}»; por "
                "--allow-unknown-columns se deja fuera.",
                "The mapping {mapping} does not know the column \"{column}\"; with "
                "--allow-unknown-columns it is left out.",
                "La correspondance {mapping} ne connaît pas la colonne « {column} » ; avec "
                "--allow-unknown-columns elle est laissée de côté."},
    MessageText{"M-COLUMN.double",
                "La columna «{column}» está dos veces en el encabezado.",
                "The column \"{column}\" stands twice in the header.",
                "La colonne « {column} » figure deux fois dans l'en-tête."},
    MessageText{"M-COLUMN.delimiter",
                "El encabezado es una sola columna; ¿el separador es {near}? Indíquelo con "
                "--delimiter.",
                "The header is a single column; is the delimiter {near}? Say so with --delimiter.",
                "L'en-tête n'a qu'une colonne ; le séparateur est-il {near} ? Indiquez-le avec "
                "--delimiter."},
    MessageText{"M-COLUMN.nameless",
                "Hay un valor en una columna sin nombre. Fila rechazada.",
                "There is a value in a column without a name. Row rejected.",
                "Il y a une valeur dans une colonne sans nom. Ligne rejetée."},
    MessageText{"M-KEY.blank",
                "«{column}» identifica la fila y está en blanco. Fila rechazada.",
                "\"{column}\" tells rows apart and is blank. Row rejected.",
                "« {column} » distingue les lignes et est vide. Ligne rejetée."},
    MessageText{"M-KEY.repeat",
                "«{column}» repite la clave de la línea {first}. Fila rechazada; la primera se "
                "conserva.",
                "\"{column}\" repeats the key of line {first}. Row rejected; the first one is "
                "kept.",
                "« {column} » répète la clé de la ligne {first}. Ligne rejetée ; la première est "
                "gardée."},
    MessageText{"M-DATE.form",
                "«{column}» no es una fecha de la forma {pattern}. Fila rechazada.",
                "\"{column}\" is no date of the form {pattern}. Row rejected.",
                "« {column} » n'est pas une date de la forme {pattern}. Ligne rejetée."},
    MessageText{"M-DATE.form-null",
                "«{column}» no es una fecha de la forma {pattern}. Se escribió nulo, {reason}.",
                "\"{column}\" is no date of the form {pattern}. A null was written, {reason}.",
                "« {column} » n'est pas une date de la forme {pattern}. Une valeur nulle a été "
                "écrite, {reason}."},
    MessageText{"M-DATE.range",
                "«{column}» es una fecha fuera de lo posible ({range}). Fila rechazada.",
                "\"{column}\" is a date outside of what can be ({range}). Row rejected.",
                "« {column} » est une date hors du possible ({range}). Ligne rejetée."},
    MessageText{"M-DATE.range-null",
                "«{column}» es una fecha fuera de lo posible ({range}). Se escribió nulo, "
                "{reason}.",
                "\"{column}\" is a date outside of what can be ({range}). A null was written, "
                "{reason}.",
                "« {column} » est une date hors du possible ({range}). Une valeur nulle a été "
                "écrite, {reason}."},
    MessageText{"M-VALUE.reject",
                "El valor de «{column}» no está en {table}. Fila rechazada.",
                "The value of \"{column}\" is not in {table}. Row rejected.",
                "La valeur de « {column} » n'est pas dans {table}. Ligne rejetée."},
    MessageText{"M-VALUE.null",
                "El valor de «{column}» no está en {table}. Se escribió nulo, {reason}, con las "
                "palabras de la fuente.",
                "The value of \"{column}\" is not in {table}. A null was written, {reason}, with "
                "the source's words.",
                "La valeur de « {column} » n'est pas dans {table}. Une valeur nulle a été écrite, "
                "{reason}, avec les mots de la source."},
    MessageText{"M-VALUE.lost",
                "El valor de «{column}» no está en {table}. Se escribió nulo, {reason}; las "
                "palabras de la fuente no tienen lugar.",
                "The value of \"{column}\" is not in {table}. A null was written, {reason}; the "
                "source's words have no place.",
                "La valeur de « {column} » n'est pas dans {table}. Une valeur nulle a été écrite, "
                "{reason} ; les mots de la source n'ont pas de place."},
    MessageText{"M-PATTERN.value",
                "El valor de «{column}» no tiene la forma que {target} pide ({type}). Fila "
                "rechazada.",
                "The value of \"{column}\" does not have the form that {target} asks for "
                "({type}). Row rejected.",
                "La valeur de « {column} » n'a pas la forme demandée par {target} ({type}). Ligne "
                "rejetée."},
    MessageText{"M-TRUNC.words",
                "«{column}» es más largo que los 200 caracteres que las palabras de la fuente "
                "pueden tener. Fila rechazada.",
                "\"{column}\" is longer than the 200 characters that the source's words may have. "
                "Row rejected.",
                "« {column} » dépasse les 200 caractères permis aux mots de la source. Ligne "
                "rejetée."},
    MessageText{"M-NULL.blank",
                "«{column}» está en blanco, {target} es obligatorio y la correspondencia no dice "
                "por qué puede faltar. Fila rechazada.",
                "\"{column}\" is blank, {target} is required, and the mapping does not say why it "
                "may be missing. Row rejected.",
                "« {column} » est vide, {target} est obligatoire et la correspondance ne dit pas "
                "pourquoi elle peut manquer. Ligne rejetée."},
    MessageText{"M-DATE.no-day",
                "«{column}» tiene la forma {pattern}, pero ese día no existe. Fila rechazada.",
                "\"{column}\" has the form {pattern}, but there is no such day. Row rejected.",
                "« {column} » a la forme {pattern}, mais ce jour n'existe pas. Ligne rejetée."},
    MessageText{
        "M-DATE.no-day-null",
        "«{column}» tiene la forma {pattern}, pero ese día no existe. Se escribió nulo, {reason}.",
        "\"{column}\" has the form {pattern}, but there is no such day. A null was written, "
        "{reason}.",
        "« {column} » a la forme {pattern}, mais ce jour n'existe pas. Une valeur nulle a été "
        "écrite, {reason}."},
    MessageText{"M-DATE.no-day-also",
                "«{column}» tiene la forma {pattern}, pero ese día no existe. La fila se rechaza "
                "por otro motivo.",
                "\"{column}\" has the form {pattern}, but there is no such day. The row is "
                "rejected for another reason.",
                "« {column} » a la forme {pattern}, mais ce jour n'existe pas. La ligne est "
                "rejetée pour un autre motif."},
    MessageText{
        "M-DATE.form-also",
        "«{column}» no es una fecha de la forma {pattern}. La fila se rechaza por otro motivo.",
        "\"{column}\" is no date of the form {pattern}. The row is rejected for another reason.",
        "« {column} » n'est pas une date de la forme {pattern}. La ligne est rejetée pour un autre "
        "motif."},
    MessageText{"M-DATE.range-also",
                "«{column}» es una fecha fuera de lo posible ({range}). La fila se rechaza por "
                "otro motivo.",
                "\"{column}\" is a date outside of what can be ({range}). The row is rejected for "
                "another reason.",
                "« {column} » est une date hors du possible ({range}). La ligne est rejetée pour "
                "un autre motif."},
    MessageText{"M-ORDER.before",
                "«{column}» es anterior a «{first}». Se conservan los dos valores; revise cuál es "
                "el equivocado.",
                "\"{column}\" is earlier than \"{first}\". Both values are kept; find out which "
                "one is wrong.",
                "« {column} » est antérieure à « {first} ». Les deux valeurs sont gardées ; voyez "
                "laquelle est fausse."},
    MessageText{
        "M-ORDER.also",
        "«{column}» es anterior a «{first}». La fila se rechaza por otro motivo.",
        "\"{column}\" is earlier than \"{first}\". The row is rejected for another reason.",
        "« {column} » est antérieure à « {first} ». La ligne est rejetée pour un autre motif."},
    MessageText{
        "M-VALUE.also",
        "El valor de «{column}» no está en {table}. La fila se rechaza por otro motivo.",
        "The value of \"{column}\" is not in {table}. The row is rejected for another reason.",
        "La valeur de « {column} » n'est pas dans {table}. La ligne est rejetée pour un autre "
        "motif."},
    MessageText{"M-ENC.cut",
                "El archivo termina a mitad de un carácter: está cortado. Fila rechazada; consiga "
                "el archivo completo.",
                "The file ends in the middle of a character: it was cut off. Row rejected; get the "
                "whole file.",
                "Le fichier finit au milieu d'un caractère : il est tronqué. Ligne rejetée ; "
                "procurez-vous le fichier entier."},
    MessageText{"M-DIALECT.fewer-one",
                "La fila tiene un solo campo y el encabezado {columns}. Fila rechazada.",
                "The row has only one field, the header {columns}. Row rejected.",
                "La ligne n'a qu'un champ, l'en-tête {columns}. Ligne rejetée."},
    MessageText{
        "M-COLUMN.no-header",
        "La línea 1 no parece el encabezado de la correspondencia {mapping}: están {found} de sus "
        "{count} columnas. Se esperaba: {expected}. ¿Falta la línea del encabezado?",
        "Line 1 does not look like the header of the mapping {mapping}: {found} of its {count} "
        "columns are there. Expected: {expected}. Is the header line missing?",
        "La ligne 1 ne ressemble pas à l'en-tête de la correspondance {mapping} : {found} de ses "
        "{count} colonnes y sont. Attendu : {expected}. La ligne d'en-tête manque-t-elle ?"},
    MessageText{"M-COLUMN.unknown-near",
                "La columna {number} no es una de la correspondencia {mapping}; ¿es «{near}»? "
                "Escriba ese nombre tal cual.",
                "Column {number} is none of the mapping {mapping}; did you mean \"{near}\"? Write "
                "that name as it stands here.",
                "La colonne {number} n'est pas de la correspondance {mapping} ; vouliez-vous dire "
                "« {near} » ? Écrivez ce nom tel quel."},
};

}  // namespace

std::span<const MessageText> messages() {
  return kMessages;
}

}  // namespace amparo::converter
