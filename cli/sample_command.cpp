// SPDX-License-Identifier: Apache-2.0
#include "cli/sample_command.hpp"

#include <array>
#include <ostream>

#include "cli/bundle_folder.hpp"
#include "cli/output_file.hpp"
#include "cli/sample_options.hpp"

namespace amparo::cli {
namespace {

ExitStatus cannot_write(const Error& error, const Console& console) {
  console.complain("sample-cannot-write", {{"reason", {error.message}}});
  return ExitStatus::CannotRun;
}

ExitStatus run_sample(const Arguments& arguments, Console& console) {
  const auto options = read_sample_options(arguments);
  if (!options) {
    console.complain(options.error().key, options.error().params);
    return ExitStatus::Usage;
  }
  const auto folder = find_bundle(console);
  if (!folder) {
    console.complain_plainly(folder.error().message);
    return ExitStatus::CannotRun;
  }
  // The file first: what cannot be written is told before anything is made.
  auto file = OutputFile::create(options->output);
  if (!file) return cannot_write(file.error(), console);
  const auto sampler = revision::Sampler::load(*folder);
  if (!sampler) {
    console.complain_plainly(sampler.error().message);
    return ExitStatus::CannotRun;
  }
  const auto account =
      sampler->write(options->request, [&](std::string_view bytes) { return file->write(bytes); });
  if (!account) return cannot_write(account.error(), console);
  if (auto done = file->commit(); !done) return cannot_write(done.error(), console);
  if (!options->is_quiet) {
    console.err << console.messages.sentence("sample-written",
                                             {{"cases", {std::to_string(account->cases)}},
                                              {"bytes", {std::to_string(account->bytes)}},
                                              {"seed", {std::to_string(options->request.seed)}}},
                                             console.language)
                << '\n';
  }
  return ExitStatus::Ok;
}

constexpr std::array kExamples{
    MessageText{"amparo sample --cases 10 -o ten.xml",
                "Diez casos para probar",
                "Ten cases to try things out",
                "Dix dossiers pour essayer"},
    MessageText{"amparo sample --size 100MB --seed 7 -o batch.xml",
                "Un lote para medir; otra semilla da otros casos",
                "A batch to measure with; another seed gives other cases",
                "Un lot pour mesurer ; une autre graine donne d'autres dossiers"},
    MessageText{"amparo sample --size 1GB | amparo validate -",
                "Sin pasar por el disco",
                "Without going through the disk",
                "Sans passer par le disque"},
};

}  // namespace

const Verb kSampleVerb{
    .name = "sample",
    .operands = "--size SIZE",
    .summary = {"",
                "escribe un lote de casos inventados",
                "writes a batch of invented cases",
                "écrit un lot de dossiers inventés"},
    .description =
        {"",
         "Escribe un lote (Batch) de casos inventados, cada uno de 4 a 6 kB y distinto de los "
         "demás, válido según la gramática y las listas de códigos. Nombres, números e "
         "identificadores no son de nadie: los identificadores empiezan por TEST, y el lote lleva "
         "TestIndicator TEST.\n"
         "La misma semilla y el mismo tamaño dan siempre los mismos bytes. El lote no pasa del "
         "tamaño pedido y le falta menos de un caso; tiene al menos uno.",
         "Writes a Batch of invented cases, each of 4 to 6 kB and unlike the others, valid by the "
         "grammar and the code lists. Names, numbers and identifiers are nobody's: identifiers "
         "begin with TEST, and the batch bears the TestIndicator TEST.\n"
         "The same seed and size always give the same bytes. The batch is not larger than asked "
         "for, and less than a case smaller; it holds at least one.",
         "Écrit un lot (Batch) de dossiers inventés, chacun de 4 à 6 ko et différent des autres, "
         "valide selon la grammaire et les listes de codes. Noms, numéros et identifiants ne sont "
         "à personne : les identifiants commencent par TEST, et le lot porte le TestIndicator "
         "TEST.\n"
         "La même graine et la même taille donnent toujours les mêmes octets. Le lot ne dépasse "
         "pas la taille demandée et il y manque moins d'un dossier ; il en contient au moins un."},
    .options = sample_option_table(),
    .examples = kExamples,
    .run = run_sample};

}  // namespace amparo::cli
