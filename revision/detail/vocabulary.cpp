// SPDX-License-Identifier: Apache-2.0
#include "revision/detail/vocabulary.hpp"

#include <algorithm>

namespace amparo::revision {
namespace {

using Words = std::string_view;

constexpr std::array kGirls{
    Words{"Ámbar"},      Words{"Anahí"},    Words{"Aracely"},  Words{"Azucena"},  Words{"Begoña"},
    Words{"Cándida"},    Words{"Citlali"},  Words{"Damaris"},  Words{"Débora"},   Words{"Edelmira"},
    Words{"Estefanía"},  Words{"Fernanda"}, Words{"Gisela"},   Words{"Inés"},     Words{"Ixchel"},
    Words{"Jacinta"},    Words{"Leticia"},  Words{"Lucía"},    Words{"Magaly"},   Words{"Micaela"},
    Words{"Noemí"},      Words{"Ofelia"},   Words{"Petrona"},  Words{"Rocío"},    Words{"Rosaura"},
    Words{"Sarahí"},     Words{"Teodora"},  Words{"Verónica"}, Words{"Virginia"}, Words{"Zoila"},
    Words{"María José"}, Words{"Ana Lucía"}};
constexpr std::array kBoys{
    Words{"Aarón"},     Words{"Adrián"},    Words{"Anastasio"}, Words{"Benjamín"}, Words{"Calixto"},
    Words{"Cristóbal"}, Words{"Damián"},    Words{"Efraín"},    Words{"Emiliano"}, Words{"Esaú"},
    Words{"Félix"},     Words{"Gaspar"},    Words{"Gerardo"},   Words{"Hernán"},   Words{"Ignacio"},
    Words{"Isaías"},    Words{"Joaquín"},   Words{"José Luis"}, Words{"Julián"},   Words{"Lázaro"},
    Words{"Leonel"},    Words{"Marcelino"}, Words{"Matías"},    Words{"Moisés"},   Words{"Nicolás"},
    Words{"Pánfilo"},   Words{"Ramón"},     Words{"René"},      Words{"Samuel"},   Words{"Simón"},
    Words{"Toribio"},   Words{"Zacarías"}};
constexpr std::array kHeads{Words{"Alba"},   Words{"Breña"},  Words{"Cala"},  Words{"Duna"},
                            Words{"Esca"},   Words{"Fuente"}, Words{"Garza"}, Words{"Hinca"},
                            Words{"Iguala"}, Words{"Jara"},   Words{"Lagu"},  Words{"Mira"},
                            Words{"Nava"},   Words{"Oliva"},  Words{"Peña"},  Words{"Quina"},
                            Words{"Roble"},  Words{"Sauce"},  Words{"Tama"},  Words{"Urba"},
                            Words{"Viña"},   Words{"Xila"},   Words{"Yerba"}, Words{"Zarza"}};
constexpr std::array kTails{Words{"lén"},   Words{"mira"},  Words{"ñeda"},  Words{"tián"},
                            Words{"villo"}, Words{"güero"}, Words{"cán"},   Words{"rosa"},
                            Words{"zúa"},   Words{"dón"},   Words{"queta"}, Words{"ndaro"},
                            Words{"bral"},  Words{"pío"},   Words{"stéin"}, Words{"llano"},
                            Words{"vera"},  Words{"jón"},   Words{"muy"},   Words{"chutla"}};

constexpr std::array kMexico{SamplePlace{"MX-OAX", "Putla Villa de Guerrero"},
                             SamplePlace{"MX-GRO", "Chilapa de Álvarez"},
                             SamplePlace{"MX-MIC", "Zitácuaro"},
                             SamplePlace{"MX-PUE", "Huauchinango"},
                             SamplePlace{"MX-SIN", "El Fuerte"},
                             SamplePlace{"MX-VER", "Zongolica"},
                             SamplePlace{"MX-GUA", "Yuriria"},
                             SamplePlace{"MX-ZAC", "Jerez"}};
constexpr std::array kGuatemala{SamplePlace{"GT-HU", "Todos Santos Cuchumatán"},
                                SamplePlace{"GT-SM", "Tacaná"},
                                SamplePlace{"GT-QC", "Nebaj"},
                                SamplePlace{"GT-AV", "San Pedro Carchá"},
                                SamplePlace{"GT-QZ", "Concepción Chiquirichapa"},
                                SamplePlace{"GT-CQ", "Jocotán"},
                                SamplePlace{"GT-TO", "San Francisco El Alto"}};
constexpr std::array kHonduras{SamplePlace{"HN-CR", "Choloma"},
                               SamplePlace{"HN-YO", "Yoro"},
                               SamplePlace{"HN-OL", "Catacamas"},
                               SamplePlace{"HN-CP", "Santa Rosa de Copán"},
                               SamplePlace{"HN-FM", "Cedros"},
                               SamplePlace{"HN-AT", "Tela"},
                               SamplePlace{"HN-IN", "La Esperanza"}};
constexpr std::array kSalvador{SamplePlace{"SV-SM", "Ciudad Barrios"},
                               SamplePlace{"SV-SA", "Metapán"},
                               SamplePlace{"SV-UN", "Anamorós"},
                               SamplePlace{"SV-CA", "Sensuntepeque"},
                               SamplePlace{"SV-SO", "Nahuizalco"},
                               SamplePlace{"SV-SV", "Apastepeque"}};
constexpr std::array kNicaragua{SamplePlace{"NI-NS", "Jalapa"},
                                SamplePlace{"NI-MT", "Río Blanco"},
                                SamplePlace{"NI-MD", "Somoto"},
                                SamplePlace{"NI-SJ", "San Carlos"},
                                SamplePlace{"NI-LE", "Malpaisillo"}};

constexpr std::array kMexican{Words{"nhn"}, Words{"mix"}, Words{"zap"}};
constexpr std::array kGuatemalan{Words{"mam"}, Words{"quc"}, Words{"kek"}, Words{"kjb"}};
constexpr std::array kHonduran{Words{"cab"}, Words{"miq"}};
constexpr std::array kSalvadoran{Words{"ppl"}};
constexpr std::array kNicaraguan{Words{"miq"}};

constexpr std::array kCountries{SampleCountry{"MX", "52", kMexico, kMexican},
                                SampleCountry{"GT", "502", kGuatemala, kGuatemalan},
                                SampleCountry{"HN", "504", kHonduras, kHonduran},
                                SampleCountry{"SV", "503", kSalvador, kSalvadoran},
                                SampleCountry{"NI", "505", kNicaragua, kNicaraguan}};

constexpr std::array<std::uint32_t, 4> kNorthAges{1, 1, 13, 85};
constexpr std::array<std::uint32_t, 4> kMexicoAges{8, 19, 20, 53};
constexpr std::array<std::uint32_t, 4> kAirAges{1, 4, 15, 80};
constexpr std::array<std::uint32_t, 4> kIsthmusAges{3, 12, 20, 65};

constexpr std::array kCorridors{
    SampleCorridor{"US",
                   "MX",
                   700,
                   kNorthAges,
                   85,
                   8,
                   6,
                   "-08:00",
                   "US-DHS-CBP-SDC",
                   "US-HHS-ORR",
                   "US-GUA-C01",
                   "US-DHS-USCIS",
                   "MX-CON-SANDIEGO",
                   "MX-DIF-BCN",
                   "US-ORRSTD-CA1",
                   "MX-TIJ",
                   {"US-CA", "San Ysidro"}},
    SampleCorridor{"US",
                   "MX",
                   700,
                   kNorthAges,
                   85,
                   8,
                   6,
                   "-06:00",
                   "US-DHS-CBP-RGV",
                   "US-HHS-ORR",
                   "US-GUA-C01",
                   "US-DHS-USCIS",
                   "MX-CON-MCALLEN",
                   "MX-DIF-TAM",
                   "US-ORRSTD-TX1",
                   "MX-REX",
                   {"US-TX", "Hidalgo"}},
    SampleCorridor{"MX",
                   "GT",
                   400,
                   kMexicoAges,
                   68,
                   30,
                   18,
                   "-06:00",
                   "MX-INM-TAP",
                   "MX-DIF-CHP",
                   "MX-PPNNA-CHP",
                   "MX-COMAR",
                   "GT-CON-TAPACHULA",
                   "GT-SBS",
                   "MX-TRANSHEL-TAP2",
                   "GT-TUM",
                   {"MX-CHP", "Huixtla"}},
    SampleCorridor{"MX",
                   "HN",
                   450,
                   kMexicoAges,
                   66,
                   30,
                   3,
                   "-06:00",
                   "MX-INM-TAP",
                   "MX-DIF-CHP",
                   "MX-PPNNA-CHP",
                   "MX-COMAR",
                   "HN-CON-TAPACHULA",
                   "HN-SENAF",
                   "MX-TRANSHEL-TAP2",
                   "HN-COR",
                   {"MX-CHP", "Arriaga"}},
    SampleCorridor{"MX",
                   "SV",
                   150,
                   kMexicoAges,
                   64,
                   30,
                   3,
                   "-06:00",
                   "MX-INM-REX",
                   "MX-DIF-TAM",
                   "MX-PPNNA-TAM",
                   "MX-COMAR",
                   "SV-CON-MONTERREY",
                   "SV-CONAPINA",
                   "MX-TRANSHEL-REX1",
                   "SV-LCH",
                   {"MX-TAM", "Camargo"}},
    SampleCorridor{"MX",
                   "NI",
                   10,
                   kMexicoAges,
                   68,
                   30,
                   3,
                   "-06:00",
                   "MX-INM-TAP",
                   "MX-DIF-CHP",
                   "MX-PPNNA-CHP",
                   "MX-COMAR",
                   "NI-CON-TAPACHULA",
                   "NI-MIFAM",
                   "MX-TRANSHEL-TAP2",
                   "NI-MGA",
                   {"MX-CHP", "Suchiate"}},
    SampleCorridor{"US",
                   "GT",
                   70,
                   kAirAges,
                   75,
                   45,
                   18,
                   "-06:00",
                   "US-DHS-CBP-RGV",
                   "US-HHS-ORR",
                   "US-GUA-C01",
                   "US-DHS-USCIS",
                   "GT-CON-HOUSTON",
                   "GT-SBS",
                   "US-ORRSTD-TX1",
                   "GT-GUA",
                   {"US-TX", "Roma"}},
    SampleCorridor{"US",
                   "HN",
                   49,
                   kAirAges,
                   75,
                   45,
                   3,
                   "-06:00",
                   "US-DHS-CBP-RGV",
                   "US-HHS-ORR",
                   "US-GUA-C01",
                   "US-DHS-USCIS",
                   "HN-CON-HOUSTON",
                   "HN-SENAF-SPS",
                   "US-ORRSTD-TX1",
                   "HN-SAP",
                   {"US-TX", "Los Ébanos"}},
    SampleCorridor{"US",
                   "SV",
                   26,
                   kAirAges,
                   75,
                   45,
                   3,
                   "-06:00",
                   "US-DHS-CBP-RGV",
                   "US-HHS-ORR",
                   "US-GUA-C01",
                   "US-DHS-USCIS",
                   "SV-CON-HOUSTON",
                   "SV-CONAPINA",
                   "US-ORRSTD-TX1",
                   "SV-SAL",
                   {"US-TX", "Mission"}},
    SampleCorridor{"GT",
                   "HN",
                   30,
                   kIsthmusAges,
                   60,
                   20,
                   3,
                   "-06:00",
                   "GT-IGM",
                   "GT-SBS",
                   "GT-PGN",
                   "GT-CONARE",
                   "HN-CON-GUATEMALA",
                   "HN-SENAF",
                   "GT-RECEPC-QUE1",
                   "HN-AGC",
                   {"GT-CQ", "Esquipulas"}},
    SampleCorridor{"CR",
                   "NI",
                   20,
                   kIsthmusAges,
                   60,
                   20,
                   3,
                   "-06:00",
                   "CR-DGME",
                   "CR-PANI",
                   "CR-PANI",
                   "CR-DGME-REF",
                   "NI-CON-SANJOSE",
                   "NI-MIFAM",
                   "CR-CAS-SJO1",
                   "CR-PBL",
                   {"CR-A", "Los Chiles"}},
};

constexpr std::array kInterview{
    Words{"Habló con calma y preguntó varias veces cuándo podría llamar a su casa."},
    Words{"Cuenta que salió con una vecina y que se separaron en la estación de autobuses."},
    Words{"Prefiere que le expliquen las cosas despacio; señala los dibujos cuando duda."},
    Words{"Dice que en el camino durmió dos noches en una bodega y que pasó mucho frío."},
    Words{"No quiso hablar del cruce; se respetó su silencio y se retomó al día siguiente."},
    Words{"Recuerda los nombres de sus maestras y quiere terminar el año escolar."},
    Words{"Menciona a un tío que trabaja en la construcción — no sabe en qué ciudad."},
    Words{"Explicó con un mapa por dónde pasó; reconoce bien los ríos y los puentes."},
    Words{"Pidió que no se avisara todavía a su padre y dio sus razones."},
    Words{"Se le notó cansancio; se hizo una pausa para comer algo y jugar un rato."},
    Words{"Sabe leer y escribir; corrigió sin ayuda la ortografía de su apellido."},
    Words{"Quiere ser mecánico, «como mi abuelo», y ayudar a sus hermanos pequeños."}};
constexpr std::array kVoice{
    Words{"Quiero estar con mi mamá aunque sea lejos."},
    Words{"Extraño a mi perro y a mis primas; allá también está mi escuela."},
    Words{"No quiero regresar a esa casa, pero sí con mi abuelita."},
    Words{"Me gustaría que alguien me acompañe cuando suba al avión."},
    Words{"¿Puedo seguir estudiando mientras deciden?"},
    Words{"Aquí me tratan bien; lo que más me cuesta es dormir."},
    Words{"Que me avisen antes de hablar con el consulado."},
    Words{"Quisiera llamar cada domingo, a la misma hora."}};
constexpr std::array kRationale{
    Words{"Lo contó de corrido y sin contradicciones; no se observan señales."},
    Words{"Hay una deuda con quien organizó el viaje y llamadas insistentes a la familia."},
    Words{"La respuesta fue clara y la confirma lo que dijo su hermana por separado."},
    Words{"Evitó el tema dos veces; conviene volver a preguntar en otra sesión."},
    Words{"Describe amenazas en el barrio; el relato es detallado y verosímil."},
    Words{"El trabajo que menciona era de fin de semana y con su familia."}};
constexpr std::array kCare{Words{"Come bien y participa en el taller de pintura."},
                           Words{"Necesita lentes; se pidió cita para la próxima semana."},
                           Words{"Se le entregó ropa limpia, una mochila y útiles de aseo."},
                           Words{"Pide una luz encendida por la noche."},
                           Words{"Se acordó que llame a su familia tres veces por semana."},
                           Words{"Continúa con el tratamiento indicado y ya no tiene fiebre."}};
constexpr std::array kMemory{
    Words{"Recuerda un puente colgante y el olor del café recién tostado."},
    Words{"Vivía junto a una iglesia pintada de amarillo, cerca de la cancha."},
    Words{"Su abuela vendía atol por las mañanas frente a la terminal."},
    Words{"En el patio había un árbol de guayaba y un columpio de llanta."}};
constexpr std::array kWeighing{
    Words{"La familia puede y desea cuidar, y la niñez fue escuchada."},
    Words{"La vivienda es segura y hay una escuela a diez minutos caminando."},
    Words{"Se valoraron por igual la opinión expresada y el vínculo con sus hermanos."},
    Words{"El informe social recomienda acompañamiento durante los primeros seis meses."},
    Words{"Permanecer en el albergue más tiempo afectaría su descanso y sus estudios."},
    Words{"Hay una tía dispuesta a acompañar el regreso y a seguir el tratamiento."}};
constexpr std::array kTracing{
    Words{"Se llamó al número escrito en la libreta; contestó una vecina."},
    Words{"La alcaldía confirma que la familia vivió allí hasta el año pasado."},
    Words{"Sin noticias todavía; se repite la búsqueda en dos semanas."}};

struct Purpose {
  Words name;
  std::span<const Words> sentences;
};
constexpr std::array kPurposes{Purpose{"interview", kInterview},
                               Purpose{"voice", kVoice},
                               Purpose{"rationale", kRationale},
                               Purpose{"care", kCare},
                               Purpose{"memory", kMemory},
                               Purpose{"weighing", kWeighing},
                               Purpose{"tracing", kTracing}};

}  // namespace

std::span<const SampleCorridor> sample_corridors() {
  return kCorridors;
}

const SampleCountry& sample_country(std::string_view code) {
  return *std::find_if(kCountries.begin(), kCountries.end(), [&](const SampleCountry& country) {
    return country.code == code;
  });
}

std::span<const std::string_view> girls_names() {
  return kGirls;
}
std::span<const std::string_view> boys_names() {
  return kBoys;
}
std::span<const std::string_view> surname_heads() {
  return kHeads;
}
std::span<const std::string_view> surname_tails() {
  return kTails;
}

std::span<const std::string_view> sentences(std::string_view purpose) {
  const auto found = std::find_if(
      kPurposes.begin(), kPurposes.end(), [&](const Purpose& one) { return one.name == purpose; });
  return found == kPurposes.end() ? std::span<const Words>{} : found->sentences;
}

}  // namespace amparo::revision
