// SPDX-License-Identifier: Apache-2.0
#include "report/text.hpp"

#include <catch2/catch.hpp>

#include "tests/report/sample.hpp"

using namespace amparo;
using namespace amparo::report;

namespace {

WriterOptions in(Language language) {
  return {.language = language};
}

// Without the line end after the opening quote, which lets the report begin at the margin.
std::string text(std::string_view raw) {
  return std::string{raw.substr(1)};
}

}  // namespace

TEST_CASE("The text report of an invalid document, in English", "[report][text]") {
  CHECK(written(Format::Text, {invalid_report()}, in(Language::English)) == text(R"(
data/batch.xml:12:18: error: <BirthDate> does not have the form of PartialDateType [cvc-pattern-valid]
 12 |       <BirthDate>9999-99</BirthDate>
    |                  ^~~~~~~
  at /Batch/Case[2]/Child/BirthDate (record 2)
  note: expected a, b or c
data/batch.xml:20:5: warning: CL-Country has no such code [C-MEMBER]
  at /Batch/Header/Sender
  value: 2 characters, of the form XX
data/batch.xml:3:7: note: the first is here
data/batch.xml: [cvc-pattern-valid] 1 of 2 findings shown; all are counted
data/batch.xml: invalid: 3 records, 2 errors, 1 warning
What was checked:
  gate                       passed
  well-formed XML            passed
  grammar (XSD)              failed               120 elements, 2 findings
  code lists                 failed               1 code, 1 finding
  rules                      switched off         by --no-rules
  references across records  not in this version
  signature                  not applicable
Held against amparo 1.0.0, sha256:00ff
Validity of codes as of 2026-01-31
)"));
}

TEST_CASE("The text report of an invalid document, in Spanish", "[report][text]") {
  CHECK(written(Format::Text, {invalid_report()}, in(Language::Spanish)) == text(R"(
data/batch.xml:12:18: error: <BirthDate> no tiene la forma de PartialDateType [cvc-pattern-valid]
 12 |       <BirthDate>9999-99</BirthDate>
    |                  ^~~~~~~
  en /Batch/Case[2]/Child/BirthDate (registro 2)
  nota: se esperaba a, b o c
data/batch.xml:20:5: advertencia: CL-Country no tiene ese código [C-MEMBER]
  en /Batch/Header/Sender
  valor: 2 caracteres, de la forma XX
data/batch.xml:3:7: nota: la primera está aquí
data/batch.xml: [cvc-pattern-valid] mostrados 1 de 2 hallazgos; todos están contados
data/batch.xml: no válido: 3 registros, 2 errores, 1 advertencia
Qué se comprobó:
  entrada                      sin hallazgos
  XML bien formado             sin hallazgos
  gramática (XSD)              con hallazgos            120 elementos, 2 hallazgos
  listas de códigos            con hallazgos            1 código, 1 hallazgo
  reglas                       desactivada              por --no-rules
  referencias entre registros  no está en esta versión
  firma                        no se aplica
Comprobado con amparo 1.0.0, sha256:00ff
Vigencia de los códigos al 2026-01-31
)"));
}

TEST_CASE("The text report of an invalid document, in French", "[report][text]") {
  CHECK(written(Format::Text, {invalid_report()}, in(Language::French)) == text(R"(
data/batch.xml:12:18: erreur : <BirthDate> n'a pas la forme de PartialDateType [cvc-pattern-valid]
 12 |       <BirthDate>9999-99</BirthDate>
    |                  ^~~~~~~
  dans /Batch/Case[2]/Child/BirthDate (enregistrement 2)
  remarque : attendu : a, b ou c
data/batch.xml:20:5: avertissement : CL-Country n'a pas ce code [C-MEMBER]
  dans /Batch/Header/Sender
  valeur : 2 caractères, de la forme XX
data/batch.xml:3:7: remarque : la première est ici
data/batch.xml: [cvc-pattern-valid] affichés : 1 sur 2 constats ; tous sont comptés
data/batch.xml : non valide : 3 enregistrements, 2 erreurs, 1 avertissement
Ce qui a été vérifié :
  entrée                            sans constat
  XML bien formé                    sans constat
  grammaire (XSD)                   avec constats             120 éléments, 2 constats
  listes de codes                   avec constats             1 code, 1 constat
  règles                            désactivée                par --no-rules
  références entre enregistrements  absente de cette version
  signature                         sans objet
Confronté à amparo 1.0.0, sha256:00ff
Validité des codes au 2026-01-31
)"));
}

TEST_CASE("The text report of several documents ends in one total and one ledger",
          "[report][text]") {
  Report silent = valid_report();
  silent.document = "two\n.xml";
  silent.ledger.set(
      {.id = "codes", .layer = Layer::Codes, .state = LedgerState::Errored, .reason = "s-broken"});
  CHECK(written(Format::Text, {valid_report(), silent}) == text(R"(
good.xml: valid: 1 record, 0 errors, 0 warnings
two\n.xml: indeterminate: 1 record, 0 errors, 0 warnings
Total: 2 documents: 1 valid, 1 indeterminate, 2 records, 0 errors, 0 warnings
What was checked:
  gate           passed
  grammar (XSD)  passed            80 elements
  code lists     could not finish  did not end
Held against amparo 1.0.0, sha256:00ff
Validity of codes as of 2026-01-31
)"));
}

TEST_CASE("Quiet text has findings and their counts, and nothing of a valid document",
          "[report][text]") {
  const WriterOptions quiet{.detail = Detail::FindingsOnly};
  CHECK(written(Format::Text, {valid_report()}, quiet).empty());
  Report noisy = invalid_report();
  noisy.findings.erase(noisy.findings.begin());
  CHECK(written(Format::Text, {noisy}, quiet) == text(R"(
data/batch.xml:20:5: warning: CL-Country has no such code [C-MEMBER]
  at /Batch/Header/Sender
  value: 2 characters, of the form XX
data/batch.xml:3:7: note: the first is here
data/batch.xml: [cvc-pattern-valid] 1 of 2 findings shown; all are counted
)"));
}

TEST_CASE("The text report names what was not read", "[report][text]") {
  std::string bytes;
  const auto writer =
      make_writer(Format::Text, sample_book(), {}, [&](std::string_view more) -> Status {
        bytes += more;
        return Done{};
      });
  CHECK(writer->add(valid_report()));
  CHECK(writer->add_unread("gone\x1b.xml", {ErrorCode::NotFound, "gone: no such file"}));
  CHECK(writer->finish());
  CHECK(bytes == text(R"(
good.xml: valid: 1 record, 0 errors, 0 warnings
gone\x1b.xml: not read
Total: 2 documents: 1 valid, 1 not read, 1 record, 0 errors, 0 warnings
What was checked:
  gate           passed
  grammar (XSD)  passed  40 elements
Held against amparo 1.0.0, sha256:00ff
Validity of codes as of 2026-01-31
)"));
}

TEST_CASE("A report with values in it says so first and last", "[report][text]") {
  Report report = valid_report();
  report.revealed = true;
  const auto marked = written(Format::Text, {report, report});
  const std::string mark = "CONFIDENTIAL: this report shows values of the document (--reveal)\n";
  CHECK(marked.substr(0, mark.size() + 1) == mark + "\n");
  CHECK(marked.substr(marked.size() - mark.size()) == mark);
  CHECK(marked.find(mark, 1) == marked.size() - mark.size());
}

TEST_CASE("Colour marks a report and changes no word of it", "[report][text]") {
  WriterOptions options;
  options.color = true;
  const auto colored = written(Format::Text, {invalid_report()}, options);
  const std::string head =
      "\x1b[1mdata/batch.xml:12:18: \x1b[0m\x1b[1;31merror: \x1b[0m<BirthDate>";
  CHECK(colored.substr(0, head.size()) == head);
  std::string plain;
  for (std::size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b') {
      i = colored.find('m', i);
      continue;
    }
    plain += colored[i];
  }
  CHECK(plain == written(Format::Text, {invalid_report()}));
}

TEST_CASE("The caret stays inside the excerpt and points in code points", "[report][text]") {
  struct Case {
    std::string line;
    std::uint64_t first_column, column, length;
    std::string shown;
  };
  const auto c = GENERATE(Case{"\u00f1<a>", 1, 2, 3, " 7 | \u00f1<a>\n   |  ^~~\n"},
                          Case{"<a>", 41, 42, 99, " 7 | <a>\n   |  ^~\n"},
                          Case{"<a>", 1, 4, 1, " 7 | <a>\n   |    ^\n"},
                          Case{"<a>", 1, 9, 1, " 7 | <a>\n"},
                          Case{"<a>", 5, 1, 1, " 7 | <a>\n"},
                          Case{"\x1b[2J<a>", 1, 5, 3, " 7 | \ufffd[2J<a>\n   |     ^~~\n"});
  CAPTURE(c.line, c.column);
  Report report;
  report.document = "f";
  ReportBuilder{report}.add({.rule = "r",
                             .where = {.offset = 0, .line = 7, .column = c.column},
                             .message = "s-first",
                             .excerpt = Excerpt{c.line, c.first_column, c.length}});
  const WriterOptions quiet{.detail = Detail::FindingsOnly};
  const std::string head = "f:7:" + std::to_string(c.column) + ": error: the first is here [r]\n";
  CHECK(written(Format::Text, {report}, quiet) == head + c.shown);
}

TEST_CASE("A sink that fails fails the writer", "[report][text]") {
  const auto format = GENERATE(Format::Text, Format::Json);
  const auto writer = make_writer(format, sample_book(), {}, [](std::string_view) -> Status {
    return fail(ErrorCode::Unwritable, "full");
  });
  const auto status = writer->add(valid_report());
  REQUIRE_FALSE(status);
  CHECK(status.error().code == ErrorCode::Unwritable);
}
